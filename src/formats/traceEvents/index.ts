export { countFitting } from "./detectLines.ts";
export { BackwardNumber, beforeBlanks, type PlainTask } from "./plainTask.ts";
export { type OtherLineReader, TraceEventReader } from "./reader.ts";
export { afterBlanks, BackwardCursor, type Task } from "./task.ts";
