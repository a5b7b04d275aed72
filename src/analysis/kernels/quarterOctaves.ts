import { bucketOf, lowerEdge, SUB_BITS } from "./buckets.ts";

/** Class 0 holds 0; then four classes to each octave, from 1, 1.25, 1.5 and 1.75 times a power of two. */
export const MOST_QUARTERS = 53 * 4 + 1;
const BUCKETS_BITS = SUB_BITS - 2;

/** The class of a whole number. */
export function quarterOf(value: number): number {
  const bucket = bucketOf(value);
  return bucket === 0 ? 0 : ((bucket - 1) >> BUCKETS_BITS) + 1;
}

/** The smallest number of a class. */
export function quarterEdge(quarter: number): number {
  return quarter === 0 ? 0 : lowerEdge(((quarter - 1) << BUCKETS_BITS) + 1);
}
