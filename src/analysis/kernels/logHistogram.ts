import { bucketOf, MOST_BUCKETS } from "./buckets.ts";
import { exactMean, SUM_UNIT } from "./exactSum.ts";

const MIN = 0;
const MAX = 1;
const HIGH = 2;
const LOW = 3;
const COUNT = 4;

/** Counts of numbers >= 0 in 128 buckets an octave, each at most 0.8 % wide; whole numbers below 256 have a bucket of their own. */
export interface LogHistogram {
  counts: Float64Array;
  /** Minimum, maximum, the exact sum in two parts, and how many numbers there are. */
  readonly facts: Float64Array;
}

export function startLogHistogram(): LogHistogram {
  return { counts: new Float64Array(256), facts: Float64Array.of(Number.POSITIVE_INFINITY, 0, 0, 0, 0) };
}

/** Adds a number from 0 to 2^53. */
export function addToHistogram(histogram: LogHistogram, value: number): void {
  const { facts } = histogram;
  const bucket = bucketOf(value);
  if (bucket >= histogram.counts.length) makeRoom(histogram, bucket);
  histogram.counts[bucket]!++;
  facts[COUNT]!++;
  if (value < facts[MIN]!) facts[MIN] = value;
  if (value > facts[MAX]!) facts[MAX] = value;
  addToSum(facts, value);
}

/** The low part stays below the unit, so that no addition reaches 2^53. */
function addToSum(facts: Float64Array, value: number): void {
  let rest = value;
  if (rest >= SUM_UNIT) {
    rest -= SUM_UNIT;
    facts[HIGH]!++;
  }
  const low = facts[LOW]! + rest;
  if (low < SUM_UNIT) facts[LOW] = low;
  else {
    facts[LOW] = low - SUM_UNIT;
    facts[HIGH]!++;
  }
}

function makeRoom(histogram: LogHistogram, bucket: number): void {
  const wanted = Math.max(bucket + 1, histogram.counts.length * 2);
  const larger = new Float64Array(Math.max(bucket + 1, Math.min(wanted, MOST_BUCKETS)));
  larger.set(histogram.counts);
  histogram.counts = larger;
}

/** A histogram of all the numbers of the given ones; a single one is given back as it is. */
export function mergeHistograms(parts: readonly LogHistogram[]): LogHistogram {
  if (parts.length === 1) return parts[0]!;
  const all = startLogHistogram();
  for (const { counts, facts } of parts) {
    if (counts.length > all.counts.length) makeRoom(all, counts.length - 1);
    for (let bucket = 0; bucket < counts.length; bucket++) all.counts[bucket]! += counts[bucket]!;
    all.facts[MIN] = Math.min(all.facts[MIN]!, facts[MIN]!);
    all.facts[MAX] = Math.max(all.facts[MAX]!, facts[MAX]!);
    all.facts[COUNT]! += facts[COUNT]!;
    all.facts[HIGH]! += facts[HIGH]!;
    addToSum(all.facts, facts[LOW]!);
  }
  return all;
}

export function histogramCount({ facts }: LogHistogram): number {
  return facts[COUNT]!;
}

export function histogramMin({ facts }: LogHistogram): number {
  return facts[MIN]!;
}

export function histogramMax({ facts }: LogHistogram): number {
  return facts[MAX]!;
}

/** The mean, from the exact sum. */
export function histogramMean(histogram: LogHistogram): number {
  const { facts } = histogram;
  return exactMean({ high: facts[HIGH]!, low: facts[LOW]! }, histogramCount(histogram));
}
