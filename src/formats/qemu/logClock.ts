import type { TraceBuilder } from "../../model/builder.ts";
import type { Line } from "../text/line.ts";
import { PlainNumber } from "../text/plainNumber.ts";
import { isoMicroseconds } from "./isoTime.ts";

const [AT, DOT, COLON, SPACE, ZERO] = [64, 46, 58, 32, 48];
const NS_PER_MICROSECOND = 1000;
const MICROSECOND_DIGITS = 6;
const ODD = -1;

/**
 * The time stamps of a log with `-msg timestamp=on`, in nanoseconds from the first: `26107@1795384480.275606:` and, since
 * 10.2, `2026-11-22T21:54:40.275606Z `.
 */
export class LogClock {
  /** Of this line, or of the latest that had a stamp. */
  timeNs = 0;
  readonly #out: TraceBuilder;
  #zeroMicroseconds = Number.NaN;
  readonly #seconds = new PlainNumber();
  readonly #microseconds = new PlainNumber();

  constructor(out: TraceBuilder) {
    this.#out = out;
  }

  /** Whether any line had a stamp. */
  get runs(): boolean {
    return !Number.isNaN(this.#zeroMicroseconds);
  }

  /** Reads the line's stamp; goes nowhere where there is none. Hot. */
  read(line: Line): void {
    const from = line.at;
    if ((line.peek() - ZERO) >>> 0 > 9) return;
    const microseconds = stampOf(line, from);
    if (Number.isNaN(microseconds)) {
      line.at = from;
      return;
    }
    if (Number.isNaN(this.#zeroMicroseconds)) this.#start(microseconds);
    this.timeNs = (microseconds - this.#zeroMicroseconds) * NS_PER_MICROSECOND;
  }

  /**
   * Reads a stamp `PID@SECONDS.MICROSECONDS:` of a log that had some before; gives where it ends, or -1 where it is not
   * quite as usual. Hot.
   */
  readPlain(bytes: Uint8Array, from: number): number {
    let at = from;
    while ((bytes[at]! - ZERO) >>> 0 <= 9) at++;
    if (at === from || bytes[at] !== AT) return ODD;
    const secondsAt = at + 1;
    at = this.#seconds.read(bytes, secondsAt);
    if (at === secondsAt || bytes[at] !== DOT) return ODD;
    const microsecondsAt = at + 1;
    at = this.#microseconds.read(bytes, microsecondsAt);
    if (at !== microsecondsAt + MICROSECOND_DIGITS || bytes[at] !== COLON) return ODD;
    const microseconds = this.#seconds.value * 1e6 + this.#microseconds.value;
    this.timeNs = (microseconds - this.#zeroMicroseconds) * NS_PER_MICROSECOND;
    return at + 1;
  }

  #start(microseconds: number): void {
    this.#zeroMicroseconds = microseconds;
    this.#out.wallClockOfZeroNs = BigInt(microseconds) * BigInt(NS_PER_MICROSECOND);
  }
}

function stampOf(line: Line, from: number): number {
  const { bytes, end } = line;
  let at = from;
  while (at < end && (bytes[at]! - ZERO) >>> 0 <= 9) at++;
  if (bytes[at] === AT) {
    line.at = at + 1;
    return microsecondsSinceEpoch(line);
  }
  const microseconds = isoMicroseconds(line);
  return line.takesByte(SPACE) ? microseconds : Number.NaN;
}

function microsecondsSinceEpoch(line: Line): number {
  const { bytes, end } = line;
  let at = line.at;
  let seconds = 0;
  while (at < end && bytes[at] !== DOT) {
    const digit = bytes[at]! - ZERO;
    if (digit >>> 0 > 9) return Number.NaN;
    seconds = seconds * 10 + digit;
    at++;
  }
  line.at = at + 1;
  const microseconds = line.digits(6);
  return line.takesByte(COLON) ? seconds * 1e6 + microseconds : Number.NaN;
}
