import { OPS, type Op } from "../../model/ops.ts";

const MOVES_DATA: Readonly<Record<Op, boolean>> = {
  read: true,
  write: true,
  discard: true,
  secureErase: true,
  writeZeroes: true,
  flush: false,
  zoneAppend: true,
  zoneReset: false,
  zoneOther: false,
  other: false,
};

/** 1 for the ops whose requests name sectors of data; such a request with bytes > 0 is a data request. */
export const IS_DATA_OP = Uint8Array.from(OPS, (op) => (MOVES_DATA[op] ? 1 : 0));
