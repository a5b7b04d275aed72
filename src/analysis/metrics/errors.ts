import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { ByOp, Count } from "../schemas.ts";

/** Requests that the device completed with an error. */
export const Errors = Type.Object({
  total: Count,
  byOp: ByOp(Count),
  /** [errno, requests], ascending by errno. */
  byErrno: Type.Array(Type.Array(Count, { minItems: 2, maxItems: 2 })),
});
export type Errors = Static<typeof Errors>;

export const errors = defineMetric({
  id: "errors",
  schema: Errors,
  weight: "light",
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): Errors => {
    throw new Error("not written yet");
  },
});
