import type { Line } from "../text/line.ts";

const SPACE = 32;
const ZERO = 48;
/** Digits that fit 32 bits whatever they are. */
const SMALL_DIGITS = 9;

/** A number, and the one byte that must follow it. */
export interface NumberField {
  readonly name: string;
  readonly expected: string;
  readonly followedBy: string;
  /** How many digits it must have, where that is fixed. */
  readonly digits?: number;
  /** Whether it is one thing with the number before it: a message shows both. */
  readonly isRest?: true;
}

/** Reads numbers that stand one after another, in one pass over the bytes. */
export class NumberRun {
  readonly values: Float64Array;
  readonly #fields: readonly NumberField[];
  readonly #followedBy: Uint8Array;
  readonly #digits: Uint8Array;

  constructor(fields: readonly NumberField[]) {
    this.#fields = fields;
    this.values = new Float64Array(fields.length);
    this.#followedBy = Uint8Array.from(fields, ({ followedBy }) => followedBy.charCodeAt(0));
    this.#digits = Uint8Array.from(fields, ({ digits }) => digits ?? 0);
  }

  /** Goes past them and the byte after the last; gives whether all are there. Hot. */
  read(line: Line): boolean {
    const { values } = this;
    const { bytes, end } = line;
    const followedBy = this.#followedBy;
    const digits = this.#digits;
    let { at } = line;
    for (let field = 0; field < followedBy.length; field++) {
      while (at < end && bytes[at] === SPACE) at++;
      const from = at;
      let value = 0;
      for (; at < end; at++) {
        const digit = bytes[at]! - ZERO;
        if (digit >>> 0 > 9) break;
        value = (Math.imul(value, 10) + digit) | 0;
      }
      const length = at - from;
      if (at === end || length === 0 || bytes[at] !== followedBy[field]) return this.#invalid(line, field, from);
      if (digits[field] !== 0 && length !== digits[field]) return this.#invalid(line, field, from);
      values[field] = length <= SMALL_DIGITS ? value : longNumber(bytes, from, at);
      at++;
    }
    line.at = at;
    return true;
  }

  #invalid(line: Line, field: number, at: number): false {
    const { name, expected, isRest } = this.#fields[field]!;
    return line.invalid(name, expected, isRest ? wordStart(line, at) : at);
  }
}

function wordStart({ bytes, at: start }: Line, at: number): number {
  let from = at;
  while (from > start && bytes[from - 1] !== SPACE) from--;
  return from;
}

function longNumber(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + bytes[at]! - ZERO;
  return value;
}
