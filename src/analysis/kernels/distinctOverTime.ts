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
  /** [doublings - 1][place on the time axis] */
  readonly again: Float64Array;
  readonly first: Float64Array;
}

export function startDistinct(bins: number): DistinctOverTime {
  return { time: startAxis(bins, 1), again: new Float64Array(LANES * bins), first: new Float64Array(bins) };
}

/** Takes a moment into the axis, before touches at it. */
export function reachTime(distinct: DistinctOverTime, atNs: number): void {
  if (!covers(distinct.time, atNs)) widen(distinct, atNs);
}

/** A touch that is the first of its kind counts as `times`. */
export function addFirst({ time, first }: DistinctOverTime, atNs: number, times: number): void {
  first[placeOf(time, Math.floor(atNs / time.width))]! += times;
}

/** A touch of what was touched before, last at a moment that the axis has seen. */
export function addAgain({ time, again }: DistinctOverTime, beforeNs: number, atNs: number, times: number): void {
  const bin = Math.floor(atNs / time.width);
  let here = bin;
  let before = Math.floor(beforeNs / time.width);
  if (here === before) return;
  let lane = -1;
  for (; here !== before && lane < LANES - 1; lane++) {
    here = Math.floor(here / 2);
    before = Math.floor(before / 2);
  }
  again[lane * time.bins + placeOf(time, bin)]! += times;
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
