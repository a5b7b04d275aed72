import type { TraceBuilder } from "../../model/builder.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import { utcMicroseconds } from "../text/utcTime.ts";

const TIME_UNKNOWN = word("Time unknown");
const NS_PER_MICROSECOND = 1000;

/** The log's time stamps, in nanoseconds from the first of them. */
export class Clock {
  /** Of this line; NaN where it says "Time unknown". */
  timeNs = Number.NaN;
  /** Of the latest line that has a time. */
  latestNs = 0;
  readonly #out: TraceBuilder;
  #zeroMicroseconds = Number.NaN;

  constructor(out: TraceBuilder) {
    this.#out = out;
  }

  /** Reads the time stamp of a line; gives whether there is one. */
  read(line: Line): boolean {
    if (line.takes(TIME_UNKNOWN)) return this.#unknown();
    const microseconds = utcMicroseconds(line);
    if (Number.isNaN(microseconds)) return false;
    if (Number.isNaN(this.#zeroMicroseconds)) this.#start(microseconds);
    this.timeNs = (microseconds - this.#zeroMicroseconds) * NS_PER_MICROSECOND;
    this.latestNs = this.timeNs;
    return true;
  }

  #start(microseconds: number): void {
    this.#zeroMicroseconds = microseconds;
    this.#out.wallClockOfZeroNs = BigInt(microseconds) * BigInt(NS_PER_MICROSECOND);
  }

  #unknown(): true {
    this.timeNs = Number.NaN;
    this.#out.note("time-unknown", "nbdkit could not read the clock for some lines: they stand at the time before");
    return true;
  }
}
