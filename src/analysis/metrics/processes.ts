import { type Static, Type } from "typebox";
import { addShares, groupsOf, ShareFields, startShares, sumOfShares } from "../kernels/shares.ts";
import { defineMetric } from "../metric.ts";
import { Count } from "../schemas.ts";

/** Who issued the requests, by name: the 32 with the most bytes, the rest together. */
export const Processes = Type.Object({
  processes: Type.Array(
    Type.Object({
      name: Type.String(),
      /** Ascending, the lowest 64 at most. */
      pids: Type.Array(Count),
      /** How many there are. */
      pidCount: Count,
      ...ShareFields,
    }),
  ),
  others: Type.Object({ names: Count, ...ShareFields }),
});
export type Processes = Static<typeof Processes>;

const MOST_PIDS = 64;

export const processes = defineMetric({
  id: "processes",
  schema: Processes,
  weight: "light",
  needs: ["process"],
  start: startShares,
  add: (shares, view) => addShares(shares, view, "process"),
  finish: (shares, { trace }): Processes => {
    const issuers = trace.processes.map(({ name, pid }) => ({ name, key: pid }));
    const { listed, rest } = groupsOf(shares, issuers);
    return {
      processes: listed.map(({ name, keys, ...share }) => ({
        name,
        pids: keys.slice(0, MOST_PIDS),
        pidCount: keys.length,
        ...share,
      })),
      others: { names: rest.length, ...sumOfShares(rest) },
    };
  },
});
