import type { Line } from "../text/line.ts";

/** What stands before the time of an event: the process that ran, and where. */
export interface Task {
  /** -1 where it is not told. */
  pid: number;
  /** -1 where it is not told. */
  cpu: number;
  nameFrom: number;
  nameTo: number;
  /** Reads the line from its start up to `to`; gives false where something else stands there. Hot. */
  read(line: Line, to: number): boolean;
}

const ZERO = 48;
const SPACE = 32;
const TAB = 9;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

/** Walks over a line backwards: the name of a process may hold anything, and what follows it may not. */
export class BackwardCursor {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  /** Just after the byte that is next. */
  at = 0;

  set(line: Line, to: number): void {
    this.bytes = line.bytes;
    this.start = line.at;
    this.at = to;
  }

  /** The next byte towards the start, or -1. */
  peek(): number {
    return this.at > this.start ? this.bytes[this.at - 1]! : -1;
  }

  blanks(): void {
    const { bytes, start } = this;
    let { at } = this;
    while (at > start && (bytes[at - 1] === SPACE || bytes[at - 1] === TAB)) at--;
    this.at = at;
  }

  /** Goes to where the field begins that ends here. */
  field(): void {
    const { bytes, start } = this;
    let { at } = this;
    while (at > start && bytes[at - 1] !== SPACE && bytes[at - 1] !== TAB) at--;
    this.at = at;
  }

  /** Goes past the byte if it is next. */
  takesByte(byte: number): boolean {
    if (this.peek() !== byte) return false;
    this.at--;
    return true;
  }

  /** The whole number that ends here; NaN where there is none. */
  decimal(): number {
    const { bytes, start } = this;
    let { at } = this;
    let value = 0;
    let unit = 1;
    for (; at > start; at--) {
      const digit = bytes[at - 1]! - ZERO;
      if (digit >>> 0 > 9) break;
      value += digit * unit;
      unit *= 10;
    }
    this.at = at;
    return unit === 1 ? Number.NaN : value;
  }

  /** `[001]`; NaN where it is not that. */
  bracketed(): number {
    if (!this.takesByte(CLOSE_BRACKET)) return Number.NaN;
    const value = this.decimal();
    return this.takesByte(OPEN_BRACKET) ? value : Number.NaN;
  }
}

/** Where the text begins that ends at `to`, without the blanks before it. */
export function afterBlanks(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
  return at;
}
