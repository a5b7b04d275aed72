import { FLAG, OP_CODE } from "../../../model/ops.ts";
import type { EventArguments } from "../eventArguments.ts";
import { LAYER } from "../layers.ts";
import type { QemuTrace } from "../qemuTrace.ts";
import { isRange } from "../range.ts";
import { event } from "./event.ts";

/** BdrvRequestFlags of qemu's include/block/block-common.h. */
export const REQUEST_FLAG = { zeroWrite: 0x2, fua: 0x10 } as const;

/** block/block-backend.c: requests where they enter the block layer. */
export const BLK_EVENTS = [
  event("blk_co_preadv", "blk {blk} bs {bs} offset {offset} bytes {bytes} flags {flags}", (trace, args) =>
    take(trace, args, OP_CODE.read),
  ),
  event("blk_co_pwritev", "blk {blk} bs {bs} offset {offset} bytes {bytes} flags {flags}", (trace, args) =>
    take(trace, args, writeOp(args.low[4]!)),
  ),
];

function take(
  { nodes, fronts, scsi, requests }: QemuTrace,
  { value, low, timeNs }: EventArguments,
  op: number,
): boolean {
  const offset = value[2]!;
  const bytes = value[3]!;
  if (!isRange(offset, bytes)) return false;
  const { device, isOpened } = nodes.at(value[1]!);
  scsi.backendRequest(op, offset, bytes);
  if (isOpened) fronts.below(device, op, offset, bytes);
  requests.issue(LAYER.blk, op, fuaOf(low[4]!), device, offset, bytes, timeNs);
  return true;
}

/** The op of a write with these flags. */
export function writeOp(flags: number): number {
  return (flags & REQUEST_FLAG.zeroWrite) !== 0 ? OP_CODE.writeZeroes : OP_CODE.write;
}

export function fuaOf(flags: number): number {
  return (flags & REQUEST_FLAG.fua) !== 0 ? FLAG.fua : 0;
}
