import { FLAG, OP_CODE } from "../../model/ops.ts";
import type { Payload } from "./payload.ts";
import { NAMELESS } from "./rwbs.ts";

/** Whether it is a command of a program to the device (SG_IO and the like): these have no place on it. */
export function isPassthrough({ sectors, sector, bytes, hasCommand, rwbs }: Payload): boolean {
  const noPlace = sectors === 0 && (sector === 0 || sector === Number.POSITIVE_INFINITY);
  return noPlace && (rwbs.op === NAMELESS || bytes > 0 || hasCommand);
}

/** The OP_CODE of what is no passthrough. A kernel that writes ZA for zone appends has only write-zeroes left for N. */
export function opOf({ sectors, rwbs }: Payload): number {
  if (sectors > 0) return rwbs.op === NAMELESS ? OP_CODE.writeZeroes : rwbs.op;
  if (rwbs.op === OP_CODE.flush || (rwbs.flags & FLAG.preflush) !== 0) return OP_CODE.flush;
  return rwbs.op === OP_CODE.zoneReset || rwbs.op === OP_CODE.zoneOther ? rwbs.op : OP_CODE.other;
}
