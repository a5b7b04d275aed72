import { type Static, Type } from "typebox";
import { addShares, groupsOf, ShareFields, startShares, sumOfShares } from "../kernels/shares.ts";
import { defineMetric } from "../metric.ts";
import { Count } from "../schemas.ts";

/** The cgroups of those who issued the requests, by name: the 32 with the most bytes, the rest together. */
export const Cgroups = Type.Object({
  cgroups: Type.Array(
    Type.Object({
      /** From the side file, else the number. */
      name: Type.String(),
      /** The kernel's numbers, as decimal digits; none where a request has no cgroup. The first 64 at most. */
      ids: Type.Array(Type.String()),
      ...ShareFields,
    }),
  ),
  others: Type.Object({ names: Count, ...ShareFields }),
});
export type Cgroups = Static<typeof Cgroups>;

const MOST_IDS = 64;

export const cgroups = defineMetric({
  id: "cgroups",
  schema: Cgroups,
  weight: "light",
  needs: ["cgroup"],
  start: startShares,
  add: (shares, view) => addShares(shares, view, "cgroup"),
  finish: (shares, { trace }): Cgroups => {
    const issuers = trace.cgroups.map(({ name, id }) => ({ name, key: id }));
    const { listed, rest } = groupsOf(shares, issuers);
    return {
      cgroups: listed.map(({ name, keys, ...share }) => ({ name, ids: keys.slice(0, MOST_IDS), ...share })),
      others: { names: rest.length, ...sumOfShares(rest) },
    };
  },
});
