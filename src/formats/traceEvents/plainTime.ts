import type { EventTime } from "./eventTime.ts";

const [LINE_FEED, SPACE, DOT, ZERO, COLON] = [10, 32, 46, 48, 58];
/** Digits that fit 32 bits whatever they are. */
const SMALL_DIGITS = 9;
const [MICROSECONDS_WIDTH, NANOSECONDS_WIDTH] = [".123456".length, ".123456789".length];
const NS_PER_MICROSECOND = 1000;
const ODD = -1;

/** Reads the time that stands before an event, `12.345678: ` or `12.345678901: `, of lines of the usual shape. */
export class PlainTime {
  /** Since the second in which the first event was. */
  seconds = 0;
  nanoseconds = 0;
  /** Where it stands in the line. */
  from = 0;
  readonly #time: EventTime;

  constructor(time: EventTime) {
    this.#time = time;
  }

  /** Whether the second in which the first event was is known. */
  get hasZero(): boolean {
    return !Number.isNaN(this.#time.zeroSeconds);
  }

  /** Gives where the event begins that stands behind the line's time, or -1 where that is not as usual. Hot. */
  read(bytes: Uint8Array, start: number, last: number): number {
    let colon = start + this.#time.column;
    if (colon >= last || bytes[colon] !== COLON) {
      colon = this.#find(bytes, start, last);
      if (colon < 0) return ODD;
    }
    const hasMicroseconds = bytes[colon - MICROSECONDS_WIDTH] === DOT;
    const dot = colon - (hasMicroseconds ? MICROSECONDS_WIDTH : NANOSECONDS_WIDTH);
    if (dot <= start || bytes[dot] !== DOT || bytes[colon + 1] !== SPACE) return ODD;
    let fraction = 0;
    for (let at = dot + 1; at < colon; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit >>> 0 > 9) return ODD;
      fraction = (Math.imul(fraction, 10) + digit) | 0;
    }
    let from = dot;
    let seconds = 0;
    let unit = 1;
    for (let digit = bytes[from - 1]! - ZERO; digit >>> 0 <= 9 && from > start; digit = bytes[--from - 1]! - ZERO) {
      seconds = (seconds + Math.imul(digit, unit)) | 0;
      unit = Math.imul(unit, 10);
    }
    if (from === dot || dot - from > SMALL_DIGITS || from <= start || bytes[from - 1] !== SPACE) return ODD;
    for (let at = start; at < from; at++) if (bytes[at] === LINE_FEED) return ODD;
    this.seconds = seconds - this.#time.zeroSeconds;
    this.nanoseconds = hasMicroseconds ? Math.imul(fraction, NS_PER_MICROSECOND) : fraction;
    this.from = from;
    let at = colon + 1;
    while (bytes[at] === SPACE) at++;
    return at;
  }

  /** The colon of a line whose task is wider or narrower than that of the line before; -1 where there is none. */
  #find(bytes: Uint8Array, start: number, last: number): number {
    for (let at = start; at < last && bytes[at] !== LINE_FEED; at++) {
      if (bytes[at] !== COLON) continue;
      if (bytes[at - MICROSECONDS_WIDTH] !== DOT && bytes[at - NANOSECONDS_WIDTH] !== DOT) continue;
      this.#time.column = at - start;
      return at;
    }
    return ODD;
  }
}
