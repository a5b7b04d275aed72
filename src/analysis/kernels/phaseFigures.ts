import { type Static, Type } from "typebox";
import { Count, Real } from "../schemas.ts";
import { middle } from "./buckets.ts";
import { histogramCount, histogramMax, histogramMean, histogramMin, type LogHistogram } from "./logHistogram.ts";
import { percentile } from "./percentile.ts";

/** How long a phase took. Percentiles are nearest rank from buckets of at most 1 % error; the rest is exact. */
export const PhaseFigures = Type.Object({
  count: Count,
  minNs: Real,
  meanNs: Real,
  maxNs: Real,
  p50Ns: Real,
  p90Ns: Real,
  p99Ns: Real,
  p999Ns: Real,
});
export type PhaseFigures = Static<typeof PhaseFigures>;

export function phaseFigures(durations: LogHistogram): PhaseFigures {
  return {
    count: histogramCount(durations),
    minNs: histogramMin(durations),
    meanNs: histogramMean(durations),
    maxNs: histogramMax(durations),
    p50Ns: percentile(durations, 0.5, middle),
    p90Ns: percentile(durations, 0.9, middle),
    p99Ns: percentile(durations, 0.99, middle),
    p999Ns: percentile(durations, 0.999, middle),
  };
}
