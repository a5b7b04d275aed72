import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { ByOp, Count } from "../schemas.ts";

/** How many requests there were. A request is sequential that starts where the previous data request (in byOp: of that op) on its device ended. */
export const Requests = Type.Object({
  total: Count,
  sequential: Count,
  byOp: ByOp(Type.Object({ count: Count, bytes: Count, sequential: Count })),
  /** Flushes as queued by the filesystem; byOp.flush counts those issued. null: the format does not record queueing. */
  flushesRequested: Type.Union([Count, Type.Null()]),
  /** SCSI and other passthrough commands: in no total. */
  passthrough: Count,
  /** Requests with the flag set, where the format records flags. */
  byFlag: Type.Union([
    Type.Object({ fua: Count, sync: Count, meta: Count, readAhead: Count, preflush: Count }),
    Type.Null(),
  ]),
  /** Bios merged into requests, not counting the one that made each. null: merges are not recorded. */
  mergedBios: Type.Union([Count, Type.Null()]),
});
export type Requests = Static<typeof Requests>;

export const requests = defineMetric({
  id: "requests",
  schema: Requests,
  weight: "light",
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): Requests => {
    throw new Error("not written yet");
  },
});
