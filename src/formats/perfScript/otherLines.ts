import type { TraceBuilder } from "../../model/builder.ts";
import type { OtherLineReader } from "../traceEvents/index.ts";

const HASH = 35;
/** `--show-lost-events` gives them a line. */
const LOST = /^PERF_RECORD_LOST lost (\d+)/;
/** A caller: its address, and the function or [unknown]. */
const STACK = /^[0-9a-f]+ \S/;

/** Takes the lines that are no events; gives false, through `line.invalid`, for what does not belong to a trace. */
export function otherLineReader(out: TraceBuilder): OtherLineReader {
  return (line) => {
    line.blanks();
    if (line.peek() === HASH) return true;
    const from = line.at;
    const text = line.text(line.end);
    if (STACK.test(text)) return true;
    const lost = LOST.exec(text);
    if (lost === null) return line.invalid("event", "PROCESS PID [CPU] SECONDS: SYSTEM:EVENT: …", from);
    out.quality.droppedEvents = (out.quality.droppedEvents ?? 0) + Number(lost[1]);
    return true;
  };
}
