import type { Op } from "../../model/ops.ts";
import type { Token } from "../../theme/colours.ts";

export interface OpStyle {
  /** One request, in a sentence: "read". */
  readonly singular: string;
  readonly plural: string;
  /** Of text, bars and lines. */
  readonly token: Token;
  /** No data moves: drawn as an outline. */
  readonly hollow?: boolean;
}

/** How each op is called and coloured in every chart. */
export const OP_STYLE: Readonly<Record<Op, OpStyle>> = {
  read: { singular: "read", plural: "reads", token: "read" },
  write: { singular: "write", plural: "writes", token: "write" },
  writeZeroes: { singular: "write-zeroes", plural: "write-zeroes", token: "zero", hollow: true },
  discard: { singular: "discard", plural: "discards", token: "discard", hollow: true },
  secureErase: { singular: "secure erase", plural: "secure erases", token: "discard", hollow: true },
  zoneAppend: { singular: "zone append", plural: "zone appends", token: "write" },
  zoneReset: { singular: "zone reset", plural: "zone resets", token: "discard", hollow: true },
  zoneOther: { singular: "zone command", plural: "zone commands", token: "flush", hollow: true },
  flush: { singular: "flush", plural: "flushes", token: "flush" },
  other: { singular: "other", plural: "others", token: "flush" },
};

/** The ops in the order in which charts show them: reads above writes, then what moves no data. */
export const SHOWN_OPS = Object.keys(OP_STYLE) as readonly Op[];

export function opsIn(byOp: Readonly<Partial<Record<Op, unknown>>>): readonly Op[] {
  return SHOWN_OPS.filter((op) => byOp[op] !== undefined);
}
