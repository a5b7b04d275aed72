export { countFitting } from "./detectLines.ts";
export { type OtherLineReader, TraceEventReader } from "./reader.ts";
export { afterBlanks, BackwardCursor, type Task } from "./task.ts";
