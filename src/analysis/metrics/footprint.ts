import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { Count, Real } from "../schemas.ts";

/** How much of the device was touched at least once, in whole sectors; reads and writes, discards and write-zeroes apart. */
export const Footprint = Type.Object({
  distinctBytes: Count,
  distinctReadBytes: Count,
  distinctWrittenBytes: Count,
  /** Bytes written to sectors that this scope had already written. */
  rewrittenBytes: Count,
  /** Bytes read from sectors that this scope had already read. */
  rereadBytes: Count,
  distinctDiscardedBytes: Count,
  distinctZeroedBytes: Count,
  /** false: estimated from a sample of the address space, within relativeError (one standard error). */
  exact: Type.Boolean(),
  relativeError: Real,
});
export type Footprint = Static<typeof Footprint>;

export const footprint = defineMetric({
  id: "footprint",
  schema: Footprint,
  weight: "light",
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): Footprint => {
    throw new Error("not written yet");
  },
});
