import { CHUNK_DIGITS, type LineFields, POWERS_OF_TEN } from "./lineFields.ts";

const ZERO = 48;
const DOT = 46;
const MINUS = 45;
const BILLION = 1e9;
/** So many digits are exact in a double. */
const EXACT_DIGITS = 15;

/** A decimal number of some unit of time as it is written: exact, also where it is more than a double holds. */
export class DecimalTime {
  readonly unitNs: number;
  /** The whole part's digits, nine and nine and the rest. */
  first = 0;
  second = 0;
  third = 0;
  digits = 0;
  fractionNs = 0;
  negative = false;
  /** Whether any time so far had digits after the point that are not 0. */
  finerThanUnit = false;

  constructor(unitNs: number) {
    this.unitNs = unitNs;
  }

  /** Reads the time that a field is, with a sign or not; false where it is something else. Hot. */
  read(fields: LineFields, column: number): boolean {
    const digits = fields.digits[column]!;
    const start = fields.starts[column]!;
    this.negative = fields.bytes[start] === MINUS;
    const end = start + digits + (this.negative ? 1 : 0);
    this.digits = digits;
    this.first = fields.first[column]!;
    this.second = fields.second[column]!;
    this.third = fields.third[column]!;
    this.fractionNs = 0;
    if (digits === 0) return false;
    const to = fields.ends[column]!;
    return end === to || this.#readFraction(fields.bytes, end, to);
  }

  /** The nanoseconds, where they are few enough to be exact. */
  get ns(): number {
    const ns = this.#units * this.unitNs + this.fractionNs;
    return this.negative ? -ns : ns;
  }

  /** The nanoseconds; units of less than one are rounded down. */
  get exactNs(): bigint {
    const { first, second, third, digits, unitNs } = this;
    const afterFirst = Math.max(0, digits - CHUNK_DIGITS);
    const afterSecond = Math.max(0, afterFirst - CHUNK_DIGITS);
    let units = BigInt(first) * 10n ** BigInt(afterFirst);
    if (afterFirst > 0) units += BigInt(second) * 10n ** BigInt(afterSecond);
    if (afterSecond > 0) units += BigInt(third);
    const wholeNs = unitNs < 1 ? units / BigInt(Math.round(1 / unitNs)) : units * BigInt(unitNs);
    const ns = wholeNs + BigInt(Math.round(this.fractionNs));
    return this.negative ? -ns : ns;
  }

  /** How many nanoseconds it is after another one of the same column. Hot. */
  nsAfter(zero: DecimalTime): number {
    const { digits, unitNs } = this;
    if (digits <= EXACT_DIGITS && zero.digits <= EXACT_DIGITS)
      return (this.#signedUnits - zero.#signedUnits) * unitNs + (this.#signedFractionNs - zero.#signedFractionNs);
    if (digits !== zero.digits || this.negative || zero.negative) return this.#slowNsAfter(zero);
    const fractionNs = this.fractionNs - zero.fractionNs;
    const first = this.first - zero.first;
    const second = this.second - zero.second;
    const beyond = digits - 2 * CHUNK_DIGITS;
    if (beyond <= 0) return (first * POWERS_OF_TEN[digits - CHUNK_DIGITS]! + second) * unitNs + fractionNs;
    const units = (first * BILLION + second) * POWERS_OF_TEN[beyond]! + (this.third - zero.third);
    return units * unitNs + fractionNs;
  }

  copyFrom(other: DecimalTime): void {
    this.first = other.first;
    this.second = other.second;
    this.third = other.third;
    this.digits = other.digits;
    this.fractionNs = other.fractionNs;
    this.negative = other.negative;
  }

  get #units(): number {
    const { first, second, third, digits } = this;
    if (digits <= CHUNK_DIGITS) return first;
    const beyond = digits - 2 * CHUNK_DIGITS;
    if (beyond <= 0) return first * POWERS_OF_TEN[digits - CHUNK_DIGITS]! + second;
    return (first * BILLION + second) * POWERS_OF_TEN[beyond]! + third;
  }

  get #signedUnits(): number {
    return this.negative ? -this.#units : this.#units;
  }

  get #signedFractionNs(): number {
    return this.negative ? -this.fractionNs : this.fractionNs;
  }

  #slowNsAfter(zero: DecimalTime): number {
    return Number(this.exactNs - zero.exactNs);
  }

  /** Reads the point and what follows; digits beyond the ninth are smaller than anybody measures. Hot. */
  #readFraction(bytes: Uint8Array, dot: number, to: number): boolean {
    if (bytes[dot] !== DOT) return false;
    const from = dot + 1;
    let value = 0;
    let power = 1;
    for (let i = from; i < to; i++) {
      const digit = bytes[i]! - ZERO;
      if (digit >>> 0 > 9) return false;
      if (i - from >= CHUNK_DIGITS) continue;
      value = (Math.imul(value, 10) + digit) | 0;
      power *= 10;
    }
    if (value > 0) this.finerThanUnit = true;
    const { unitNs } = this;
    this.fractionNs = power > unitNs ? Math.round((value * unitNs) / power) : value * (unitNs / power);
    return true;
  }
}
