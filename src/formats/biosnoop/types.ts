import { FLAG, OP_CODE } from "../../model/ops.ts";
import type { Line } from "../text/line.ts";

const LETTER = { A: 65, D: 68, E: 69, F: 70, M: 77, N: 78, R: 82, S: 83, W: 87 } as const;
const OP_BITS = 8;

/** The op of a type that `readType` gave. */
export function opOfType(type: number): number {
  return type & ((1 << OP_BITS) - 1);
}

export function flagsOfType(type: number): number {
  return type >> OP_BITS;
}

/**
 * Reads a type as the kernel spells it: F for a flush before, then R, W, D, DE, F (a flush) or N, then F (FUA), A, S and M.
 * Gives -1 where it is none.
 */
export function readType(line: Line): number {
  const start = line.at;
  let flags = 0;
  if (line.takesByte(LETTER.F)) flags |= FLAG.preflush;
  const op = readOp(line, flags !== 0);
  if (op === OP_CODE.flush) flags = 0;
  if (line.takesByte(LETTER.F)) flags |= FLAG.fua;
  if (line.takesByte(LETTER.A)) flags |= FLAG.readAhead;
  if (line.takesByte(LETTER.S)) flags |= FLAG.sync;
  if (line.takesByte(LETTER.M)) flags |= FLAG.meta;
  if (op >= 0 && line.atFieldEnd()) return op | (flags << OP_BITS);
  line.at = start;
  return -1;
}

function readOp(line: Line, afterFlush: boolean): number {
  if (line.takesByte(LETTER.R)) return OP_CODE.read;
  if (line.takesByte(LETTER.W)) return OP_CODE.write;
  if (line.takesByte(LETTER.D)) return line.takesByte(LETTER.E) ? OP_CODE.secureErase : OP_CODE.discard;
  if (line.takesByte(LETTER.N)) return OP_CODE.other;
  // FF: a flush, which has the flag of one before it as well.
  line.takesByte(LETTER.F);
  return afterFlush ? OP_CODE.flush : -1;
}
