import { OP_CODE } from "../../../model/ops.ts";
import { SECTOR_BYTES } from "../../../model/units.ts";
import type { EventArguments } from "../eventArguments.ts";
import { LAYER } from "../layers.ts";
import type { QemuTrace } from "../qemuTrace.ts";
import { isRange } from "../range.ts";
import { errnoOf, event } from "./event.ts";

const NVME_RANGE = "s {s} offset {offset} bytes {bytes}";

/** block/nvme.c: qemu's own driver of a host's NVMe controller. Only what it is asked and answers tells them apart. */
export const NVME_DRIVER_EVENTS = [
  event(
    "nvme_prw_aligned",
    "s {s} is_write {isWrite} offset {offset} bytes {bytes} flags {flags} niov {niov}",
    (trace, args) => nvmeOpen(trace, args, transferOp(args), args.value[2]!, args.value[3]!),
  ),
  event("nvme_rw_done", "s {s} is_write {isWrite} offset {offset} bytes {bytes} ret {ret}", (trace, args) =>
    nvmeDone(trace, args, transferOp(args), args.value[2]!, args.value[4]!),
  ),
  event("nvme_write_zeroes", `${NVME_RANGE} flags {flags}`, (trace, { value, timeNs }) => {
    if (!isRange(value[1]!, value[2]!)) return false;
    const device = nvmeDevice(trace, value[0]!);
    trace.requests.issue(LAYER.nvmeDriver, OP_CODE.writeZeroes, 0, device, value[1]!, value[2]!, timeNs);
    return true;
  }),
  event("nvme_dsm", NVME_RANGE, (trace, args) =>
    nvmeOpen(trace, args, OP_CODE.discard, args.value[1]!, args.value[2]!),
  ),
  event("nvme_dsm_done", `${NVME_RANGE} ret {ret}`, (trace, args) =>
    nvmeDone(trace, args, OP_CODE.discard, args.value[1]!, args.value[3]!),
  ),
];

/** block/qcow2.c: writes alone. */
export const QCOW2_EVENTS = [
  event("qcow2_writev_start_req", "co {co} offset {offset} bytes {bytes}", (trace, args) =>
    qcow2Open(trace, args, OP_CODE.write),
  ),
  event("qcow2_pwrite_zeroes_start_req", "co {co} offset {offset} [bytes|count] {bytes}", (trace, args) =>
    qcow2Open(trace, args, OP_CODE.writeZeroes),
  ),
  event("qcow2_writev_done_req", "co {co} ret {ret}", ({ requests }, { value, high, low, timeNs }) => {
    if (!requests.complete(LAYER.qcow2, high[0]!, low[0]!, timeNs, errnoOf(value[1]!))) requests.unmatched(LAYER.qcow2);
    return true;
  }),
];

const OFFSET_COUNT_TYPE = "offset {offset} count {bytes} type {type}";
const SECTORS_TYPE = "sector_num {sector} nb_sectors {sectors} type {type}";

/** block/file-posix.c, raw-posix.c before, and io_uring.c: what a host's file is asked. */
export const FILE_EVENTS = [
  ...["file_paio_submit", "paio_submit"].flatMap((name) => [
    event(name, `acb {acb} opaque {opaque} ${OFFSET_COUNT_TYPE}`, (trace, args) => fileOpen(trace, args, 1)),
    event(name, `acb {acb} opaque {opaque} ${SECTORS_TYPE}`, (trace, args) => fileOpen(trace, args, SECTOR_BYTES)),
  ]),
  ...["file_paio_submit_co", "paio_submit_co"].flatMap((name) => [
    event(name, OFFSET_COUNT_TYPE, (trace, args) => fileIssue(trace, args, 1)),
    event(name, SECTORS_TYPE, (trace, args) => fileIssue(trace, args, SECTOR_BYTES)),
  ]),
  event("paio_complete", "acb {acb} opaque {opaque} ret {ret}", (trace, args) => fileDone(trace, args, 0)),
  event(
    "luring_co_submit",
    "bs {bs} s {s} luringcb {luringcb} fd {fd} offset {offset} nbytes {bytes} type {type}",
    uringOpen,
  ),
  event("luring_process_completion", "LuringState {s} luringcb {luringcb} ret {ret}", (trace, args) =>
    fileDone(trace, args, 1),
  ),
];

function transferOp({ low }: EventArguments): number {
  return low[1] === 0 ? OP_CODE.read : OP_CODE.write;
}

function nvmeDevice({ devices }: QemuTrace, pointer: number): number {
  return devices.atPointer("nvme-driver", pointer);
}

function nvmeKey({ low }: EventArguments, op: number, offset: number): number {
  return (Math.imul(low[0]!, 0x9e3779b1) ^ Math.floor(offset / 2 ** 32) ^ (op << 28)) | 0;
}

function nvmeOpen(trace: QemuTrace, args: EventArguments, op: number, offset: number, bytes: number): boolean {
  if (!isRange(offset, bytes)) return false;
  const device = nvmeDevice(trace, args.value[0]!);
  const key = nvmeKey(args, op, offset);
  trace.requests.open(LAYER.nvmeDriver, key, offset >>> 0, op, 0, device, offset, bytes, args.timeNs);
  return true;
}

function nvmeDone({ requests }: QemuTrace, args: EventArguments, op: number, offset: number, ret: number): boolean {
  const key = nvmeKey(args, op, offset);
  const found = requests.complete(LAYER.nvmeDriver, key, offset >>> 0, args.timeNs, errnoOf(ret));
  if (!found) requests.unmatched(LAYER.nvmeDriver);
  return true;
}

function qcow2Open({ devices, requests }: QemuTrace, args: EventArguments, op: number): boolean {
  const { value, high, low, timeNs } = args;
  if (!isRange(value[1]!, value[2]!)) return false;
  requests.forget(LAYER.qcow2, high[0]!, low[0]!);
  requests.open(LAYER.qcow2, high[0]!, low[0]!, op, 0, devices.add("qcow2"), value[1]!, value[2]!, timeNs);
  return true;
}

/** QEMU_AIO_* of qemu's include/block/raw-aio.h; the others are no requests. */
function opOfType(type: number): number {
  if (type & 0x1) return OP_CODE.read;
  if (type & 0x2) return OP_CODE.write;
  if (type & 0x8) return OP_CODE.flush;
  if (type & 0x10) return OP_CODE.discard;
  return type & 0x20 ? OP_CODE.writeZeroes : -1;
}

function fileOpen({ devices, requests }: QemuTrace, args: EventArguments, unit: number): boolean {
  const { value, high, low, timeNs } = args;
  const [offset, bytes, op] = [value[2]! * unit, value[3]! * unit, opOfType(low[4]!)];
  if (op >= 0 && !isRange(offset, bytes)) return false;
  requests.forget(LAYER.file, high[0]!, low[0]!);
  if (op < 0) requests.ignore(LAYER.file, high[0]!, low[0]!);
  else requests.open(LAYER.file, high[0]!, low[0]!, op, 0, devices.add("file"), offset, bytes, timeNs);
  return true;
}

function fileIssue({ devices, requests }: QemuTrace, { value, low, timeNs }: EventArguments, unit: number): boolean {
  const [offset, bytes, op] = [value[0]! * unit, value[1]! * unit, opOfType(low[2]!)];
  if (op < 0) return true;
  if (!isRange(offset, bytes)) return false;
  requests.issue(LAYER.file, op, 0, devices.add("file"), offset, bytes, timeNs);
  return true;
}

function uringOpen({ nodes, requests }: QemuTrace, { value, high, low, timeNs }: EventArguments): boolean {
  const [offset, bytes, op] = [value[4]!, value[5]!, opOfType(low[6]!)];
  if (op < 0) return true;
  if (!isRange(offset, bytes)) return false;
  requests.forget(LAYER.file, high[2]!, low[2]!);
  requests.open(LAYER.file, high[2]!, low[2]!, op, 0, nodes.at(value[0]!).device, offset, bytes, timeNs);
  return true;
}

/** @param key where what the request is known by stands among the arguments. */
function fileDone({ requests }: QemuTrace, { value, high, low, timeNs }: EventArguments, key: number): boolean {
  const error = errnoOf(value[2]!);
  if (!requests.complete(LAYER.file, high[key]!, low[key]!, timeNs, error)) requests.unmatched(LAYER.file);
  return true;
}
