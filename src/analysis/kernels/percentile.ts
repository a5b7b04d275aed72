import { bucketCounts, histogramCount, histogramMax, histogramMin, type LogHistogram } from "./logHistogram.ts";

/**
 * The nearest-rank percentile: the ceil(p·n)-th smallest number, as the value that stands for its bucket.
 * Where that is the smallest or the largest number of all, it is exact.
 */
export function percentile(histogram: LogHistogram, share: number, standFor: (bucket: number) => number): number {
  const count = histogramCount(histogram);
  const rank = Math.max(1, Math.ceil(nearestProduct(share, count)));
  if (rank >= count) return histogramMax(histogram);
  if (rank === 1) return histogramMin(histogram);
  const value = standFor(bucketOfRank(histogram, rank));
  return Math.min(histogramMax(histogram), Math.max(histogramMin(histogram), value));
}

/** 0.999 · 1000 is 999, though not in binary. */
function nearestProduct(share: number, count: number): number {
  const product = share * count;
  const whole = Math.round(product);
  return Math.abs(product - whole) <= product * 4 * Number.EPSILON ? whole : product;
}

function bucketOfRank(histogram: LogHistogram, rank: number): number {
  const counts = bucketCounts(histogram);
  let below = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    below += counts[bucket]!;
    if (below >= rank) return bucket;
  }
  return counts.length - 1;
}
