import { type AdaptiveAxis, covers, extend, growthFor, growWidth, placeAt, startAxis } from "./adaptiveAxis.ts";
import { foldSums } from "./fold.ts";

/** How many of something happened in each stretch of time. */
export interface CountsOverTime {
  readonly time: AdaptiveAxis;
  readonly counts: Float64Array;
}

export function startCounts(bins: number): CountsOverTime {
  return { time: startAxis(bins, 1), counts: new Float64Array(bins) };
}

/** Takes a moment into the range of time. */
export function reach({ time, counts }: CountsOverTime, atNs: number): void {
  if (covers(time, atNs)) return;
  const growth = growthFor(time, atNs, atNs);
  foldSums(counts, time, growth);
  growWidth(time, growth);
  extend(time, atNs, atNs);
}

export function countAt(state: CountsOverTime, atNs: number): void {
  reach(state, atNs);
  const { time, counts } = state;
  counts[placeAt(time, atNs)]!++;
}
