import { FLAG, OP_CODE } from "../../model/ops.ts";

const OP_BITS = 8;
const OP_MASK = (1 << OP_BITS) - 1;
const FLUSH = 2;
/** Commands that a driver or a program sends past the block layer: REQ_OP_DRV_IN and _OUT. */
const PASSTHROUGH_OPS = new Set([34, 35]);

/** The ops of a request's cmd_flags, as include/linux/blk_types.h numbers them. */
const OP_OF = new Map<number, number>([
  [0, OP_CODE.read],
  [1, OP_CODE.write],
  [FLUSH, OP_CODE.flush],
  [3, OP_CODE.discard],
  [5, OP_CODE.secureErase],
  [7, OP_CODE.zoneAppend],
  [9, OP_CODE.writeZeroes],
  // Zones are opened, closed, finished and reset by these; which by which differs between kernels.
  ...[10, 11, 12, 13, 15, 17, 19].map((op) => [op, OP_CODE.zoneOther] as const),
]);

/** The flags of a request's cmd_flags, by their bit. */
const FLAG_OF = [
  [1 << 11, FLAG.sync],
  [1 << 12, FLAG.meta],
  [1 << 17, FLAG.fua],
  [1 << 18, FLAG.preflush],
  [1 << 19, FLAG.readAhead],
] as const;

export function isPassthrough(commandFlags: number): boolean {
  return PASSTHROUGH_OPS.has(commandFlags & OP_MASK);
}

export function opOf(commandFlags: number): number {
  return OP_OF.get(commandFlags & OP_MASK) ?? OP_CODE.other;
}

/** A flush has the flag of a flush before it as well: it says no more. */
export function flagsOf(commandFlags: number): number {
  let flags = 0;
  for (const [bit, flag] of FLAG_OF) if (commandFlags & bit) flags |= flag;
  return (commandFlags & OP_MASK) === FLUSH ? flags & ~FLAG.preflush : flags;
}
