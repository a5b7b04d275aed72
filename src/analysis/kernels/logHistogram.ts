import { bucketOf, MOST_BUCKETS } from "./buckets.ts";
import { exactMean, SUM_UNIT } from "./exactSum.ts";
import { withMoreRoom } from "./moreRoom.ts";

const MIN = 0;
const MAX = 1;
const COUNT = 2;
/** The exact sum, in two parts. */
const HIGH = 3;
export const LOW = 4;
export const FIRST_BUCKET = 5;

/**
 * Counts of numbers >= 0 in 128 buckets an octave, each at most 0.8 % wide; whole numbers below 256 have a bucket of their own.
 * Facts and counts share one array: adding is hot, and one array is twice as fast as two.
 */
export interface LogHistogram {
  values: Float64Array;
}

export function startLogHistogram(): LogHistogram {
  const values = new Float64Array(FIRST_BUCKET + 16);
  values[MIN] = Number.POSITIVE_INFINITY;
  return { values };
}

/** Adds a number from 0 to 2^53. */
export function addToHistogram(histogram: LogHistogram, value: number): void {
  const place = FIRST_BUCKET + bucketOf(value);
  if (place >= histogram.values.length) makeRoom(histogram, place);
  const { values } = histogram;
  values[place]!++;
  values[COUNT]!++;
  if (value < values[MIN]!) values[MIN] = value;
  if (value > values[MAX]!) values[MAX] = value;
  addToSum(values, value);
}

/**
 * Takes what is known of many numbers, with the low part of the sum after them, and makes room for them; their buckets,
 * and with `false` their sum, are still to be added: as long as the low part is below the unit at the end, it was before.
 */
export function takeFacts(histogram: LogHistogram, count: number, min: number, max: number, low: number): boolean {
  const place = FIRST_BUCKET + bucketOf(max);
  if (place >= histogram.values.length) makeRoom(histogram, place);
  const { values } = histogram;
  values[COUNT]! += count;
  if (min < values[MIN]!) values[MIN] = min;
  if (max > values[MAX]!) values[MAX] = max;
  if (low >= SUM_UNIT) return false;
  values[LOW] = low;
  return true;
}

/** Adds a number from 0 to 2^53 so many times. The sum stays exact where that is a power of two, or their product below 2^53. */
export function addManyToHistogram(histogram: LogHistogram, value: number, times: number): void {
  const place = FIRST_BUCKET + bucketOf(value);
  if (place >= histogram.values.length) makeRoom(histogram, place);
  const { values } = histogram;
  values[place]! += times;
  values[COUNT]! += times;
  if (value < values[MIN]!) values[MIN] = value;
  if (value > values[MAX]!) values[MAX] = value;
  const sum = value * times;
  const units = Math.floor(sum / SUM_UNIT);
  values[HIGH]! += units;
  addToSum(values, sum - units * SUM_UNIT);
}

/** The low part stays below the unit, so that no addition reaches 2^53. */
export function addToSum(values: Float64Array, value: number): void {
  let rest = value;
  if (rest >= SUM_UNIT) {
    rest -= SUM_UNIT;
    values[HIGH]!++;
  }
  const low = values[LOW]! + rest;
  if (low < SUM_UNIT) values[LOW] = low;
  else {
    values[LOW] = low - SUM_UNIT;
    values[HIGH]!++;
  }
}

function makeRoom(histogram: LogHistogram, place: number): void {
  const doubled = Math.min(histogram.values.length * 2, FIRST_BUCKET + MOST_BUCKETS);
  histogram.values = withMoreRoom(histogram.values, Math.max(place + 1, doubled));
}

export function copyOfHistogram({ values }: LogHistogram): LogHistogram {
  return { values: values.slice() };
}

/** A histogram of all the numbers of the given ones; a single one is given back as it is. */
export function mergeHistograms(parts: readonly LogHistogram[]): LogHistogram {
  if (parts.length === 1) return parts[0]!;
  const all = startLogHistogram();
  for (const { values } of parts) {
    if (values.length > all.values.length) makeRoom(all, values.length - 1);
    for (let place = FIRST_BUCKET; place < values.length; place++) all.values[place]! += values[place]!;
    all.values[MIN] = Math.min(all.values[MIN]!, values[MIN]!);
    all.values[MAX] = Math.max(all.values[MAX]!, values[MAX]!);
    all.values[COUNT]! += values[COUNT]!;
    all.values[HIGH]! += values[HIGH]!;
    addToSum(all.values, values[LOW]!);
  }
  return all;
}

/** How many numbers are in each bucket. */
export function bucketCounts({ values }: LogHistogram): Float64Array {
  return values.subarray(FIRST_BUCKET);
}

export function histogramCount({ values }: LogHistogram): number {
  return values[COUNT]!;
}

export function histogramMin({ values }: LogHistogram): number {
  return values[MIN]!;
}

export function histogramMax({ values }: LogHistogram): number {
  return values[MAX]!;
}

/** The mean, from the exact sum. */
export function histogramMean({ values }: LogHistogram): number {
  return exactMean({ high: values[HIGH]!, low: values[LOW]! }, values[COUNT]!);
}

/** The sum; exact below 2^53. */
export function histogramSum({ values }: LogHistogram): number {
  return values[HIGH]! * SUM_UNIT + values[LOW]!;
}
