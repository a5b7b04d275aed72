import { OP_CODE } from "../../../model/ops.ts";
import { SECTOR_BYTES } from "../../../model/units.ts";
import type { EventArguments } from "../eventArguments.ts";
import { LAYER } from "../layers.ts";
import type { QemuTrace } from "../qemuTrace.ts";
import { isRange } from "../range.ts";
import { fuaOf, REQUEST_FLAG, writeOp } from "./blk.ts";
import { event } from "./event.ts";

const BYTES = "bs {bs} offset {offset} [bytes|nbytes] {bytes} flags {flags}";
const SECTORS = "bs {bs} sector_num {sector} nb_sectors {sectors}";
const COPY =
  "src {src} offset {srcOffset} dst {dst} offset {dstOffset} bytes {bytes} rw flags {readFlags} {writeFlags}";

/** block.c and block/io.c: requests at each node of the block graph. */
export const BDRV_EVENTS = [
  event(
    "bdrv_open_common",
    'bs {bs} filename "{filename:s}" flags {flags} format_name "{format:s}"',
    ({ nodes }, args) => {
      nodes.open(args.value[0]!, args.text(1), args.text(3));
      return true;
    },
  ),
  event("bdrv_co_preadv", BYTES, (trace, args) => inBytes(trace, args, OP_CODE.read)),
  event("bdrv_co_preadv_part", BYTES, (trace, args) => inBytes(trace, args, OP_CODE.read)),
  event("bdrv_co_pwritev", BYTES, write),
  event("bdrv_co_pwritev_part", BYTES, write),
  event("bdrv_co_pwrite_zeroes", "bs {bs} offset {offset} [bytes|count] {bytes} flags {flags}", writeZeroes),
  event("bdrv_co_copy_range_from", COPY, (trace, { value, timeNs }) =>
    request(trace, OP_CODE.read, 0, value[0]!, value[1]!, value[4]!, timeNs),
  ),
  event("bdrv_co_copy_range_to", COPY, (trace, { value, timeNs }) =>
    request(trace, OP_CODE.write, 0, value[2]!, value[3]!, value[4]!, timeNs),
  ),
  event("bdrv_co_readv", SECTORS, (trace, args) => inSectors(trace, args, OP_CODE.read)),
  event("bdrv_co_writev", SECTORS, (trace, args) => inSectors(trace, args, OP_CODE.write)),
  event("bdrv_co_write_zeroes", `${SECTORS} flags {flags}`, (trace, args) =>
    inSectors(trace, args, OP_CODE.writeZeroes),
  ),
];

const AIO = `${SECTORS} opaque {opaque}`;

/** block.c, until the block backend had events of its own: requests where they enter the block layer. */
export const BDRV_AIO_EVENTS = [
  event("bdrv_aio_readv", AIO, (trace, args) => aio(trace, args, OP_CODE.read)),
  event("bdrv_aio_writev", AIO, (trace, args) => aio(trace, args, OP_CODE.write)),
  event("bdrv_aio_discard", AIO, (trace, args) => aio(trace, args, OP_CODE.discard)),
  event("bdrv_aio_write_zeroes", `${SECTORS} flags {flags} opaque {opaque}`, (trace, args) =>
    aio(trace, args, OP_CODE.writeZeroes),
  ),
  event("bdrv_aio_flush", "bs {bs} opaque {opaque}", ({ nodes, requests }, { value, timeNs }) => {
    requests.issue(LAYER.bdrvAio, OP_CODE.flush, 0, nodes.at(value[0]!).device, 0, 0, timeNs);
    return true;
  }),
];

function inBytes(trace: QemuTrace, { value, low, timeNs }: EventArguments, op: number): boolean {
  return request(trace, op, fuaOf(low[3]!), value[0]!, value[1]!, value[2]!, timeNs);
}

function inSectors(trace: QemuTrace, { value, timeNs }: EventArguments, op: number): boolean {
  return request(trace, op, 0, value[0]!, value[1]! * SECTOR_BYTES, value[2]! * SECTOR_BYTES, timeNs);
}

function aio({ nodes, requests }: QemuTrace, { value, timeNs }: EventArguments, op: number): boolean {
  const offset = value[1]! * SECTOR_BYTES;
  const bytes = value[2]! * SECTOR_BYTES;
  if (!isRange(offset, bytes)) return false;
  requests.issue(LAYER.bdrvAio, op, 0, nodes.at(value[0]!).device, offset, bytes, timeNs);
  return true;
}

function write(trace: QemuTrace, args: EventArguments): boolean {
  const { value, low } = args;
  return (low[3]! & REQUEST_FLAG.zeroWrite) !== 0 && repeatsZeroes(trace, value[0]!, value[1]!, value[2]!)
    ? true
    : inBytes(trace, args, writeOp(low[3]!));
}

/** A write of zeroes at a node goes on as a write at the same node. */
function writeZeroes(trace: QemuTrace, args: EventArguments): boolean {
  const { value } = args;
  if (!inBytes(trace, args, OP_CODE.writeZeroes)) return false;
  Object.assign(trace.zeroes, { node: value[0]!, offsetBytes: value[1]!, lengthBytes: value[2]! });
  return true;
}

function repeatsZeroes({ zeroes }: QemuTrace, node: number, offsetBytes: number, lengthBytes: number): boolean {
  const repeats = zeroes.node === node && zeroes.offsetBytes === offsetBytes && zeroes.lengthBytes === lengthBytes;
  zeroes.node = -1;
  return repeats;
}

function request(
  { nodes, requests }: QemuTrace,
  op: number,
  flags: number,
  pointer: number,
  offset: number,
  bytes: number,
  timeNs: number,
): boolean {
  if (!isRange(offset, bytes)) return false;
  const node = nodes.at(pointer);
  if (node.isBelow) nodes.below++;
  else requests.issue(LAYER.bdrv, op, flags, node.device, offset, bytes, timeNs);
  return true;
}
