import type { Cursor } from "./cursor.ts";

const ZERO = 48;
const DOT = 46;
const MINUS = 45;
const TENTHS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9] as const;
const MOST_DIGITS = 9;

/**
 * Reads a time such as `-12.345678` in nanoseconds, exact to the digits that stand there (nine after the point);
 * NaN where there is none, or none below 2^53 units, and then goes nowhere.
 * @param unitNs what its unit is: 1e9 for seconds, 1e6 for milliseconds.
 */
export function fixedPointNs(cursor: Cursor, unitNs: number): number {
  const start = cursor.at;
  const negative = cursor.takesByte(MINUS);
  const whole = cursor.decimal();
  if (!Number.isFinite(whole)) {
    cursor.at = start;
    return Number.NaN;
  }
  const ns = whole * unitNs + (cursor.takesByte(DOT) ? fractionNs(cursor, unitNs) : 0);
  return negative ? -ns : ns;
}

function fractionNs(cursor: Cursor, unitNs: number): number {
  const { bytes, end, at: start } = cursor;
  const kept = Math.min(end, start + MOST_DIGITS);
  let at = start;
  let digits = 0;
  while (at < kept) {
    const digit = bytes[at]! - ZERO;
    if (digit >>> 0 > 9) break;
    digits = (Math.imul(digits, 10) + digit) | 0;
    at++;
  }
  const tenths = TENTHS[at - start]!;
  while (at < end && (bytes[at]! - ZERO) >>> 0 <= 9) at++;
  cursor.at = at;
  return Math.round((digits * unitNs) / tenths);
}
