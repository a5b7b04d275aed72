import { type AdaptiveAxis, covers, extend, growthFor, growWidth, placeAt, startAxis } from "./adaptiveAxis.ts";
import { bucketOf, lowerEdge, MOST_BUCKETS } from "./buckets.ts";
import { foldMaxima, foldMinima, foldSums } from "./fold.ts";

const TIME_BINS = 256;
export const BINS_PER_DECADE = 12 as const;
/** Up to 10^16 ns, beyond 2^53. */
export const LATENCY_BINS = 16 * BINS_PER_DECADE;
/** Buckets of the fine histogram come in blocks, so that octaves that do not occur cost nothing. */
const BLOCK_BITS = 7;
export const BLOCK_BUCKETS = 2 ** BLOCK_BITS;

const LOWER_EDGES = Float64Array.from({ length: LATENCY_BINS + 1 }, (_, bin) => 10 ** (bin / BINS_PER_DECADE));
/** By fine bucket: the latency bin of its smallest number. A bucket is narrower than a bin, so that at most one edge lies in it. */
const BIN_OF_BUCKET = Uint8Array.from({ length: MOST_BUCKETS }, (_, bucket) => {
  const lower = lowerEdge(bucket);
  const bin = LOWER_EDGES.findLastIndex((edge) => edge <= lower);
  return Math.max(0, Math.min(LATENCY_BINS - 1, bin));
});

/** The bin k with 10^(k/12) <= ns < 10^((k+1)/12), and the fine bucket of ns; less than 1 ns is in bin 0. */
export function latencyBin(ns: number, bucket = bucketOf(ns)): number {
  const bin = BIN_OF_BUCKET[bucket]!;
  return bin < LATENCY_BINS - 1 && ns >= LOWER_EDGES[bin + 1]! ? bin + 1 : bin;
}

/** Latencies over time: coarse cells to draw, fine buckets for percentiles, and the extremes of each time bin. */
export interface LatencyGrid {
  readonly time: AdaptiveAxis;
  /** [place on time][latency bin] */
  readonly cells: Float64Array;
  /** By block of 128 buckets: [place on time][bucket of the block]. */
  readonly blocks: (Uint32Array | undefined)[];
  readonly minNs: Float64Array;
  readonly maxNs: Float64Array;
}

/** A grid without latencies. */
export function startLatencyGrid(): LatencyGrid {
  return {
    time: startAxis(TIME_BINS, 1),
    cells: new Float64Array(TIME_BINS * LATENCY_BINS),
    blocks: [],
    minNs: new Float64Array(TIME_BINS).fill(Number.POSITIVE_INFINITY),
    maxNs: new Float64Array(TIME_BINS),
  };
}

/** Counts the latency of a request that was issued at a time. */
export function addLatency(grid: LatencyGrid, atNs: number, latencyNs: number): void {
  const { time, cells, blocks, minNs, maxNs } = grid;
  if (!covers(time, atNs)) widen(grid, atNs);
  const place = placeAt(time, atNs);
  const bucket = bucketOf(latencyNs);
  cells[place * LATENCY_BINS + latencyBin(latencyNs, bucket)]!++;
  const block = bucket >> BLOCK_BITS;
  const counts = blocks[block] ?? startBlock(blocks, block);
  counts[(place << BLOCK_BITS) | (bucket & (BLOCK_BUCKETS - 1))]!++;
  if (latencyNs < minNs[place]!) minNs[place] = latencyNs;
  if (latencyNs > maxNs[place]!) maxNs[place] = latencyNs;
}

function startBlock(blocks: (Uint32Array | undefined)[], block: number): Uint32Array {
  const counts = new Uint32Array(TIME_BINS * BLOCK_BUCKETS);
  while (blocks.length <= block) blocks.push(undefined);
  blocks[block] = counts;
  return counts;
}

function widen({ time, cells, blocks, minNs, maxNs }: LatencyGrid, atNs: number): void {
  const growth = growthFor(time, atNs, atNs);
  foldSums(cells, time, growth, { outer: 1, inner: LATENCY_BINS });
  const blockLayout = { outer: 1, inner: BLOCK_BUCKETS };
  for (const counts of blocks) if (counts !== undefined) foldSums(counts, time, growth, blockLayout);
  foldMinima(minNs, time, growth);
  foldMaxima(maxNs, time, growth);
  growWidth(time, growth);
  extend(time, atNs, atNs);
}
