import type { TraceBuilder } from "../../model/builder.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import { EventArguments } from "./eventArguments.ts";
import { NOT_A_NAME, OTHER_EVENT, takeEventName } from "./eventTable.ts";
import type { QemuTrace } from "./qemuTrace.ts";
import { takeLine } from "./takeLine.ts";

const [DOT, MINUS, SPACE] = [46, 45, 32];
const PID = word("pid=");
const DROPPED = word("Dropped_Event ");
const NUMBER_DROPPED = word("num_events_dropped=0x");
const NS_PER_MICROSECOND = 1000;

/** Reads the lines that qemu's scripts/simpletrace.py prints: `event DELTA pid=PID name=0x1f …`, the delta in microseconds. */
export class SimpletraceReader {
  readonly #out: TraceBuilder;
  readonly #trace: QemuTrace;
  readonly #event = new EventArguments();

  constructor(out: TraceBuilder, trace: QemuTrace) {
    this.#out = out;
    this.#trace = trace;
    trace.layers.startClock();
  }

  read(line: Line): boolean {
    const from = line.at;
    const dropped = line.takes(DROPPED);
    const forms = dropped ? OTHER_EVENT : takeEventName(line);
    if (forms === NOT_A_NAME) return line.invalid("event", "the name of an event of qemu", from);
    if (forms === OTHER_EVENT && !dropped) line.at = line.fieldEnd() + 1;
    const deltaAt = line.at;
    const deltaNs = readDelta(line);
    if (Number.isNaN(deltaNs)) return line.invalid("time", "microseconds with three decimals", deltaAt);
    line.blanks();
    if (!line.takes(PID) || Number.isNaN(line.decimalField())) return line.invalid("process", "pid= and a number");
    this.#event.timeNs += deltaNs;
    line.blanks();
    if (dropped && line.takes(NUMBER_DROPPED)) this.#out.quality.droppedEvents = this.#dropped + line.hex();
    return forms === OTHER_EVENT || takeLine(line, forms, this.#trace, this.#event, "simpletrace");
  }

  get #dropped(): number {
    return this.#out.quality.droppedEvents ?? 0;
  }
}

/** Whether a line, behind its first word, goes on as simpletrace.py writes it. */
export function isSimpletrace(line: Line): boolean {
  line.at = line.fieldEnd();
  line.blanks();
  if (Number.isNaN(readDelta(line))) return false;
  line.blanks();
  return line.takes(PID);
}

function readDelta(line: Line): number {
  if (line.peek() === SPACE) line.blanks();
  const sign = line.takesByte(MINUS) ? -1 : 1;
  const microseconds = line.decimal();
  if (!line.takesByte(DOT)) return Number.NaN;
  const nanoseconds = line.digits(3);
  return line.atFieldEnd() ? sign * (microseconds * NS_PER_MICROSECOND + nanoseconds) : Number.NaN;
}
