import { FLAG, OP_CODE } from "../../model/ops.ts";
import { CATEGORY, CATEGORY_8 } from "./layout.ts";

const ANY_ZONE_RESET = CATEGORY_8.zoneReset | CATEGORY_8.zoneResetAll;
const ANY_ZONE_OTHER = CATEGORY_8.zoneFinish | CATEGORY_8.zoneOpen | CATEGORY_8.zoneClose;
const LARGEST_ERRNO = 4095;

export const FLAG_BITS = 8;
/** Where an action's categories begin. */
const CATEGORY_SHIFT = 16;
const CATEGORIES = 1 << 16;
const NOT_YET = 0xffff;
/** What `meaningOf` gave for each set of categories without bytes, then with bytes: a trace has few of them. */
const known = new Uint16Array(2 * CATEGORIES).fill(NOT_YET);

/** The op of a record times 2^FLAG_BITS, and its FLAG bits; from the two words of its action. Hot. */
export function meaningOf(action: number, action8: number, bytes: number): number {
  if (action8 !== 0) return worked(action, action8, bytes);
  const place = (action >>> CATEGORY_SHIFT) | (bytes === 0 ? 0 : CATEGORIES);
  const meaning = known[place]!;
  if (meaning !== NOT_YET) return meaning;
  known[place] = worked(action, action8, bytes);
  return known[place]!;
}

function worked(action: number, action8: number, bytes: number): number {
  const op = opOf(action, action8, bytes);
  return (op << FLAG_BITS) | flagsOf(action, op);
}

/** The op of a record, from the two words of its action. */
function opOf(action: number, action8: number, bytes: number): number {
  if (action8 !== 0) {
    if ((action8 & CATEGORY_8.writeZeroes) !== 0) return OP_CODE.writeZeroes;
    if ((action8 & CATEGORY_8.zoneAppend) !== 0) return OP_CODE.zoneAppend;
    if ((action8 & ANY_ZONE_RESET) !== 0) return OP_CODE.zoneReset;
    if ((action8 & ANY_ZONE_OTHER) !== 0) return OP_CODE.zoneOther;
  }
  if (bytes === 0) return (action & CATEGORY.flush) !== 0 ? OP_CODE.flush : OP_CODE.other;
  if ((action & CATEGORY.discard) !== 0) return OP_CODE.discard;
  return (action & CATEGORY.write) !== 0 ? OP_CODE.write : OP_CODE.read;
}

/** The FLAG bits of a record. */
function flagsOf(action: number, op: number): number {
  const flags =
    ((action & CATEGORY.fua) !== 0 ? FLAG.fua : 0) |
    ((action & CATEGORY.sync) !== 0 ? FLAG.sync : 0) |
    ((action & CATEGORY.meta) !== 0 ? FLAG.meta : 0) |
    ((action & CATEGORY.ahead) !== 0 ? FLAG.readAhead : 0);
  return (action & CATEGORY.flush) !== 0 && op !== OP_CODE.flush ? flags | FLAG.preflush : flags;
}

/** The errno of a completion: the kernel keeps the low 16 bits of a negative number (blkparse shows EIO as 65531). */
export function errnoOf(error: number): number {
  if (error === 0) return 0;
  const negated = 0x10000 - error;
  return negated <= LARGEST_ERRNO ? negated : error;
}
