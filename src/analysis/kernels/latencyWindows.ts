import { placeOf } from "./adaptiveAxis.ts";
import { middle } from "./buckets.ts";
import { BLOCK_BUCKETS, LATENCY_BINS, type LatencyGrid } from "./latencyGrid.ts";

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
  return stretchesOf(counts, least).map((stretch) => ({
    fromNs: (time.low + stretch.fromBin) * time.width,
    toNs: (time.low + stretch.toBin) * time.width,
    count: stretch.count,
    ...percentilesOf(grid, stretch),
  }));
}

function percentilesOf(grid: LatencyGrid, { fromBin, toBin, count }: Stretch) {
  const buckets = bucketsOf(grid, fromBin, toBin);
  let minNs = Number.POSITIVE_INFINITY;
  let maxNs = 0;
  for (let bin = fromBin; bin < toBin; bin++) {
    const place = placeOf(grid.time, grid.time.low + bin);
    minNs = Math.min(minNs, grid.minNs[place]!);
    maxNs = Math.max(maxNs, grid.maxNs[place]!);
  }
  const nearestRank = (percent: number) =>
    Math.min(maxNs, Math.max(minNs, middle(bucketOfRank(buckets, Math.ceil((count * percent) / 100)))));
  return { p50Ns: nearestRank(50), p99Ns: nearestRank(99), maxNs };
}

function bucketOfRank(buckets: Float64Array, rank: number): number {
  let below = 0;
  for (let bucket = 0; bucket < buckets.length; bucket++) {
    below += buckets[bucket]!;
    if (below >= rank) return bucket;
  }
  return -1;
}

function countOf({ time, cells }: LatencyGrid, bin: number): number {
  const from = placeOf(time, time.low + bin) * LATENCY_BINS;
  let count = 0;
  for (let k = from; k < from + LATENCY_BINS; k++) count += cells[k]!;
  return count;
}

/** Requests in each fine bucket over a stretch of time bins. */
function bucketsOf({ time, blocks }: LatencyGrid, fromBin: number, toBin: number): Float64Array {
  const sums = new Float64Array(blocks.length * BLOCK_BUCKETS);
  for (const [block, counts] of blocks.entries()) {
    if (counts === undefined) continue;
    const to = block * BLOCK_BUCKETS;
    for (let bin = fromBin; bin < toBin; bin++) {
      const from = placeOf(time, time.low + bin) * BLOCK_BUCKETS;
      for (let i = 0; i < BLOCK_BUCKETS; i++) sums[to + i]! += counts[from + i]!;
    }
  }
  return sums;
}
