import { placeOf } from "./adaptiveAxis.ts";
import { middle } from "./buckets.ts";
import { BLOCK_BUCKETS, type LatencyGrid } from "./latencyGrid.ts";
import type { LogHistogram } from "./logHistogram.ts";
import { percentile } from "./percentile.ts";

export interface LatencyWindow {
  readonly fromNs: number;
  readonly toNs: number;
  readonly count: number;
  readonly p50Ns: number;
  readonly p99Ns: number;
  readonly maxNs: number;
}

interface Stretch {
  readonly fromBin: number;
  readonly toBin: number;
  readonly count: number;
}

/** Cuts counts by bin into stretches with at least `least` each, from the left; what is left over at the end joins the last one. */
export function stretchesOf(counts: readonly number[], least: number): Stretch[] {
  const stretches: Stretch[] = [];
  let fromBin = 0;
  let count = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    count += counts[bin]!;
    if (count < least) continue;
    stretches.push({ fromBin, toBin: bin + 1, count });
    fromBin = bin + 1;
    count = 0;
  }
  if (count === 0) return stretches;
  const last = stretches.pop() ?? { fromBin: 0, count: 0 };
  return [...stretches, { fromBin: last.fromBin, toBin: counts.length, count: last.count + count }];
}

/** Percentiles of latency over stretches of whole time bins with at least `least` requests each. */
export function latencyWindows(grid: LatencyGrid, least: number): LatencyWindow[] {
  const { time } = grid;
  const counts = Array.from({ length: Math.max(0, time.high - time.low + 1) }, (_, bin) => countOf(grid, bin));
  return stretchesOf(counts, least).map(({ fromBin, toBin, count }) => {
    const histogram = histogramOf(grid, fromBin, toBin);
    return {
      fromNs: (time.low + fromBin) * time.width,
      toNs: (time.low + toBin) * time.width,
      count,
      p50Ns: percentile(histogram, 0.5, middle),
      p99Ns: percentile(histogram, 0.99, middle),
      maxNs: histogram.facts[1]!,
    };
  });
}

function countOf({ time, blocks }: LatencyGrid, bin: number): number {
  const from = placeOf(time, time.low + bin) * BLOCK_BUCKETS;
  let count = 0;
  for (const counts of blocks)
    if (counts !== undefined) for (let i = 0; i < BLOCK_BUCKETS; i++) count += counts[from + i]!;
  return count;
}

function histogramOf({ time, blocks, minNs, maxNs }: LatencyGrid, fromBin: number, toBin: number): LogHistogram {
  const sums = new Float64Array(blocks.length * BLOCK_BUCKETS);
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (let bin = fromBin; bin < toBin; bin++) {
    const place = placeOf(time, time.low + bin);
    min = Math.min(min, minNs[place]!);
    max = Math.max(max, maxNs[place]!);
    blocks.forEach((counts, block) => {
      for (let i = 0; i < BLOCK_BUCKETS; i++) sums[block * BLOCK_BUCKETS + i]! += counts![place * BLOCK_BUCKETS + i]!;
    });
  }
  return { counts: sums, facts: Float64Array.of(min, max, 0, 0) };
}
