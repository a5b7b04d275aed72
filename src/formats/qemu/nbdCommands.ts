import { FLAG, OP_CODE } from "../../model/ops.ts";

/** https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md, request types; the others are no requests. */
export const NO_REQUEST = -1;
const OP_OF_TYPE: Readonly<Record<number, number>> = {
  0: OP_CODE.read,
  1: OP_CODE.write,
  3: OP_CODE.flush,
  4: OP_CODE.discard,
  6: OP_CODE.writeZeroes,
};
const FLAG_FUA = 1;

export function opOfNbdType(type: number): number {
  return OP_OF_TYPE[type] ?? NO_REQUEST;
}

export function flagsOfNbd(flags: number): number {
  return (flags & FLAG_FUA) !== 0 ? FLAG.fua : 0;
}
