import { type Static, Type } from "typebox";
import { axisStart, binsInUse } from "../kernels/adaptiveAxis.ts";
import { accessesOf, READ, WRITE } from "../kernels/blockFacts.ts";
import { addRequests, type BlockReuse, startBlockReuse } from "../kernels/blockReuse.ts";
import { BLOCK_BYTES, byGroup, GROUPS, standardError } from "../kernels/blockSample.ts";
import { lowerEdge, middle } from "../kernels/buckets.ts";
import { CURVE_SHARES, concentrationOf, gini, shareOnHottest } from "../kernels/concentration.ts";
import { distinctInBins, firstInBins } from "../kernels/distinctOverTime.ts";
import { hottestRanges } from "../kernels/hottestRanges.ts";
import { histogramCount, histogramMax, type LogHistogram } from "../kernels/logHistogram.ts";
import { type MissCurve, missPoints } from "../kernels/missCurve.ts";
import { octavesOf } from "../kernels/octaves.ts";
import { percentile } from "../kernels/percentile.ts";
import { REUSE_KINDS, type Reuses } from "../kernels/reuseKinds.ts";
import { defineMetric, type View } from "../metric.ts";
import { Count, Optionally, Real } from "../schemas.ts";

/** 256 MiB are told apart exactly; what lies beyond is sampled. */
const MOST_BLOCKS = 65536;
const MOST_BINS = 256;

const Pair = Type.Array(Count, { minItems: 2, maxItems: 2 });
/** [lower edge (a power of two, or 0), accesses], ascending, only those that occur. */
const Octaves = Type.Array(Pair);

const Again = Type.Object({
  /** Of blocks: a request counts once for each block that it touches. */
  accesses: Count,
  /** Bytes of the requests in these blocks. */
  bytes: Count,
  /** Time from the earlier request's issue to the later one's. null: the trace has no clock. */
  time: Type.Union([
    Type.Object({
      withinSecond: Count,
      p50Ns: Real,
      p90Ns: Real,
      p99Ns: Real,
      maxNs: Real,
      octavesNs: Octaves,
    }),
    Type.Null(),
  ]),
  /** Reads and writes issued in between. */
  requestsBetween: Type.Object({ p50: Count, p90: Count, max: Count, octaves: Octaves }),
  /** Different blocks touched in between: the LRU stack distance. An LRU cache larger than that would have kept the block. */
  distinctBetween: Type.Object({ within64MiB: Count, p50Bytes: Count, p90Bytes: Count, maxBytes: Count }),
  /** One standard error of accesses; 0 where all were counted. */
  standardError: Real,
});

const Cache = Type.Object({
  accesses: Count,
  /** First accesses of a block: misses of a cache of any size. */
  compulsory: Count,
  /** [bytes of an LRU cache, misses], ascending, to the smallest size given whose misses are compulsory. The miss ratio is misses / accesses. */
  points: Type.Array(Pair, { minItems: 1 }),
  /** One standard error of each point's miss ratio; null where all accesses were counted. */
  standardErrors: Type.Union([Type.Array(Real), Type.Null()]),
});

const Heat = Type.Object({
  /** Blocks with such an access. */
  blocks: Count,
  accesses: Count,
  /** null: fewer than 100 blocks. */
  shareOnHottest1Percent: Type.Union([Real, Type.Null()]),
  /** null: fewer than 10 blocks. */
  shareOnHottest10Percent: Type.Union([Real, Type.Null()]),
  /** One standard error of the share on the hottest 10 %; 0 where all blocks were counted. */
  standardError: Real,
  /** 0: all blocks have as many accesses; towards 1: few have nearly all. */
  gini: Real,
  /** [share of the blocks, hottest first, share of the accesses on them], ascending: the Lorenz curve from its other end. */
  curve: Type.Array(Type.Array(Real, { minItems: 2, maxItems: 2 })),
});

/** What is read or written again, in blocks of 4 KiB: how soon, what a cache would keep, how concentrated it is, how much is in use. Other ops take no part. */
export const Reuse = Type.Object({
  blockBytes: Count,
  /** false: one block of each `1 / sampleRate` neighbours was followed, and stands for them. */
  exact: Type.Boolean(),
  /** At the end; before, it may have been higher. */
  sampleRate: Real,
  /** Distinct blocks read or written. */
  blocks: Count,
  /** One standard error of blocks, and about that of any count of distinct blocks near it. */
  relativeError: Real,
  /** By an access and the one before it on the same block; no key: none. */
  again: Optionally(REUSE_KINDS, Again),
  /** One LRU cache for all, and one that sees reads or writes alone. null: none of these. */
  lruCache: Type.Object({
    all: Type.Union([Cache, Type.Null()]),
    reads: Type.Union([Cache, Type.Null()]),
    writes: Type.Union([Cache, Type.Null()]),
  }),
  heat: Type.Object({
    all: Type.Union([Heat, Type.Null()]),
    reads: Type.Union([Heat, Type.Null()]),
    writes: Type.Union([Heat, Type.Null()]),
  }),
  /** The hottest stretches of neighbouring blocks with two accesses or more; null where blocks were sampled. */
  hottest: Type.Union([
    Type.Array(
      Type.Object({ device: Count, offsetBytes: Count, lengthBytes: Count, readAccesses: Count, writeAccesses: Count }),
    ),
    Type.Null(),
  ]),
  /** Distinct blocks in equal stretches of time, or of requests where there is no clock. */
  workingSet: Type.Object({
    /** Left edge of bin 0, a multiple of binNs. */
    startNs: Real,
    binNs: Real,
    bins: Count,
    distinctBlocks: Type.Array(Count),
    /** Of these, touched for the first time. */
    newBlocks: Type.Array(Count),
  }),
});
export type Reuse = Static<typeof Reuse>;

export const reuse = defineMetric({
  id: "reuse",
  schema: Reuse,
  weight: "heavy",
  needs: [],
  start: (): BlockReuse => startBlockReuse(MOST_BLOCKS, MOST_BINS),
  add,
  finish: (state, { trace }): Reuse => figures(state, trace.recorded.clock),
});

function add(state: BlockReuse, { requests, rows, rowCount }: View): void {
  addRequests(state, requests, rows, rowCount);
}

function figures(state: BlockReuse, hasClock: boolean): Reuse {
  const { sample, kinds, ofAll, ofDirection, distinct } = state;
  const { weight } = sample;
  const curve = (misses: MissCurve) => cacheFigures(misses, weight);
  const reads = accessesOf(state.facts, READ, sample.table.count);
  const writes = accessesOf(state.facts, WRITE, sample.table.count);
  const again: Reuse["again"] = {};
  for (const [i, kind] of REUSE_KINDS.entries())
    if (histogramCount(kinds[i]!.distances) > 0) again[kind] = againFigures(kinds[i]!, hasClock);
  return {
    blockBytes: BLOCK_BYTES,
    exact: weight === 1,
    sampleRate: 1 / weight,
    blocks: ofAll.compulsory,
    relativeError: weight === 1 ? 0 : Math.sqrt((1 - 1 / weight) / Math.max(1, sample.table.count)),
    again,
    lruCache: { all: curve(ofAll), reads: curve(ofDirection[READ]), writes: curve(ofDirection[WRITE]) },
    heat: {
      all: heatFigures(
        reads.map((count, block) => count + writes[block]!),
        state,
      ),
      reads: heatFigures(reads, state),
      writes: heatFigures(writes, state),
    },
    hottest: weight === 1 ? hottestRanges(sample, reads, writes) : null,
    workingSet: {
      startNs: axisStart(distinct.time),
      binNs: distinct.time.width,
      bins: binsInUse(distinct.time),
      distinctBlocks: distinctInBins(distinct),
      newBlocks: firstInBins(distinct),
    },
  };
}

function againFigures(
  { timeNs, requests, distances, bytes, withinSecond, near, groups }: Reuses,
  hasClock: boolean,
): Static<typeof Again> {
  return {
    accesses: histogramCount(timeNs),
    bytes,
    time: hasClock
      ? {
          withinSecond,
          p50Ns: percentile(timeNs, 0.5, middle),
          p90Ns: percentile(timeNs, 0.9, middle),
          p99Ns: percentile(timeNs, 0.99, middle),
          maxNs: histogramMax(timeNs),
          octavesNs: octavesOf(timeNs),
        }
      : null,
    requestsBetween: {
      p50: percentile(requests, 0.5, middle),
      p90: percentile(requests, 0.9, middle),
      max: histogramMax(requests),
      octaves: octavesOf(requests),
    },
    distinctBetween: distinctBetween(distances, near),
    standardError: threeDigits(standardError(groups)),
  };
}

/** Buckets of blocks stand for their least number, so that round sizes come out exact. */
function distinctBetween(blocks: LogHistogram, near: number): Static<typeof Again>["distinctBetween"] {
  return {
    within64MiB: near,
    p50Bytes: percentile(blocks, 0.5, lowerEdge) * BLOCK_BYTES,
    p90Bytes: percentile(blocks, 0.9, lowerEdge) * BLOCK_BYTES,
    maxBytes: histogramMax(blocks) * BLOCK_BYTES,
  };
}

function cacheFigures(curve: MissCurve, weight: number): Static<typeof Cache> | null {
  const { accesses, compulsory } = curve;
  if (accesses === 0) return null;
  const points = missPoints(curve, weight);
  return {
    accesses,
    compulsory: Math.min(compulsory, accesses),
    points: points.map(({ cacheBlocks, misses }) => [cacheBlocks * BLOCK_BYTES, misses]),
    standardErrors: weight === 1 ? null : points.map(({ error }) => threeDigits(error / accesses)),
  };
}

function heatFigures(counts: Uint32Array, { sample }: BlockReuse): Static<typeof Heat> | null {
  const heat = concentrationOf(counts);
  const { weight } = sample;
  if (heat.accesses === 0) return null;
  return {
    blocks: heat.places * weight,
    accesses: heat.accesses * weight,
    shareOnHottest1Percent: heat.places < 100 ? null : sixDigits(shareOnHottest(heat, 0.01)),
    shareOnHottest10Percent: heat.places < 10 ? null : sixDigits(shareOnHottest(heat, 0.1)),
    standardError: weight === 1 ? 0 : threeDigits(errorOfShare(counts, sample.table.keys, 1 - 1 / weight)),
    gini: sixDigits(gini(heat)),
    curve: CURVE_SHARES.map((share) => [share, sixDigits(shareOnHottest(heat, share))]),
  };
}

/** From the same share in each of the random groups: the mean of so many varies less by the root of their number. */
function errorOfShare(counts: Uint32Array, keys: Float64Array, notSampled: number): number {
  const shares = byGroup(counts, keys).map((own) => shareOnHottest(concentrationOf(own), 0.1));
  return (standardError(shares) / GROUPS) * Math.sqrt(notSampled);
}

function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}

function sixDigits(value: number): number {
  return Number(value.toPrecision(6));
}
