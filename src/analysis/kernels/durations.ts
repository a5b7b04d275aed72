import { OPS } from "../../model/ops.ts";
import { addGroups, BLOCK_ROWS, putDurations, putGroup, sortBlock } from "./block.ts";
import type { LogHistogram } from "./logHistogram.ts";

/** Two histograms to an op: at 2·op those of requests without bytes, at 2·op + 1 those of data requests. */
export type Durations = (LogHistogram | undefined)[];

const GROUPS = 2 * OPS.length;

interface Columns {
  readonly op: Uint8Array;
  readonly lengthBytes: Float64Array;
}

/** Between which times a duration lies, and where it goes. */
export interface Phase {
  readonly into: Durations;
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** Adds `to − from` of the chosen rows for each phase; where one of them is not recorded, or time ran backwards, there is none. */
export function addDurations(phases: readonly Phase[], columns: Columns, rows: Uint32Array, rowCount: number): void {
  for (let first = 0; first < rowCount; first += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rowCount - first);
    sortByOp(columns, rows, first, count);
    for (const { into, from, to } of phases) if (putDurations(from, to, rows, first, count)) addGroups(into, GROUPS);
  }
}

/** Those with bytes apart. */
function sortByOp({ op, lengthBytes }: Columns, rows: Uint32Array, first: number, count: number): void {
  for (let k = 0; k < count; k++) {
    const i = rows[first + k]!;
    putGroup(k, op[i]! * 2 + (lengthBytes[i]! > 0 ? 1 : 0));
  }
  sortBlock(GROUPS, count);
}

/** The histograms of an op, or with `null` those of every op's requests with bytes. */
export function durationsOf(durations: Durations, op: number | null): LogHistogram[] {
  const chosen = op === null ? OPS.map((_, code) => durations[code * 2 + 1]) : durations.slice(op * 2, op * 2 + 2);
  return chosen.filter((histogram) => histogram !== undefined);
}
