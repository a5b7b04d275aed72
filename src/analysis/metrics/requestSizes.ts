import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { ByOp, Count, Real } from "../schemas.ts";

/** How large the data requests were. */
export const RequestSizes = Type.Object({
  byOp: ByOp(
    Type.Object({
      count: Count,
      minBytes: Count,
      meanBytes: Real,
      p50Bytes: Count,
      p90Bytes: Count,
      p99Bytes: Count,
      maxBytes: Count,
      /** [lower edge in bytes (a power of two, or 0), requests], ascending, only those that occur. */
      octaves: Type.Array(Type.Array(Count, { minItems: 2, maxItems: 2 })),
    }),
  ),
});
export type RequestSizes = Static<typeof RequestSizes>;

export const requestSizes = defineMetric({
  id: "requestSizes",
  schema: RequestSizes,
  weight: "light",
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): RequestSizes => {
    throw new Error("not written yet");
  },
});
