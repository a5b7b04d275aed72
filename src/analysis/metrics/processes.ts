import { type Static, Type } from "typebox";
import {
  addShares,
  type ProcessGroup,
  processGroups,
  type Share,
  startShares,
  sumOfShares,
} from "../kernels/shares.ts";
import { defineMetric } from "../metric.ts";
import { Count } from "../schemas.ts";

const ShareFields = {
  requests: Count,
  reads: Count,
  /** Writes and zone appends. */
  writes: Count,
  readBytes: Count,
  writtenBytes: Count,
  flushes: Count,
  /** Discards and secure erases. */
  discards: Count,
};

const Named = Type.Object({
  name: Type.String(),
  /** Ascending, the lowest 64 at most. */
  pids: Type.Array(Count),
  /** How many there are. */
  pidCount: Count,
  ...ShareFields,
});

/** Who issued the requests, by name: the 32 with the most bytes, the rest together. */
export const Processes = Type.Object({
  processes: Type.Array(Named),
  others: Type.Object({ names: Count, ...ShareFields }),
});
export type Processes = Static<typeof Processes>;

const MOST_NAMES = 32;
const MOST_PIDS = 64;

function bytesOf({ readBytes, writtenBytes }: Share): number {
  return readBytes + writtenBytes;
}

/** Most bytes first; ties by requests, then by name. */
function heavierFirst(a: ProcessGroup, b: ProcessGroup): number {
  return bytesOf(b) - bytesOf(a) || b.requests - a.requests || (a.name < b.name ? -1 : 1);
}

function named({ name, pids, ...share }: ProcessGroup): Static<typeof Named> {
  return { name, pids: pids.slice(0, MOST_PIDS), pidCount: pids.length, ...share };
}

export const processes = defineMetric({
  id: "processes",
  schema: Processes,
  weight: "light",
  needs: ["process"],
  start: startShares,
  add: addShares,
  finish: (shares, { trace }): Processes => {
    const groups = processGroups(shares, trace.processes).sort(heavierFirst);
    const rest = groups.slice(MOST_NAMES);
    return {
      processes: groups.slice(0, MOST_NAMES).map(named),
      others: { names: rest.length, ...sumOfShares(rest) },
    };
  },
});
