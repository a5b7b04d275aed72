import { OPS, type Op } from "../model/ops.ts";
import { allOf, counted, countText, listed, sentence } from "../model/quantities.ts";

const NOUNS: Readonly<Record<Op, readonly [one: string, many: string]>> = {
  read: ["read", "reads"],
  write: ["write", "writes"],
  discard: ["discard", "discards"],
  secureErase: ["secure erase", "secure erases"],
  writeZeroes: ["write of zeroes", "writes of zeroes"],
  flush: ["flush", "flushes"],
  zoneAppend: ["zone append", "zone appends"],
  zoneReset: ["zone reset", "zone resets"],
  zoneOther: ["zone command", "zone commands"],
  other: ["other request", "other requests"],
};

/** "read"; "reads" for more than one. */
export function nounOf(op: Op, count = 1): string {
  return NOUNS[op][count === 1 ? 0 : 1];
}

/** "2 reads and 1 write": counts by op in words. */
export function countedByOp(byOp: { readonly [K in Op]?: number | undefined }): string {
  return listed(OPS.flatMap((op) => (byOp[op] ? [counted(byOp[op], ...NOUNS[op])] : [])));
}

/** The start of a clause about some of them, with its verb: "All 10 writes are", "Both writes are", "The only read is", "6 of 10 writes are", "1 of 2 writes is". */
export function someOf(some: number, all: number, one: string): string {
  if (some === all) return `${sentence(allOf(all, one))} ${all === 1 ? "is" : "are"}`;
  return `${countText(some)} of ${counted(all, one)} ${some === 1 ? "is" : "are"}`;
}
