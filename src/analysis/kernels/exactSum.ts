/** A sum of whole numbers below 2^53 that never rounds: `high` counts units of 2^52. */
export interface ExactSum {
  high: number;
  low: number;
}

/** A low part that reaches this moves one into the high part. */
export const SUM_UNIT = 2 ** 52;

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
