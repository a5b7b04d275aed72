import type { TraceBuilder } from "../../model/builder.ts";
import type { Line } from "../text/line.ts";
import { EventArguments } from "./eventArguments.ts";
import { NOT_A_NAME, OTHER_EVENT, takeEventName } from "./eventTable.ts";
import { LogClock } from "./logClock.ts";
import { PlainLog } from "./plainLog.ts";
import type { QemuTrace } from "./qemuTrace.ts";
import { takeLine } from "./takeLine.ts";

/** Reads the lines of the log backend. */
export class LogReader {
  readonly #trace: QemuTrace;
  readonly #clock: LogClock;
  readonly #event = new EventArguments();
  /** Reads the usual lines. */
  readonly plain: PlainLog;

  constructor(out: TraceBuilder, trace: QemuTrace) {
    this.#trace = trace;
    this.#clock = new LogClock(out);
    this.plain = new PlainLog(this.#clock, trace, this.#event);
  }

  read(line: Line): boolean {
    const from = line.at;
    this.#clock.read(line);
    if (this.#clock.runs) this.#trace.layers.startClock();
    const forms = takeEventName(line);
    if (forms === NOT_A_NAME)
      return line.invalid("event", "the name of an event of qemu, alone or after PID@SECONDS.MICROSECONDS:", from);
    if (forms === OTHER_EVENT) return true;
    this.#event.timeNs = this.#clock.timeNs;
    return takeLine(line, forms, this.#trace, this.#event, "log");
  }
}
