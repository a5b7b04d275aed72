import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { ByOp, Count, Real } from "../schemas.ts";

/** Data requests over time and address: a two-dimensional histogram whose cells double in width as the range grows. */
export const Accesses = Type.Object({
  /** Left edge of time bin 0, a multiple of timeBinNs. */
  timeStartNs: Real,
  timeBinNs: Real,
  timeBins: Count,
  /** Lower edge of address bin 0, a multiple of addressBinBytes. */
  addressStartBytes: Count,
  addressBinBytes: Count,
  addressBins: Count,
  /** Sparse cells, flattened: time bin, address bin, requests that touch it, ascending by time, then address. */
  byOp: ByOp(Type.Object({ requests: Count, cells: Type.Array(Count) })),
});
export type Accesses = Static<typeof Accesses>;

export const accesses = defineMetric({
  id: "accesses",
  schema: Accesses,
  weight: "heavy",
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): Accesses => {
    throw new Error("not written yet");
  },
});
