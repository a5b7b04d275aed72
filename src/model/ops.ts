/** What a request asks of the device; the keys of every `byOp`. A request's op column holds the index. */
export const OPS = [
  "read",
  "write",
  "discard",
  "secureErase",
  "writeZeroes",
  "flush",
  "zoneAppend",
  "zoneReset",
  "zoneOther",
  "other",
] as const;

export type Op = (typeof OPS)[number];

/** The number of each op in the op columns. */
export const OP_CODE = Object.fromEntries(OPS.map((op, code) => [op, code])) as Readonly<Record<Op, number>>;

/** Request flags, as bits of the flags columns. They are the union of the flags of the request's bios. */
export const FLAG = { fua: 1, sync: 2, meta: 4, readAhead: 8, preflush: 16 } as const;

/** The class of a request's I/O priority, where the trace has one (ioprio_set(2)): further bits of the flags columns. */
export const PRIORITY = { realtime: 32, bestEffort: 64, idle: 128 } as const;

/** What the bits of a flags column can mean, by the words that tables use. */
export const FLAG_WORD = { ...FLAG, ...PRIORITY } as const;
