import { lowerEdge, SUB_BITS } from "./buckets.ts";
import { bucketCounts, type LogHistogram } from "./logHistogram.ts";

/** [lower edge, upper edge, numbers] of groups of `buckets` neighbours (a power of two up to an octave), ascending, only those that occur. */
export function groupedBuckets(histogram: LogHistogram, buckets: number): [number, number, number][] {
  const counts = bucketCounts(histogram);
  const groups: [number, number, number][] = [];
  if (counts[0]! > 0) groups.push([0, 1, counts[0]!]);
  for (let first = 1; first < counts.length; first += buckets) {
    let count = 0;
    const end = Math.min(first + buckets, counts.length);
    for (let bucket = first; bucket < end; bucket++) count += counts[bucket]!;
    if (count > 0) groups.push([lowerEdge(first), lowerEdge(first + buckets), count]);
  }
  return groups;
}

/** [lower edge (a power of two, or 0), numbers], ascending, only those that occur. */
export function octavesOf(histogram: LogHistogram): [number, number][] {
  return groupedBuckets(histogram, 2 ** SUB_BITS).map(([lower, , count]) => [lower, count]);
}
