import { OP_CODE, type Op } from "../../model/ops.ts";
import type { Process } from "../../model/trace.ts";
import type { View } from "../metric.ts";
import { withMoreRoom } from "./moreRoom.ts";

const COLUMNS = ["requests", "reads", "writes", "readBytes", "writtenBytes", "flushes", "discards"] as const;
type Column = (typeof COLUMNS)[number];
export type Share = Record<Column, number>;

const WIDTH = COLUMNS.length;
const NOWHERE = 255;

function columnOfOp(columns: Partial<Record<Op, Column>>): Uint8Array {
  const byCode = new Uint8Array(Object.keys(OP_CODE).length).fill(NOWHERE);
  for (const [op, column] of Object.entries(columns)) byCode[OP_CODE[op as Op]] = COLUMNS.indexOf(column);
  return byCode;
}

const COUNT_COLUMN = columnOfOp({
  read: "reads",
  write: "writes",
  zoneAppend: "writes",
  flush: "flushes",
  discard: "discards",
  secureErase: "discards",
});
const BYTES_COLUMN = columnOfOp({ read: "readBytes", write: "writtenBytes", zoneAppend: "writtenBytes" });

/** What each process of the trace issued: a row of the columns for each process index. */
export interface Shares {
  sums: Float64Array;
}

export function startShares(): Shares {
  return { sums: new Float64Array(16 * WIDTH) };
}

export function addShares(shares: Shares, { requests, rows, rowCount }: View): void {
  const { op, process, lengthBytes } = requests;
  let { sums } = shares;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const base = process[i]! * WIDTH;
    if (base >= sums.length) sums = withMoreRoom(sums, base + WIDTH);
    const countColumn = COUNT_COLUMN[op[i]!]!;
    const bytesColumn = BYTES_COLUMN[op[i]!]!;
    sums[base]!++;
    if (countColumn !== NOWHERE) sums[base + countColumn]!++;
    if (bytesColumn !== NOWHERE) sums[base + bytesColumn]! += lengthBytes[i]!;
  }
  shares.sums = sums;
}

/** Processes of one name, together. */
export interface ProcessGroup extends Share {
  readonly name: string;
  /** Ascending. */
  readonly pids: number[];
}

/** The processes with requests, by name; what is not recorded (index 0) is a group of its own. */
export function processGroups({ sums }: Shares, processes: readonly Process[]): ProcessGroup[] {
  const unrecorded: ProcessGroup[] = [];
  const byName = new Map<string, ProcessGroup>();
  for (const [index, { name, pid }] of processes.entries()) {
    const share = shareAt(sums, index);
    if (share.requests === 0) continue;
    if (index === 0) unrecorded.push({ name, pids: [], ...share });
    else byName.set(name, joined(byName.get(name), name, pid, share));
  }
  for (const { pids } of byName.values()) pids.sort((a, b) => a - b);
  return [...unrecorded, ...byName.values()];
}

function shareAt(sums: Float64Array, process: number): Share {
  const at = (column: number): number => sums[process * WIDTH + column] ?? 0;
  return Object.fromEntries(COLUMNS.map((name, column) => [name, at(column)])) as Share;
}

function joined(group: ProcessGroup | undefined, name: string, pid: number | null, share: Share): ProcessGroup {
  const pids = group?.pids ?? [];
  if (pid !== null) pids.push(pid);
  return { name, pids, ...sumOfShares(group ? [group, share] : [share]) };
}

export function sumOfShares(shares: readonly Share[]): Share {
  const sum = (column: Column): number => shares.reduce((total, share) => total + share[column], 0);
  return Object.fromEntries(COLUMNS.map((column) => [column, sum(column)])) as Share;
}
