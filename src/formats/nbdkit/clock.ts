import type { TraceBuilder } from "../../model/builder.ts";
import { LARGEST_EXACT } from "../../model/units.ts";
import { Cursor, word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import { utcMicroseconds } from "../text/utcTime.ts";

const TIME_UNKNOWN = word("Time unknown");
const NS_PER_MICROSECOND = 1000;
const ZERO = 48;
const STAMP_BYTES = "2026-11-22 21:45:43.290800".length;
/** `2026-11-22 21:45:43.`: all that most stamps share with the one before, compared as words of four bytes. */
const SECOND_BYTES = 20;
const SECOND_WORDS = SECOND_BYTES / 4;

/** The log's time stamps, in nanoseconds from the first of them. */
export class Clock {
  /** Of this line; NaN where it says "Time unknown". */
  timeNs = Number.NaN;
  /** Of the latest line that has a time. */
  latestNs = 0;
  readonly #out: TraceBuilder;
  #zeroMicroseconds = Number.NaN;
  readonly #cursor = new Cursor();
  /** The bytes of a second, and when it began, in microseconds from the log's first stamp. */
  readonly #second = new Int32Array(SECOND_WORDS);
  #secondMicroseconds = Number.NaN;

  constructor(out: TraceBuilder) {
    this.#out = out;
  }

  /** Whether any line had a stamp. */
  get runs(): boolean {
    return !Number.isNaN(this.#zeroMicroseconds);
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

  /** Reads the stamp that begins there, of a log that had some before; gives whether there is one. Hot. */
  readPlain(bytes: Uint8Array, view: DataView, at: number): boolean {
    if (!this.#isOfSecond(view, at) && !this.#beginSecond(bytes, view, at)) return false;
    let microseconds = 0;
    for (let i = at + SECOND_BYTES; i < at + STAMP_BYTES; i++) {
      const digit = bytes[i]! - ZERO;
      if (digit >>> 0 > 9) return false;
      microseconds = (Math.imul(microseconds, 10) + digit) | 0;
    }
    this.timeNs = (this.#secondMicroseconds + microseconds) * NS_PER_MICROSECOND;
    this.latestNs = this.timeNs;
    return true;
  }

  #isOfSecond(view: DataView, at: number): boolean {
    const second = this.#second;
    for (let i = 0; i < SECOND_WORDS; i++) if (view.getInt32(at + 4 * i, true) !== second[i]) return false;
    return true;
  }

  #beginSecond(bytes: Uint8Array, view: DataView, at: number): boolean {
    const cursor = this.#cursor;
    cursor.set(bytes, at, at + STAMP_BYTES);
    const microseconds = utcMicroseconds(cursor);
    if (!(microseconds <= LARGEST_EXACT)) return false;
    this.#secondMicroseconds = microseconds - (microseconds % 1e6) - this.#zeroMicroseconds;
    for (let i = 0; i < SECOND_WORDS; i++) this.#second[i] = view.getInt32(at + 4 * i, true);
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
