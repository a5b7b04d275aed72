/** A sum of whole numbers below 2^53 that never rounds: `high` counts units of 2^52. */
export interface ExactSum {
  high: number;
  low: number;
}

/** A low part that reaches this moves one into the high part. */
export const SUM_UNIT = 2 ** 52;

/** Adds a number from 0 to 2^53; the low part stays below the unit, so that no addition reaches 2^53. */
export function addToExactSum(sum: ExactSum, value: number): void {
  let rest = value;
  if (rest >= SUM_UNIT) {
    rest -= SUM_UNIT;
    sum.high++;
  }
  const low = sum.low + rest;
  if (low < SUM_UNIT) sum.low = low;
  else {
    sum.low = low - SUM_UNIT;
    sum.high++;
  }
}

/** The sum; exact below 2^53. */
export function sumOf({ high, low }: ExactSum): number {
  return high * SUM_UNIT + low;
}

/** The quotient of a sum and a count, right to the last bit or its neighbour; NaN for a count of 0. */
export function exactMean({ high, low }: ExactSum, count: number): number {
  if (count === 0) return Number.NaN;
  if (high === 0) return low / count;
  const whole = Math.floor(low);
  const total = BigInt(high) * BigInt(SUM_UNIT) + BigInt(whole);
  const quotient = total / BigInt(count);
  const rest = Number(total % BigInt(count)) + (low - whole);
  return Number(quotient) + rest / count;
}
