import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { ByOp, Count, Real } from "../schemas.ts";

/** [lower edge of the distance in bytes (a power of two), requests], ascending, only those that occur. */
const Octaves = Type.Array(Type.Array(Count, { minItems: 2, maxItems: 2 }));

const Distances = Type.Object({
  /** Requests that have a previous one. */
  count: Count,
  /** Distance 0. */
  sequential: Count,
  meanAbsoluteBytes: Real,
  p50AbsoluteBytes: Count,
  p90AbsoluteBytes: Count,
  maxAbsoluteBytes: Count,
  backward: Octaves,
  forward: Octaves,
});

/** From the end of the previous data request on the device (in byOp: of that op) to the start of this one. */
export const SeekDistances = Type.Object({ all: Distances, byOp: ByOp(Distances) });
export type SeekDistances = Static<typeof SeekDistances>;

export const seekDistances = defineMetric({
  id: "seekDistances",
  schema: SeekDistances,
  weight: "light",
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): SeekDistances => {
    throw new Error("not written yet");
  },
});
