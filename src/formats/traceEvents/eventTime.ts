import type { Line } from "../text/line.ts";

const ZERO = 48;
const COLON = 58;
const DOT = 46;
const SPACE = 32;
const TAB = 9;
const LETTER_S = 115;
const LETTER_U = 117;
const NS_PER_SECOND = 1e9;
const NS_PER_MICROSECOND = 1000;

/** The time that stands before an event: `12.345678: `, `12.345678901: `, or in the latency format `345678us+: `. */
export class EventTime {
  /** Since the second in which the first event was; in the latency format since the first event. */
  ns = 0;
  /** Where it stands in the line. */
  from = 0;
  /** The second in which the first event was; NaN before. */
  zeroSeconds = Number.NaN;
  /** Where the colon after it stood in the line before: almost always there it is again. */
  column = 0;

  /** Finds the time and goes to what comes after its colon; gives false, and goes nowhere, where the line has none. Hot. */
  find(line: Line): boolean {
    const { bytes, end, at: start } = line;
    const expected = start + this.column;
    if (expected < end && this.#endsAt(bytes, start, expected)) {
      line.at = expected + 1;
      return true;
    }
    for (let colon = start; colon < end; colon++) {
      if (!this.#endsAt(bytes, start, colon)) continue;
      this.column = colon - start;
      line.at = colon + 1;
      return true;
    }
    return false;
  }

  #endsAt(bytes: Uint8Array, start: number, colon: number): boolean {
    if (bytes[colon] !== COLON) return false;
    return (
      this.#seconds(bytes, start, colon - 7, 6) ||
      this.#seconds(bytes, start, colon - 10, 9) ||
      this.#microseconds(bytes, start, colon)
    );
  }

  #seconds(bytes: Uint8Array, start: number, dot: number, decimals: number): boolean {
    if (dot <= start || bytes[dot] !== DOT) return false;
    let fraction = 0;
    for (let at = dot + 1; at <= dot + decimals; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit >>> 0 > 9) return false;
      fraction = (Math.imul(fraction, 10) + digit) | 0;
    }
    const seconds = this.#numberBefore(bytes, start, dot);
    if (Number.isNaN(seconds)) return false;
    if (Number.isNaN(this.zeroSeconds)) this.zeroSeconds = seconds;
    const ns = decimals === 6 ? fraction * NS_PER_MICROSECOND : fraction;
    this.ns = (seconds - this.zeroSeconds) * NS_PER_SECOND + ns;
    return true;
  }

  /** After `us` stands what tells of the delay to the next event: a blank, or `+`, `!`, `#` … */
  #microseconds(bytes: Uint8Array, start: number, colon: number): boolean {
    const unit = colon - 3;
    if (unit <= start || bytes[unit] !== LETTER_U || bytes[unit + 1] !== LETTER_S) return false;
    const microseconds = this.#numberBefore(bytes, start, unit);
    if (Number.isNaN(microseconds)) return false;
    this.ns = microseconds * NS_PER_MICROSECOND;
    return true;
  }

  /** The whole number that ends before `to` and begins a field; NaN where there is none. */
  #numberBefore(bytes: Uint8Array, start: number, to: number): number {
    let at = to;
    let value = 0;
    let unit = 1;
    for (; at > start; at--) {
      const digit = bytes[at - 1]! - ZERO;
      if (digit >>> 0 > 9) break;
      value += digit * unit;
      unit *= 10;
    }
    if (at === to || (at > start && bytes[at - 1] !== SPACE && bytes[at - 1] !== TAB)) return Number.NaN;
    this.from = at;
    return value;
  }
}
