import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { Count, Real } from "../schemas.ts";

/** d2c of data requests over time of issue: a heat map and percentile lines. */
export const LatencyOverTime = Type.Object({
  startNs: Real,
  binNs: Real,
  bins: Count,
  /** Latency bin k holds 10^(k/12) <= ns < 10^((k+1)/12). */
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
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): LatencyOverTime => {
    throw new Error("not written yet");
  },
});
