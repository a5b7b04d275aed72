import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { ByOp, Count, Real } from "../schemas.ts";

/** Bytes and requests issued in equal stretches of time. */
export const Throughput = Type.Object({
  /** Left edge of bin 0, a multiple of binNs. */
  startNs: Real,
  binNs: Real,
  bins: Count,
  byOp: ByOp(Type.Object({ bytes: Type.Array(Count), requests: Type.Array(Count) })),
});
export type Throughput = Static<typeof Throughput>;

export const throughput = defineMetric({
  id: "throughput",
  schema: Throughput,
  weight: "heavy",
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): Throughput => {
    throw new Error("not written yet");
  },
});
