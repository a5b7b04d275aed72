import { lowerEdge } from "./buckets.ts";
import {
  addToHistogram,
  histogramCount,
  histogramMax,
  histogramMean,
  type LogHistogram,
  mergeHistograms,
  startLogHistogram,
} from "./logHistogram.ts";
import { octavesOf } from "./octaves.ts";
import { percentile } from "./percentile.ts";

/** Signed distances in bytes; those of 0 stand apart. */
export interface Distances {
  readonly backward: LogHistogram;
  readonly none: LogHistogram;
  readonly forward: LogHistogram;
}

export function startDistances(): Distances {
  return { backward: startLogHistogram(), none: startLogHistogram(), forward: startLogHistogram() };
}

/** Adds a distance; NaN, where a request has no previous one, adds nothing. */
export function addDistance({ backward, none, forward }: Distances, distance: number): void {
  if (Number.isNaN(distance)) return;
  const histogram = distance > 0 ? forward : distance < 0 ? backward : none;
  addToHistogram(histogram, Math.abs(distance));
}

export function distanceCount({ backward, none, forward }: Distances): number {
  return histogramCount(backward) + histogramCount(none) + histogramCount(forward);
}

export function distanceFigures({ backward, none, forward }: Distances) {
  const all = mergeHistograms([backward, none, forward]);
  const count = histogramCount(all);
  return {
    count,
    sequential: histogramCount(none),
    meanAbsoluteBytes: count === 0 ? 0 : histogramMean(all),
    p50AbsoluteBytes: count === 0 ? 0 : percentile(all, 0.5, lowerEdge),
    p90AbsoluteBytes: count === 0 ? 0 : percentile(all, 0.9, lowerEdge),
    maxAbsoluteBytes: histogramMax(all),
    backward: octavesOf(backward),
    forward: octavesOf(forward),
  };
}
