import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import { counted } from "../../model/quantities.ts";
import type { Line } from "../text/line.ts";
import type { OtherLineReader } from "../traceEvents/index.ts";

const HASH = 35;
const BUFFER = /^# entries-in-buffer\/entries-written: (\d+)\/(\d+)/;
/** ftrace's `CPU:1 [LOST 749 EVENTS]`, trace-cmd's `CPU:7 [204600 EVENTS DROPPED]`; both leave out a number they do not know. */
const LOST = /^CPU:\d+ \[(?:LOST (?:(\d+) )?EVENTS|(?:(\d+) )?EVENTS DROPPED)\]$/;
const HEADER = /^(cpus=\d+|version = \d+|CPU \d+ is empty)$/;
const STACK = /^(=> |<stack trace ?>)/;
/** The line of a function in the function tracer. */
const FUNCTION = / <-[\w.]+( |$)/;
/** An event's line in a clock that does not count seconds. */
const TICKS = /^\s*\S.*-\d+\s+(?:\(.*\)\s+)?\[\d+\]\s+(?:\S+\s+)?(\d+):\s+\w+:/;

/** Takes the lines that are no events; gives false, through `line.invalid`, for what does not belong to a trace. */
export function otherLineReader(out: TraceBuilder): OtherLineReader {
  return (line) => {
    line.blanks();
    if (line.peek() === HASH) return readComment(line, out);
    const from = line.at;
    const text = line.text(line.end).trimEnd();
    if (HEADER.test(text) || STACK.test(text) || FUNCTION.test(text)) return true;
    const lost = LOST.exec(text);
    if (lost !== null) return countLost(Number(lost[1] ?? lost[2] ?? Number.NaN), out);
    const ticks = TICKS.exec(text);
    if (ticks !== null) throw unsupportedClock(line, ticks[1]!);
    return line.invalid("event", "PROCESS-PID [CPU] SECONDS: EVENT: …", from);
  };
}

function readComment(line: Line, out: TraceBuilder): true {
  const [, kept, written] = BUFFER.exec(line.text(line.end)) ?? [];
  if (written !== undefined) countOverwritten(Number(written) - Number(kept), out);
  return true;
}

function countOverwritten(count: number, out: TraceBuilder): void {
  out.quality.droppedEvents = (out.quality.droppedEvents ?? 0) + count;
  if (count > 0)
    out.note(
      "events-overwritten",
      `the buffer held less than was traced: ${counted(count, "event")} before these are lost; a larger buffer_size_kb keeps them`,
    );
}

function countLost(count: number, out: TraceBuilder): true {
  const known = out.quality.droppedEvents ?? 0;
  out.quality.droppedEvents = Number.isNaN(count) ? known : known + count;
  if (Number.isNaN(count)) out.note("events-lost", "events are lost, and the trace does not say how many");
  return true;
}

function unsupportedClock(line: Line, ticks: string): TraceError {
  return new TraceError(
    line.place(),
    "unsupported",
    `time ${ticks}, which is not in seconds`,
    "the trace clock counts events or ticks: record again after echo local > trace_clock",
  );
}
