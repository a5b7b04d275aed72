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
import { foldMaxima, foldSums } from "./fold.ts";

/** Depths above this one are counted as this one. */
const DEEPEST = 1024;

/** A depth over time, integrated exactly: its area and its peak in each bin, and the time spent at each depth. */
export interface DepthOverTime {
  readonly time: AdaptiveAxis;
  /** Depth times nanoseconds, by place on the time axis. */
  readonly area: Float64Array;
  readonly max: Float64Array;
  /** Nanoseconds with any depth. */
  readonly busyNs: Float64Array;
  readonly timeAtDepthNs: Float64Array;
  /** How often the depth rose from 0. */
  periods: number;
  depth: number;
  /** NaN before the first event. */
  firstNs: number;
  nowNs: number;
  /** Where the bin of now ends, and the place of its values. */
  untilNs: number;
  place: number;
}

/** Depth 0 from a first event that is still to come. */
export function startDepth(bins: number): DepthOverTime {
  return {
    time: startAxis(bins, 1),
    area: new Float64Array(bins),
    max: new Float64Array(bins),
    busyNs: new Float64Array(bins),
    timeAtDepthNs: new Float64Array(DEEPEST + 1),
    periods: 0,
    depth: 0,
    firstNs: Number.NaN,
    nowNs: Number.NaN,
    untilNs: Number.NEGATIVE_INFINITY,
    place: 0,
  };
}

/** Moves on to a time that is not before now, at which the depth becomes `depth` after a moment at `peak`. */
export function setDepth(state: DepthOverTime, atNs: number, depth: number, peak: number): void {
  if (atNs < state.untilNs) spend(state, atNs - state.nowNs);
  else moveToBin(state, atNs);
  const { max, place } = state;
  if (peak > max[place]!) max[place] = peak;
  if (state.depth === 0 && peak > 0) state.periods++;
  state.depth = depth;
  state.nowNs = atNs;
}

/** Time goes by at this depth, in the bin of now. */
function spend({ area, max, busyNs, timeAtDepthNs, depth, place }: DepthOverTime, ns: number): void {
  timeAtDepthNs[depth > DEEPEST ? DEEPEST : depth]! += ns;
  if (depth === 0 || ns === 0) return;
  area[place]! += depth * ns;
  busyNs[place]! += ns;
  if (depth > max[place]!) max[place] = depth;
}

function moveToBin(state: DepthOverTime, atNs: number): void {
  const { time } = state;
  if (isEmpty(time)) {
    state.firstNs = atNs;
    state.nowNs = atNs;
  }
  if (!covers(time, atNs)) widen(state, atNs);
  if (atNs > state.nowNs) integrate(state, atNs);
  const bin = Math.floor(atNs / time.width);
  state.untilNs = (bin + 1) * time.width;
  state.place = placeOf(time, bin);
}

function integrate({ time, area, max, busyNs, timeAtDepthNs, depth, nowNs }: DepthOverTime, untilNs: number): void {
  timeAtDepthNs[Math.min(depth, DEEPEST)]! += untilNs - nowNs;
  if (depth === 0) return;
  const last = Math.floor(untilNs / time.width);
  for (let bin = Math.floor(nowNs / time.width); bin <= last; bin++) {
    const fromNs = Math.max(nowNs, bin * time.width);
    const toNs = Math.min(untilNs, (bin + 1) * time.width);
    if (toNs <= fromNs) continue;
    const place = placeOf(time, bin);
    area[place]! += depth * (toNs - fromNs);
    busyNs[place]! += toNs - fromNs;
    if (depth > max[place]!) max[place] = depth;
  }
}

function widen({ time, area, max, busyNs }: DepthOverTime, atNs: number): void {
  const growth = growthFor(time, atNs, atNs);
  foldSums(area, time, growth);
  foldSums(busyNs, time, growth);
  foldMaxima(max, time, growth);
  growWidth(time, growth);
  extend(time, atNs, atNs);
}
