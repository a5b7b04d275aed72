import { OP_CODE, type Op } from "../../model/ops.ts";
import type { View } from "../metric.ts";
import { Count } from "../schemas.ts";
import { withMoreRoom } from "./moreRoom.ts";

const COLUMNS = ["requests", "reads", "writes", "readBytes", "writtenBytes", "flushes", "discards"] as const;
type Column = (typeof COLUMNS)[number];
type Share = Record<Column, number>;

/** The columns in the schema of a metric. */
export const ShareFields = {
  requests: Count,
  reads: Count,
  /** Writes and zone appends. */
  writes: Count,
  readBytes: Count,
  writtenBytes: Count,
  flushes: Count,
  /** Discards and secure erases. */
  discards: Count,
} satisfies Record<Column, typeof Count>;

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

/** Who a request is put down to. */
type Issuer = "process" | "cgroup";

/** What each process (or cgroup) of the trace issued: a row of the columns for each of their indexes. */
export interface Shares {
  sums: Float64Array;
}

export function startShares(): Shares {
  return { sums: new Float64Array(16 * WIDTH) };
}

export function addShares(shares: Shares, { requests, rows, rowCount }: View, issuer: Issuer): void {
  const { op, lengthBytes } = requests;
  const who = requests[issuer];
  let { sums } = shares;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const base = who[i]! * WIDTH;
    if (base >= sums.length) sums = withMoreRoom(sums, base + WIDTH);
    const countColumn = COUNT_COLUMN[op[i]!]!;
    const bytesColumn = BYTES_COLUMN[op[i]!]!;
    sums[base]!++;
    if (countColumn !== NOWHERE) sums[base + countColumn]!++;
    if (bytesColumn !== NOWHERE) sums[base + bytesColumn]! += lengthBytes[i]!;
  }
  shares.sums = sums;
}

/** What those of one name issued together. */
interface Group<Key> extends Share {
  readonly name: string;
  /** Ascending. */
  readonly keys: Key[];
}

/** The most that is listed by name; the rest is together. */
const MOST_NAMES = 32;

/**
 * Those with requests, by name, most bytes first; what is not recorded (index 0) is a group of its own.
 * @param issuers a name for each index, and a key that tells those of one name apart: a pid.
 */
export function groupsOf<Key extends number | string>(
  { sums }: Shares,
  issuers: readonly { readonly name: string; readonly key: Key | null }[],
): { readonly listed: readonly Group<Key>[]; readonly rest: readonly Group<Key>[] } {
  const unrecorded: Group<Key>[] = [];
  const byName = new Map<string, Group<Key>>();
  for (const [index, { name, key }] of issuers.entries()) {
    const share = shareAt(sums, index);
    if (share.requests === 0) continue;
    if (index === 0) unrecorded.push({ name, keys: [], ...share });
    else byName.set(name, joined(byName.get(name), name, key, share));
  }
  for (const { keys } of byName.values()) keys.sort((a, b) => (a < b ? -1 : 1));
  const groups = [...unrecorded, ...byName.values()].sort(heavierFirst);
  return { listed: groups.slice(0, MOST_NAMES), rest: groups.slice(MOST_NAMES) };
}

/** Most bytes first; ties by requests, then by name. */
function heavierFirst(a: Group<unknown>, b: Group<unknown>): number {
  return bytesOf(b) - bytesOf(a) || b.requests - a.requests || (a.name < b.name ? -1 : 1);
}

function bytesOf({ readBytes, writtenBytes }: Share): number {
  return readBytes + writtenBytes;
}

function shareAt(sums: Float64Array, process: number): Share {
  const at = (column: number): number => sums[process * WIDTH + column] ?? 0;
  return Object.fromEntries(COLUMNS.map((name, column) => [name, at(column)])) as Share;
}

function joined<Key>(group: Group<Key> | undefined, name: string, key: Key | null, share: Share): Group<Key> {
  const keys = group?.keys ?? [];
  if (key !== null) keys.push(key);
  return { name, keys, ...sumOfShares(group ? [group, share] : [share]) };
}

export function sumOfShares(shares: readonly Share[]): Share {
  const sum = (column: Column): number => shares.reduce((total, share) => total + share[column], 0);
  return Object.fromEntries(COLUMNS.map((column) => [column, sum(column)])) as Share;
}
