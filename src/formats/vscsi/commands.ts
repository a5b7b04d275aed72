import type { Op } from "../../model/ops.ts";

/** What SCSI commands ask of a disk, by their operation code (SPC and SBC of T10); every other one is no read or write. */
const OPS: Readonly<Record<number, Op>> = {
  8: "read",
  40: "read",
  168: "read",
  136: "read",
  10: "write",
  42: "write",
  170: "write",
  138: "write",
  // Write and verify.
  46: "write",
  174: "write",
  142: "write",
  // Synchronize cache.
  53: "flush",
  145: "flush",
};

/** The op of a SCSI command. */
export function opOfCommand(code: number): Op {
  return OPS[code] ?? "other";
}

/** Whether a SCSI command reads or writes blocks. */
export function movesBlocks(code: number): boolean {
  const op = OPS[code];
  return op === "read" || op === "write";
}
