import type { CompletionBatch } from "../../model/batch.ts";
import { type AdaptiveAxis, binEnd, covers, extend, growthFor, growWidth, placeAt, startAxis } from "./adaptiveAxis.ts";
import { bucketOf, lowerEdge, MOST_BUCKETS } from "./buckets.ts";
import { IS_DATA_OP } from "./dataRequest.ts";
import { foldMaxima, foldMinima, foldSums } from "./fold.ts";

const TIME_BINS = 256;
export const BINS_PER_DECADE = 12 as const;
/** Up to 10^16 ns, beyond 2^53. */
export const LATENCY_BINS = 16 * BINS_PER_DECADE;
/** Buckets of the fine histogram come in blocks, so that octaves that do not occur cost nothing. */
const BLOCK_BITS = 7;
export const BLOCK_BUCKETS = 2 ** BLOCK_BITS;
const BUCKET_MASK = BLOCK_BUCKETS - 1;
// Hot code reads constants of its own file.
const IS_DATA = IS_DATA_OP;
const CELLS = LATENCY_BINS;

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

/**
 * Counts the latencies of data requests by their times of issue. From the last one back, so that the range of time grows
 * once for most of them. Nearly all are in the time bin of the one before: what belongs to it is held in variables.
 */
export function addLatencies(grid: LatencyGrid, batch: CompletionBatch, done: Uint32Array, doneCount: number): void {
  const { time, cells, blocks, minNs, maxNs } = grid;
  const { op, lengthBytes, issueNs, completeNs } = batch;
  let [fromNs, untilNs, place, least, most] = [0, 0, 0, minNs[0]!, maxNs[0]!];
  for (let d = doneCount - 1; d >= 0; d--) {
    const i = done[d]!;
    const atNs = issueNs[i]!;
    const latencyNs = completeNs[i]! - atNs;
    if (!(latencyNs >= 0) || IS_DATA[op[i]!] === 0 || !(lengthBytes[i]! > 0)) continue;
    if (!(atNs >= fromNs && atNs < untilNs)) {
      minNs[place] = least;
      maxNs[place] = most;
      if (!covers(time, atNs)) widen(grid, atNs);
      place = placeAt(time, atNs);
      untilNs = binEnd(time, atNs);
      fromNs = untilNs - time.width;
      least = minNs[place]!;
      most = maxNs[place]!;
    }
    const bucket = bucketOf(latencyNs);
    const block = bucket >> BLOCK_BITS;
    const counts = blocks[block] ?? startBlock(blocks, block);
    cells[place * CELLS + latencyBin(latencyNs, bucket)]!++;
    counts[(place << BLOCK_BITS) | (bucket & BUCKET_MASK)]!++;
    if (latencyNs < least) least = latencyNs;
    if (latencyNs > most) most = latencyNs;
  }
  minNs[place] = least;
  maxNs[place] = most;
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
