import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { ByOp, Count, Real } from "../schemas.ts";

/** The phases of a request's life, named as btt names them. */
export const PHASES = ["q2q", "q2g", "g2i", "i2d", "q2m", "m2d", "q2d", "d2c", "q2c"] as const;
export type Phase = (typeof PHASES)[number];

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

function ByPhase() {
  const figures = Type.Optional(PhaseFigures);
  return Type.Object(
    {
      q2q: figures,
      q2g: figures,
      g2i: figures,
      i2d: figures,
      q2m: figures,
      m2d: figures,
      q2d: figures,
      d2c: figures,
      q2c: figures,
    },
    { additionalProperties: false },
  );
}

/** How long each phase took. Percentiles are nearest rank from buckets of at most 1 % error; the rest is exact. */
export const Latency = Type.Object({
  /** Over the data requests with bytes, one value a request. */
  phases: ByPhase(),
  byOp: ByOp(ByPhase()),
  /** In btt's unit: one value a queued bio, merged ones included. Empty where bios are not recorded. */
  perBio: ByPhase(),
  /** Distribution of d2c: [lower edge, upper edge, requests] of the buckets that occur (at most 5 % wide), ascending. */
  d2cBuckets: ByOp(Type.Array(Type.Array(Real, { minItems: 3, maxItems: 3 }))),
});
export type Latency = Static<typeof Latency>;

export const latency = defineMetric({
  id: "latency",
  schema: Latency,
  weight: "light",
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): Latency => {
    throw new Error("not written yet");
  },
});
