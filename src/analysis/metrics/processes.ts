import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { Count } from "../schemas.ts";

const Share = {
  requests: Count,
  reads: Count,
  writes: Count,
  readBytes: Count,
  writtenBytes: Count,
  flushes: Count,
  discards: Count,
};

/** Who issued the requests, by name: the 32 with the most bytes, the rest together. */
export const Processes = Type.Object({
  processes: Type.Array(Type.Object({ name: Type.String(), pids: Type.Array(Count), ...Share })),
  others: Type.Object({ names: Count, ...Share }),
});
export type Processes = Static<typeof Processes>;

export const processes = defineMetric({
  id: "processes",
  schema: Processes,
  weight: "light",
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): Processes => {
    throw new Error("not written yet");
  },
});
