import { LARGEST_EXACT } from "../../model/units.ts";

const SPACE = 32;
const TAB = 9;
const ZERO = 48;
const MOST_SHOWN = 40;

/** Digits that fit 32 bits whatever they are. */
const SMALL_DECIMALS = 9;
const SMALL_HEXES = 7;

/** The bytes of a word, for `Cursor.takes`. */
export function word(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Walks over the bytes of one line. Its methods are hot: no strings, no allocation, but in `text` and `quoted`. */
export class Cursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;

  set(bytes: Uint8Array, start: number, end: number): void {
    // Most lines lie in the same piece, and writing a reference costs more than comparing it.
    if (this.bytes !== bytes) this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** The next byte, or -1 at the end of the line. */
  peek(): number {
    return this.at < this.end ? this.bytes[this.at]! : -1;
  }

  /** A whole number; NaN where there is none (and goes nowhere), Infinity beyond 2^53. */
  decimal(): number {
    const { bytes, end, at: start } = this;
    const smallEnd = Math.min(end, start + SMALL_DECIMALS);
    let at = start;
    let small = 0;
    while (at < smallEnd) {
      const digit = bytes[at]! - ZERO;
      if (digit >>> 0 > 9) break;
      small = (Math.imul(small, 10) + digit) | 0;
      at++;
    }
    if (at === start) return Number.NaN;
    this.at = at;
    return at - start < SMALL_DECIMALS ? small : this.#moreDecimals(small);
  }

  /** A hexadecimal number without prefix; NaN where there is none (and goes nowhere), Infinity beyond 2^53. */
  hex(): number {
    const { bytes, end, at: start } = this;
    const smallEnd = Math.min(end, start + SMALL_HEXES);
    let at = start;
    let small = 0;
    while (at < smallEnd) {
      const digit = hexDigit(bytes[at]!);
      if (digit < 0) break;
      small = (small << 4) | digit;
      at++;
    }
    if (at === start) return Number.NaN;
    this.at = at;
    return at - start < SMALL_HEXES ? small : this.#moreHexes(small);
  }

  /** A whole number that is a field of its own; NaN where there is none (and goes nowhere), Infinity beyond 2^53. */
  decimalField(): number {
    const start = this.at;
    const value = this.decimal();
    if (this.atFieldEnd()) return value;
    this.at = start;
    return Number.NaN;
  }

  /** Whether a blank or the end of the line is next. */
  atFieldEnd(): boolean {
    const next = this.peek();
    return next === -1 || next === SPACE || next === TAB;
  }

  /** A whole number of exactly so many digits, at most nine; NaN where there is none. */
  digits(count: number): number {
    const { bytes, at } = this;
    if (at + count > this.end) return Number.NaN;
    let value = 0;
    for (let i = at; i < at + count; i++) {
      const digit = bytes[i]! - ZERO;
      if (digit >>> 0 > 9) return Number.NaN;
      value = (Math.imul(value, 10) + digit) | 0;
    }
    this.at = at + count;
    return value;
  }

  /** Goes past the byte if it is next. */
  takesByte(byte: number): boolean {
    if (this.at >= this.end || this.bytes[this.at] !== byte) return false;
    this.at++;
    return true;
  }

  /** Goes past the word if it is next. */
  takes(expected: Uint8Array): boolean {
    const { bytes, at } = this;
    const { length } = expected;
    if (at + length > this.end) return false;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== expected[i]) return false;
    this.at = at + length;
    return true;
  }

  /** Goes past spaces and tabs; gives whether there were any. */
  blanks(): boolean {
    const { bytes, end, at: start } = this;
    let at = start;
    while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
    this.at = at;
    return at > start;
  }

  /** Whether nothing but blanks is left of the line. */
  atEnd(): boolean {
    this.blanks();
    return this.at >= this.end;
  }

  /** Where the next blank is, or the end of the line. */
  fieldEnd(): number {
    const { bytes, end } = this;
    let at = this.at;
    while (at < end && bytes[at] !== SPACE && bytes[at] !== TAB) at++;
    return at;
  }

  /** The line's text up to there. */
  text(to: number): string {
    return new TextDecoder().decode(this.bytes.subarray(this.at, to));
  }

  /** The text up to there as a message shows it. */
  quoted(to: number): string {
    const shown = this.text(Math.min(to, this.at + MOST_SHOWN));
    return JSON.stringify(to > this.at + MOST_SHOWN ? `${shown}…` : shown);
  }

  #moreDecimals(leading: number): number {
    const { bytes, end } = this;
    let at = this.at;
    let value = leading;
    while (at < end) {
      const digit = bytes[at]! - ZERO;
      if (digit >>> 0 > 9) break;
      value = value * 10 + digit;
      at++;
    }
    this.at = at;
    return value <= LARGEST_EXACT ? value : Number.POSITIVE_INFINITY;
  }

  #moreHexes(leading: number): number {
    const { bytes, end } = this;
    let at = this.at;
    let value = leading;
    while (at < end) {
      const digit = hexDigit(bytes[at]!);
      if (digit < 0) break;
      value = value * 16 + digit;
      at++;
    }
    this.at = at;
    return value <= LARGEST_EXACT ? value : Number.POSITIVE_INFINITY;
  }
}

function hexDigit(byte: number): number {
  const digit = byte - ZERO;
  if (digit >>> 0 <= 9) return digit;
  const letter = (byte | 32) - 97;
  return letter >>> 0 <= 5 ? letter + 10 : -1;
}
