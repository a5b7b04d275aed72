import type { Op } from "../model/ops.ts";
import { SECTOR_BYTES } from "../model/units.ts";
import type { FigureChange } from "./diff.ts";
import { type Place, unalignedPlaces } from "./places.ts";
import { from, type Side, spanNs } from "./side.ts";
import type { Direction } from "./verdict.ts";

/** A figure of the table: where it comes from, and which direction of it is better. */
export interface FigureSpec extends Pick<FigureChange, "metric" | "title" | "kind"> {
  readonly direction: Direction;
  /** null: not recorded. */
  value(side: Side): number | null;
  /** Of how many, where the figure counts some of them. */
  of?(side: Side): number | null;
  /** Where the requests lie that it counts. */
  where?(side: Side): readonly Place[] | null;
  /** For times: how many values they rest on. */
  values?(side: Side): number | null;
  /** Nothing to say where neither side has any: the row is left out. */
  readonly onlyIfAny?: boolean;
}

const NAMES: readonly (readonly [op: Op, title: string])[] = [
  ["read", "Reads"],
  ["write", "Writes"],
  ["writeZeroes", "Writes of zeroes"],
  ["discard", "Discards"],
  ["zoneAppend", "Zone appends"],
];

const BYTES: readonly (readonly [op: Op, title: string, direction: Direction])[] = [
  ["read", "Read", "lower"],
  ["write", "Written", "lower"],
  ["writeZeroes", "Zeroed", "none"],
  ["discard", "Discarded", "none"],
];

const UNALIGNED: readonly (readonly [op: Op, title: string])[] = [
  ["write", "Unaligned writes"],
  ["read", "Unaligned reads"],
];

const LATENCIES: readonly (readonly [op: Op, title: string])[] = [
  ["read", "Read"],
  ["write", "Write"],
  ["flush", "Flush"],
];

const PERCENTILES = [
  ["p50Ns", "p50"],
  ["p99Ns", "p99"],
] as const;

function unaligned(op: Op, title: string): FigureSpec {
  return {
    metric: `alignment.byOp.${op}.unaligned`,
    title,
    kind: "count",
    direction: "lower",
    value: from("alignment", ({ byOp }) => byOp[op]?.unaligned ?? 0),
    of: from("alignment", ({ byOp }) => (byOp[op]?.unaligned ?? 0) + (byOp[op]?.aligned ?? 0)),
    where: (side) => unalignedPlaces(side, op),
  };
}

function requestsOf(op: Op, title: string): FigureSpec {
  return {
    metric: `requests.byOp.${op}.count`,
    title,
    kind: "count",
    direction: "none",
    value: from("requests", ({ byOp }) => byOp[op]?.count ?? 0),
    onlyIfAny: true,
  };
}

function bytesOf(op: Op, title: string, direction: Direction): FigureSpec {
  return {
    metric: `requests.byOp.${op}.bytes`,
    title,
    kind: "bytes",
    direction,
    value: from("requests", ({ byOp }) => byOp[op]?.bytes ?? 0),
    onlyIfAny: true,
  };
}

function latenciesOf(op: Op, title: string): FigureSpec[] {
  return PERCENTILES.map(([field, name]) => ({
    metric: `latency.byOp.${op}.d2c.${field}`,
    title: `${title} ${name}`,
    kind: "ns",
    direction: "lower",
    value: from("latency", ({ byOp }) => byOp[op]?.d2c?.[field]),
    values: from("latency", ({ byOp }) => byOp[op]?.d2c?.count ?? 0),
    onlyIfAny: true,
  }));
}

const RUNS: readonly (readonly [op: Op, title: string])[] = [
  ["read", "Reads in sequential runs"],
  ["write", "Writes in sequential runs"],
];

function inRuns(op: Op, title: string): FigureSpec {
  return {
    metric: `runs.byOp.${op}.requestsInRuns`,
    title,
    kind: "count",
    direction: "higher",
    value: from("runs", ({ byOp }) => byOp[op]?.requestsInRuns ?? 0),
    of: from("runs", ({ byOp }) => byOp[op]?.requests ?? 0),
    onlyIfAny: true,
  };
}

/** The physical block of most disks; what the writes cost that a cache joins first. */
const BLOCK_BYTES = 4096;

const BLOCK_COSTS = [
  ["partialBlocks", "4 KiB blocks written in part", "count"],
  ["readBytes", "Read to fill 4 KiB blocks", "bytes"],
] as const;

function blockCost([field, title, kind]: (typeof BLOCK_COSTS)[number]): FigureSpec {
  return {
    metric: `readModifyWrite.byBlock.${BLOCK_BYTES}.joined.${field}`,
    title,
    kind,
    direction: "lower",
    value: from(
      "readModifyWrite",
      ({ byBlock }) => byBlock.find(({ blockBytes }) => blockBytes === BLOCK_BYTES)?.joined[field],
    ),
    onlyIfAny: true,
  };
}

/** Every figure of a comparison, in the order of the table. */
export const FIGURES: readonly FigureSpec[] = [
  ...UNALIGNED.map(([op, title]) => unaligned(op, title)),
  ...BLOCK_COSTS.map(blockCost),
  {
    metric: "errors.total",
    title: "Failed requests",
    kind: "count",
    direction: "lower",
    value: from("errors", ({ total }) => total),
  },
  {
    metric: "requests.total",
    title: "Requests",
    kind: "count",
    direction: "lower",
    value: from("requests", ({ total }) => total),
  },
  ...NAMES.map(([op, title]) => requestsOf(op, title)),
  {
    metric: "requests.byOp.flush.count",
    title: "Flushes",
    kind: "count",
    direction: "none",
    value: from("requests", ({ byOp }) => byOp.flush?.count ?? 0),
    onlyIfAny: true,
  },
  ...BYTES.map(([op, title, direction]) => bytesOf(op, title, direction)),
  {
    metric: "footprint.distinctBytes",
    title: "Distinct sectors read or written",
    kind: "count",
    direction: "none",
    value: from("footprint", ({ distinctBytes }) => distinctBytes / SECTOR_BYTES),
  },
  {
    metric: "footprint.rewrittenBytes",
    title: "Written again",
    kind: "bytes",
    direction: "lower",
    value: from("footprint", ({ rewrittenBytes }) => rewrittenBytes),
  },
  {
    metric: "reuse.again.writeAfterWrite.time.withinSecond",
    title: "Blocks written again within 1 s",
    kind: "count",
    direction: "lower",
    value: from("reuse", ({ again }) =>
      again.writeAfterWrite === undefined ? 0 : again.writeAfterWrite.time?.withinSecond,
    ),
    onlyIfAny: true,
  },
  {
    metric: "footprint.rereadBytes",
    title: "Read again",
    kind: "bytes",
    direction: "lower",
    value: from("footprint", ({ rereadBytes }) => rereadBytes),
  },
  {
    metric: "requests.sequential",
    title: "Sequential share",
    kind: "share",
    direction: "higher",
    value: from("requests", ({ byOp, sequential }) => {
      const data = (Object.keys(byOp) as Op[]).filter((op) => byOp[op]!.bytes > 0);
      const count = data.reduce((sum, op) => sum + byOp[op]!.count, 0);
      return count === 0 ? null : sequential / count;
    }),
  },
  ...RUNS.map(([op, title]) => inRuns(op, title)),
  {
    metric: "seeks.d2d.p50AbsoluteBytes",
    title: "Median seek",
    kind: "bytes",
    direction: "lower",
    value: from("seeks", ({ d2d }) => (d2d.count === 0 ? null : d2d.p50AbsoluteBytes)),
    onlyIfAny: true,
  },
  {
    metric: "durability.peak.bytes",
    title: "Most that a crash would lose",
    kind: "bytes",
    direction: "lower",
    value: from("durability", (durability) => durability?.peak.bytes),
    onlyIfAny: true,
  },
  {
    metric: "durability.fuaWrites",
    title: "Writes with FUA",
    kind: "count",
    direction: "none",
    value: from("durability", (durability) => durability?.fuaWrites),
    onlyIfAny: true,
  },
  {
    metric: "requests.mergedBios",
    title: "Bios merged into others",
    kind: "count",
    direction: "none",
    value: from("requests", ({ mergedBios }) => mergedBios),
    onlyIfAny: true,
  },
  {
    metric: "queueDepth.peak",
    title: "Most in flight",
    kind: "count",
    direction: "none",
    value: from("queueDepth", ({ peak }) => peak),
    onlyIfAny: true,
  },
  {
    metric: "scopeList.lastNs",
    title: "First to last request",
    kind: "ns",
    direction: "lower",
    value: spanNs,
    onlyIfAny: true,
  },
  ...LATENCIES.flatMap(([op, title]) => latenciesOf(op, title)),
];
