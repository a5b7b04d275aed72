import { OP_CODE } from "../../../model/ops.ts";
import { SECTOR_BYTES } from "../../../model/units.ts";
import type { EventArguments } from "../eventArguments.ts";
import { LAYER } from "../layers.ts";
import type { QemuTrace } from "../qemuTrace.ts";
import { isRange } from "../range.ts";
import { errnoOf, event } from "./event.ts";

const [EIO, EOPNOTSUPP] = [5, 95];
/** VIRTIO_BLK_S_UNSUPP */
const UNSUPPORTED = 2;

/** hw/block/virtio-blk.c. Before 2.10 the events had no vdev. */
export const VIRTIO_BLK_EVENTS = [
  event("virtio_blk_handle_read", "vdev {vdev} req {req} sector {sector} nsectors {sectors}", (trace, args) =>
    handle(trace, args, OP_CODE.read, 1),
  ),
  event("virtio_blk_handle_read", "req {req} sector {sector} nsectors {sectors}", (trace, args) =>
    handle(trace, args, OP_CODE.read, 0),
  ),
  event("virtio_blk_handle_write", "vdev {vdev} req {req} sector {sector} nsectors {sectors}", (trace, args) =>
    handle(trace, args, OP_CODE.write, 1),
  ),
  event("virtio_blk_handle_write", "req {req} sector {sector} nsectors {sectors}", (trace, args) =>
    handle(trace, args, OP_CODE.write, 0),
  ),
  event("virtio_blk_rw_complete", "vdev {vdev} req {req} ret {ret}", (trace, args) => rwComplete(trace, args, 1)),
  event("virtio_blk_rw_complete", "req {req} ret {ret}", (trace, args) => rwComplete(trace, args, 0)),
  event("virtio_blk_req_complete", "vdev {vdev} req {req} status {status}", (trace, args) =>
    reqComplete(trace, args, 1),
  ),
  event("virtio_blk_req_complete", "req {req} status {status}", (trace, args) => reqComplete(trace, args, 0)),
];

/** @param req where the request's pointer stands among the arguments. */
function handle(trace: QemuTrace, args: EventArguments, op: number, req: number): boolean {
  const { devices, fronts, requests } = trace;
  const { value, high, low, timeNs } = args;
  const offset = value[req + 1]! * SECTOR_BYTES;
  const bytes = value[req + 2]! * SECTOR_BYTES;
  if (!isRange(offset, bytes)) return false;
  const device = req === 0 ? devices.add("virtio-blk") : devices.atPointer("virtio-blk", value[0]!);
  requests.forget(LAYER.virtioBlk, high[req]!, low[req]!);
  requests.open(LAYER.virtioBlk, high[req]!, low[req]!, op, 0, device, offset, bytes, timeNs);
  fronts.above(device, op, offset, bytes);
  return true;
}

/** Comes first, for reads and writes alone, and knows the errno. */
function rwComplete({ requests }: QemuTrace, { value, high, low, timeNs }: EventArguments, req: number): boolean {
  const found = requests.completeFirst(LAYER.virtioBlk, high[req]!, low[req]!, timeNs, errnoOf(value[req + 1]!));
  if (!found) requests.unmatched(LAYER.virtioBlk);
  return true;
}

/** Comes for flushes and discards too, whose beginning no event shows. */
function reqComplete(trace: QemuTrace, { value, high, low, timeNs }: EventArguments, req: number): boolean {
  const status = value[req + 1]!;
  const error = status === 0 ? 0 : status === UNSUPPORTED ? EOPNOTSUPP : EIO;
  if (!trace.requests.complete(LAYER.virtioBlk, high[req]!, low[req]!, timeNs, error)) trace.virtioBlkUnseen++;
  return true;
}
