import { OP_CODE } from "../../../model/ops.ts";
import type { EventArguments } from "../eventArguments.ts";
import { LAYER } from "../layers.ts";
import type { QemuTrace } from "../qemuTrace.ts";
import { isRange } from "../range.ts";
import { event } from "./event.ts";

const EIO = 5;
const TRANSFER = "nlb {blocks} count {bytes} lba {block}";
const RANGE = "slba {block} nlb {blocks}";

/** hw/nvme/ctrl.c, until 6.1 hw/block/nvme.c: the controller that qemu emulates. */
export const NVME_EVENTS = [
  event(
    "pci_nvme_io_cmd",
    "cid {cid} nsid {nsid} sqid {sqid} opc {opcode} opname '{name:s}'",
    ({ nvme }, { value }) => {
      nvme.commandId = value[0]!;
      nvme.namespace = value[1]!;
      return true;
    },
  ),
  event("pci_nvme_read", `cid {cid} nsid {nsid} ${TRANSFER}`, (trace, args) => {
    const { value } = args;
    return transfer(trace, args, OP_CODE.read, value[1]!, value[2]!, value[3]!, value[4]!);
  }),
  event("pci_nvme_write", `cid {cid} opname '{name:s}' nsid {nsid} ${TRANSFER}`, named),
  event("pci_nvme_rw", `cid {cid} [opname |]['|"|]{name:s}['|"|] nsid {nsid} ${TRANSFER}`, named),
  event("pci_nvme_write_zeroes", `cid {cid} nsid {nsid} ${RANGE}`, (trace, args) =>
    withoutData(trace, args, OP_CODE.writeZeroes, args.value[1]!, args.value[2]!, args.value[3]!),
  ),
  event("pci_nvme_dsm_deallocate", `cid {cid} nsid {nsid} ${RANGE}`, (trace, args) =>
    withoutData(trace, args, OP_CODE.discard, args.value[1]!, args.value[2]!, args.value[3]!),
  ),
  event("pci_nvme_dsm_deallocate", RANGE, (trace, args) =>
    withoutData(trace, args, OP_CODE.discard, trace.nvme.namespace, args.value[0]!, args.value[1]!),
  ),
  event("pci_nvme_flush", "cid {cid} nsid {nsid}", (trace, args) => {
    open(trace, args, OP_CODE.flush, args.value[0]!, args.value[1]!, 0, 0);
    return true;
  }),
  event("pci_nvme_flush_ns", "nsid {nsid}", (trace, args) => {
    open(trace, args, OP_CODE.flush, trace.nvme.commandId, args.value[0]!, 0, 0);
    return true;
  }),
  event("pci_nvme_rw_cb", "cid {cid} blk '{name:s}'", callback),
  event("pci_nvme_rw_cb", "cid {cid} nsid {nsid}", callback),
  event("pci_nvme_rw_cb", "cid {cid}", callback),
  event("pci_nvme_aio_flush_cb", "cid {cid} blk '{name:s}'", callback),
  event(
    "pci_nvme_enqueue_req_completion",
    "cid {cid} cqid {queue} dw0 {dw0} dw1 {dw1} status {status}",
    (trace, args) => completion(trace, args, args.value[4]!),
  ),
  event("pci_nvme_enqueue_req_completion", "cid {cid} cqid {queue} status {status}", (trace, args) =>
    completion(trace, args, args.value[2]!),
  ),
];

/** Several commands share an event, which names them as the specification does. */
function named(trace: QemuTrace, args: EventArguments): boolean {
  const { value } = args;
  return transfer(trace, args, opOf(args.text(1)), value[2]!, value[3]!, value[4]!, value[5]!);
}

function opOf(name: string): number {
  if (name.includes("ZEROES")) return OP_CODE.writeZeroes;
  if (name.includes("APPEND")) return OP_CODE.zoneAppend;
  return /read/i.test(name) ? OP_CODE.read : OP_CODE.write;
}

function transfer(
  trace: QemuTrace,
  args: EventArguments,
  op: number,
  namespace: number,
  blocks: number,
  bytes: number,
  block: number,
): boolean {
  if (!(blocks > 0 && bytes >= blocks)) return false;
  const blockBytes = trace.nvme.learnBlockBytes(namespace, bytes, blocks);
  const [offset, length] = [block * blockBytes, blocks * blockBytes];
  if (!isRange(offset, length)) return false;
  open(trace, args, op, args.value[0]!, namespace, offset, length);
  return true;
}

/** A range of a command that says no bytes. */
function withoutData(
  trace: QemuTrace,
  args: EventArguments,
  op: number,
  namespace: number,
  block: number,
  blocks: number,
): boolean {
  const { nvme, requests } = trace;
  const blockBytes = nvme.blockBytes(namespace);
  if (blockBytes === undefined) {
    nvme.unsizedDeallocations++;
    return true;
  }
  const [offset, length] = [block * blockBytes, blocks * blockBytes];
  if (!isRange(offset, length)) return false;
  if (op === OP_CODE.discard)
    // Several ranges are one command, with one completion.
    requests.issue(LAYER.nvme, op, 0, nvme.device(namespace), offset, length, args.timeNs);
  else open(trace, args, op, args.value[0]!, namespace, offset, length);
  return true;
}

function open(
  { nvme, requests, fronts }: QemuTrace,
  { timeNs }: EventArguments,
  op: number,
  commandId: number,
  namespace: number,
  offset: number,
  length: number,
): void {
  const device = nvme.device(namespace);
  if (commandId < 0) requests.issue(LAYER.nvme, op, 0, device, offset, length, timeNs);
  // Queues number their commands on their own, so one number may be in flight twice.
  else requests.open(LAYER.nvme, 0, commandId, op, 0, device, offset, length, timeNs);
  fronts.above(device, op, offset, length);
}

function callback({ nvme, requests }: QemuTrace, { low, timeNs }: EventArguments): boolean {
  if (!nvme.tellsStatus) requests.complete(LAYER.nvme, 0, low[0]!, timeNs, Number.NaN);
  return true;
}

/** Commands of the admin queue and those that are no requests complete here too. */
function completion({ nvme, requests }: QemuTrace, { low, timeNs }: EventArguments, status: number): boolean {
  const isAdmin = low[1] === 0;
  nvme.tellsStatus = true;
  if (!isAdmin) requests.complete(LAYER.nvme, 0, low[0]!, timeNs, status === 0 ? 0 : EIO);
  return true;
}
