import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { Count, Real } from "../schemas.ts";

/** Requests issued and not completed. A request that never completes counts until the end. */
export const QueueDepth = Type.Object({
  startNs: Real,
  binNs: Real,
  bins: Count,
  /** Time-weighted mean of each bin, over the part of it that lies in the scope. */
  mean: Type.Array(Real),
  max: Type.Array(Count),
  overallMean: Real,
  peak: Count,
  /** Share of the scope's time with nothing in flight. */
  idleShare: Real,
  /** [depth, nanoseconds spent at it], ascending; depths above 1024 are counted as 1024. */
  timeAtDepthNs: Type.Array(Type.Array(Real, { minItems: 2, maxItems: 2 })),
});
export type QueueDepth = Static<typeof QueueDepth>;

export const queueDepth = defineMetric({
  id: "queueDepth",
  schema: QueueDepth,
  weight: "heavy",
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): QueueDepth => {
    throw new Error("not written yet");
  },
});
