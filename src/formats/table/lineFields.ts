import { LARGEST_EXACT } from "../../model/units.ts";
import type { Line } from "../text/line.ts";
import { SEPARATORS, type Separator } from "./layout.ts";

const SPACE = 32;
const TAB = 9;
const LINE_FEED = 10;
const QUOTE = 34;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const NO_BYTE = -1;
const MOST_COLUMNS = 256;
/** Digits that fit 32 bits whatever they are. */
export const CHUNK_DIGITS = 9;
export const POWERS_OF_TEN = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9] as const;

/**
 * The fields of one line: field i is `bytes` from `starts[i]` to `ends[i]`, without blanks around it. The digits that it
 * begins with are read on the way, nine and nine and nine of them.
 */
export class LineFields {
  bytes: Uint8Array = new Uint8Array(0);
  count = 0;
  readonly starts = new Int32Array(MOST_COLUMNS);
  readonly ends = new Int32Array(MOST_COLUMNS);
  /** How many digits stand first, at most 27, after a minus or not. */
  readonly digits = new Uint8Array(MOST_COLUMNS);
  readonly first = new Int32Array(MOST_COLUMNS);
  readonly second = new Int32Array(MOST_COLUMNS);
  readonly third = new Int32Array(MOST_COLUMNS);
  readonly #separator: number;
  readonly #byBlanks: boolean;
  /** What is skipped around fields beside spaces. */
  readonly #otherBlank: number;
  readonly #quotes: boolean;
  /** Which columns a line of the usual shape has numbers in: 1 for those. */
  readonly #isNumber = new Uint8Array(MOST_COLUMNS);
  /** A line with doubled quotes, each pair made one. */
  #unescaped = new Uint8Array(0);

  /** @param numbers the columns whose digits `splitUsual` reads. */
  constructor(separator: Separator, quotes: boolean, numbers: readonly number[] = []) {
    this.#separator = separator.charCodeAt(0);
    this.#byBlanks = separator === SEPARATORS.blanks;
    this.#otherBlank = separator === SEPARATORS.tab ? SPACE : TAB;
    this.#quotes = quotes;
    for (const column of numbers) this.#isNumber[column] = 1;
  }

  /**
   * Finds the fields of a line that has a line feed, and gives where that is; -1 where anything is unusual: blanks around
   * fields, quotes, signs, a carriage return, more in a column of numbers. Hot.
   */
  splitUsual(bytes: Uint8Array, from: number): number {
    const { starts, ends, digits, first, second, third } = this;
    const isNumber = this.#isNumber;
    const separator = this.#separator;
    const quote = this.#quotes ? QUOTE : NO_BYTE;
    if (this.bytes !== bytes) this.bytes = bytes;
    let at = from;
    for (let column = 0; column < MOST_COLUMNS; column++) {
      const start = at;
      let byte = bytes[at]!;
      if (isNumber[column] === 0) {
        if (byte === quote) return -1;
        while (byte > SPACE && byte !== separator) byte = bytes[++at]!;
      } else {
        let value = 0;
        while (byte >= ZERO && byte <= NINE && at - start < CHUNK_DIGITS) {
          value = (Math.imul(value, 10) + byte - ZERO) | 0;
          byte = bytes[++at]!;
        }
        first[column] = value;
        if (at - start === CHUNK_DIGITS) {
          value = 0;
          while (byte >= ZERO && byte <= NINE && at - start < 2 * CHUNK_DIGITS) {
            value = (Math.imul(value, 10) + byte - ZERO) | 0;
            byte = bytes[++at]!;
          }
          second[column] = value;
          third[column] = 0;
        }
        digits[column] = at - start;
        if (byte === DOT)
          do byte = bytes[++at]!;
          while (byte >= ZERO && byte <= NINE);
      }
      starts[column] = start;
      ends[column] = at;
      if (at === start && this.#byBlanks) return -1;
      if (byte !== separator) {
        this.count = column + 1;
        return byte === LINE_FEED ? at : -1;
      }
      at++;
    }
    return -1;
  }

  /** Finds the fields of a line; false where a quoted field does not end as it should. Columns beyond 256 are not told apart. */
  split(line: Line): boolean {
    const { bytes, at, end } = line;
    this.bytes = bytes;
    this.count = 0;
    if (this.#byBlanks) this.#splitAtBlanks(at, end);
    else if (!this.#splitPlain(at, end)) return this.#splitQuoted(line);
    return true;
  }

  /** The whole number that a field is; NaN where it is something else, Infinity beyond 2^53. Hot. */
  whole(column: number): number {
    const digits = this.digits[column]!;
    if (digits === 0 || digits !== this.ends[column]! - this.starts[column]!) return Number.NaN;
    const first = this.first[column]!;
    return digits <= CHUNK_DIGITS ? first : this.#large(column, first, digits);
  }

  isEmpty(column: number): boolean {
    return this.starts[column] === this.ends[column];
  }

  /** The text of a field; empty where there is no such column. */
  text(column: number): string {
    if (column >= this.count) return "";
    return new TextDecoder().decode(this.bytes.subarray(this.starts[column]!, this.ends[column]!));
  }

  #large(column: number, first: number, digits: number): number {
    const second = this.second[column]!;
    const beyond = digits - 2 * CHUNK_DIGITS;
    const value =
      beyond <= 0
        ? first * POWERS_OF_TEN[digits - CHUNK_DIGITS]! + second
        : (first * 1e9 + second) * POWERS_OF_TEN[beyond]! + this.third[column]!;
    return value <= LARGEST_EXACT ? value : Number.POSITIVE_INFINITY;
  }

  /** Gives false where a field is quoted. Hot: the first nine digits of a field are read here, without a call. */
  #splitPlain(from: number, lineEnd: number): boolean {
    const { bytes, starts, ends, digits, first } = this;
    const separator = this.#separator;
    const otherBlank = this.#otherBlank;
    const quote = this.#quotes ? QUOTE : NO_BYTE;
    let count = 0;
    let i = from;
    for (;;) {
      while (i < lineEnd && (bytes[i] === SPACE || bytes[i] === otherBlank)) i++;
      const start = i;
      const stop = start + CHUNK_DIGITS < lineEnd ? start + CHUNK_DIGITS : lineEnd;
      let value = 0;
      let byte = 0;
      while (i < stop) {
        byte = bytes[i]!;
        const digit = byte - ZERO;
        if (digit >>> 0 > 9) break;
        value = (Math.imul(value, 10) + digit) | 0;
        i++;
      }
      first[count] = value;
      digits[count] = i - start;
      if (i - start === CHUNK_DIGITS) i = this.#readMoreDigits(count, i, lineEnd);
      else if (i === start && i < lineEnd) {
        if (byte === quote) return false;
        if (byte === MINUS) i = this.#readDigits(count, i, lineEnd);
      }
      while (i < lineEnd && bytes[i] !== separator) i++;
      let end = i;
      while (end > start && (bytes[end - 1] === SPACE || bytes[end - 1] === otherBlank)) end--;
      starts[count] = start;
      ends[count] = end;
      count++;
      if (i >= lineEnd || count === MOST_COLUMNS) break;
      i++;
    }
    this.count = count;
    return true;
  }

  /** Hot. */
  #splitAtBlanks(from: number, lineEnd: number): void {
    const { bytes } = this;
    let i = from;
    while (this.count < MOST_COLUMNS) {
      while (i < lineEnd && isBlank(bytes[i]!)) i++;
      if (i === lineEnd) return;
      const start = i;
      i = this.#readDigits(this.count, start, lineEnd);
      while (i < lineEnd && !isBlank(bytes[i]!)) i++;
      this.#add(start, i);
    }
  }

  #splitQuoted({ bytes, at, end }: Line): boolean {
    const to = this.#copyWithRoom(bytes, at, end);
    const copy = this.#unescaped;
    const separator = this.#separator;
    this.bytes = copy;
    this.count = 0;
    let i = 0;
    let written = 0;
    while (this.count < MOST_COLUMNS) {
      const start = written;
      if (i < to && copy[i] === QUOTE) {
        for (i++; copy[i] !== QUOTE || copy[++i] === QUOTE; i++) {
          if (i >= to) return false;
          copy[written++] = copy[i]!;
        }
        if (i < to && copy[i] !== separator) return false;
      } else while (i < to && copy[i] !== separator) copy[written++] = copy[i++]!;
      this.#readDigits(this.count, start, written);
      this.#add(start, written);
      if (i >= to) return true;
      i++;
    }
    return true;
  }

  /** Fields are written over what was read of the copy: they never become longer. */
  #copyWithRoom(bytes: Uint8Array, from: number, end: number): number {
    const length = end - from;
    if (this.#unescaped.length <= length + 1) this.#unescaped = new Uint8Array(length * 2 + 2);
    this.#unescaped.set(bytes.subarray(from, end));
    this.#unescaped.fill(0, length, length + 2);
    return length;
  }

  /** Reads the digits that a field begins with, after a minus or not; gives where they end. */
  #readDigits(column: number, from: number, end: number): number {
    const start = from < end && this.bytes[from] === MINUS ? from + 1 : from;
    const to = this.#readChunk(this.first, column, start, end);
    this.digits[column] = to - start;
    return to - start === CHUNK_DIGITS ? this.#readMoreDigits(column, to, end) : to;
  }

  #readMoreDigits(column: number, from: number, end: number): number {
    let to = this.#readChunk(this.second, column, from, end);
    if (to - from === CHUNK_DIGITS) to = this.#readChunk(this.third, column, to, end);
    this.digits[column] = CHUNK_DIGITS + to - from;
    return to;
  }

  /** Hot. */
  #readChunk(chunks: Int32Array, column: number, from: number, lineEnd: number): number {
    const { bytes } = this;
    const end = from + CHUNK_DIGITS < lineEnd ? from + CHUNK_DIGITS : lineEnd;
    let i = from;
    let value = 0;
    while (i < end) {
      const digit = bytes[i]! - ZERO;
      if (digit >>> 0 > 9) break;
      value = (Math.imul(value, 10) + digit) | 0;
      i++;
    }
    chunks[column] = value;
    return i;
  }

  #add(start: number, end: number): void {
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count++;
  }
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}
