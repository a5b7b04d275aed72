import {
  type AdaptiveAxis,
  covers,
  extend,
  growthFor,
  growWidth,
  isEmpty,
  placeOf,
  startAxis,
} from "./adaptiveAxis.ts";
import { foldSums, inOrder } from "./fold.ts";

/** As many halvings as times below 2^53 have. */
const LANES = 54;

/**
 * How many different things are touched in each bin of time, and how many of them for the first time.
 * Distinct counts do not add up when bins are joined. So a touch is counted in the lane of how often bins have to double
 * before it shares one with the touch before; joining bins moves each lane down, and out of the first one drop the touches
 * that have become repetitions.
 */
export interface DistinctOverTime {
  readonly time: AdaptiveAxis;
  /** The bin reached, from when until when it is, and its place on the axis. */
  bin: number;
  fromNs: number;
  untilNs: number;
  place: number;
  /** [doublings - 1][place on the time axis] */
  readonly again: Float64Array;
  readonly first: Float64Array;
}

export function startDistinct(bins: number): DistinctOverTime {
  return {
    time: startAxis(bins, 1),
    ...{ bin: -1, fromNs: Number.NaN, untilNs: Number.NaN, place: 0 },
    again: new Float64Array(LANES * bins),
    first: new Float64Array(bins),
  };
}

/** Goes to a moment, before touches at it. */
export function reachTime(distinct: DistinctOverTime, atNs: number): void {
  if (!(atNs >= distinct.fromNs && atNs < distinct.untilNs)) reachBin(distinct, atNs);
}

function reachBin(distinct: DistinctOverTime, atNs: number): void {
  if (!covers(distinct.time, atNs)) widen(distinct, atNs);
  const { width } = distinct.time;
  distinct.bin = Math.floor(atNs / width);
  distinct.fromNs = distinct.bin * width;
  distinct.untilNs = distinct.fromNs + width;
  distinct.place = placeOf(distinct.time, distinct.bin);
}

/** Now, `times` things are touched for the first time. */
export function addFirst({ first, place }: DistinctOverTime, times: number): void {
  first[place]! += times;
}

/** Now, `times` things are touched that were touched before, last at a moment that the axis has seen. */
export function addAgain(
  { time, again, bin, fromNs, untilNs, place }: DistinctOverTime,
  beforeNs: number,
  times: number,
): void {
  if (beforeNs >= fromNs && beforeNs < untilNs) return;
  const doublings = doublingsUntilOne(bin, Math.floor(beforeNs / time.width));
  again[(doublings - 1) * time.bins + place]! += times;
}

/** How often bins have to double before these two are one. */
function doublingsUntilOne(bin: number, other: number): number {
  if (bin === other) return 0;
  if (bin < 0x8000_0000 && other < 0x8000_0000) return 32 - Math.clz32(bin ^ other);
  return Math.min(1 + doublingsUntilOne(Math.floor(bin / 2), Math.floor(other / 2)), LANES);
}

function widen({ time, again, first }: DistinctOverTime, atNs: number): void {
  const growth = growthFor(time, atNs, atNs);
  if (growth > 1 && !isEmpty(time)) {
    foldSums(again, time, growth, { outer: LANES, inner: 1 });
    foldSums(first, time, growth);
    again.copyWithin(0, Math.log2(growth) * time.bins);
    again.fill(0, again.length - Math.log2(growth) * time.bins);
  }
  growWidth(time, growth);
  extend(time, atNs, atNs);
}

/** Things touched for the first time in each bin, in order. */
export function firstInBins({ time, first }: DistinctOverTime): number[] {
  return inOrder(first, time);
}

/** Different things touched in each bin, in order. */
export function distinctInBins({ time, again, first }: DistinctOverTime): number[] {
  const sums = first.slice();
  for (let lane = 0; lane < LANES; lane++)
    for (let place = 0; place < time.bins; place++) sums[place]! += again[lane * time.bins + place]!;
  return inOrder(sums, time);
}
