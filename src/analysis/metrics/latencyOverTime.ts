import { type Static, Type } from "typebox";
import { axisStart, binsInUse, placeOf } from "../kernels/adaptiveAxis.ts";
import {
  addLatencies,
  BINS_PER_DECADE,
  LATENCY_BINS,
  type LatencyGrid,
  startLatencyGrid,
} from "../kernels/latencyGrid.ts";
import { latencyWindows } from "../kernels/latencyWindows.ts";
import { defineMetric } from "../metric.ts";
import { Count, Real } from "../schemas.ts";

/** Below so many requests a 99th percentile is just the maximum. */
const LEAST_IN_WINDOW = 100;

/** d2c of data requests over time of issue: a heat map and percentile lines. */
export const LatencyOverTime = Type.Object({
  startNs: Real,
  binNs: Real,
  bins: Count,
  /** Latency bin k holds 10^(k/12) <= ns < 10^((k+1)/12); bin 0 has less than 1 ns too. */
  latencyBinsPerDecade: Type.Literal(12),
  /** Sparse cells, flattened: time bin, latency bin, requests; ascending by time, then latency. */
  cells: Type.Array(Count),
  /** Stretches of whole time bins with at least 100 requests each (the last one may have fewer only if it is the only one). */
  windows: Type.Array(Type.Object({ fromNs: Real, toNs: Real, count: Count, p50Ns: Real, p99Ns: Real, maxNs: Real })),
});
export type LatencyOverTime = Static<typeof LatencyOverTime>;

export const latencyOverTime = defineMetric({
  id: "latencyOverTime",
  schema: LatencyOverTime,
  weight: "heavy",
  needs: ["clock", "completion"],
  start: startLatencyGrid,
  add: (grid, { completions, done, doneCount }) => addLatencies(grid, completions, done, doneCount),
  finish: (grid): LatencyOverTime => ({
    startNs: axisStart(grid.time),
    binNs: grid.time.width,
    bins: binsInUse(grid.time),
    latencyBinsPerDecade: BINS_PER_DECADE,
    cells: sparseCells(grid),
    windows: latencyWindows(grid, LEAST_IN_WINDOW),
  }),
});

function sparseCells({ time, cells }: LatencyGrid): number[] {
  const sparse: number[] = [];
  for (let bin = time.low; bin <= time.high; bin++) {
    const row = placeOf(time, bin) * LATENCY_BINS;
    for (let k = 0; k < LATENCY_BINS; k++) if (cells[row + k]! > 0) sparse.push(bin - time.low, k, cells[row + k]!);
  }
  return sparse;
}
