import { OP_CODE } from "../../model/ops.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import type { Fronts } from "./fronts.ts";
import { LAYER } from "./layers.ts";
import type { LocalDevices } from "./localDevices.ts";
import { isRange } from "./range.ts";
import type { Requests } from "./requests.ts";

/** A command's meaning: the code of its op, or one of these. */
const [NO_REQUEST, WRITE_SAME, UNMAP] = [-1, -2, -3];
const MOST_WAITING = 1024;

/** The commands of SBC-4 that transfer, erase or flush blocks, with CDBs of all lengths. */
const OP_OF_COMMAND: readonly number[] = Array.from({ length: 256 }, (_, command) => {
  if ([0x08, 0x28, 0xa8, 0x88].includes(command)) return OP_CODE.read;
  if ([0x0a, 0x2a, 0xaa, 0x8a, 0x2e, 0xae, 0x8e].includes(command)) return OP_CODE.write;
  if ([0x35, 0x91].includes(command)) return OP_CODE.flush;
  if ([0x41, 0x93].includes(command)) return WRITE_SAME;
  return command === 0x42 ? UNMAP : NO_REQUEST;
});

/** A command of which the trace has not yet told enough. */
interface Waiting {
  readonly op: number;
  readonly device: number;
  readonly tag: number;
  /** 1 where a virtio-scsi adapter took it, which will answer it too. */
  readonly adapter: number;
  /** What it transfers, for a WRITE SAME one block; NaN without scsi_req_parsed. */
  readonly bytes: number;
  readonly timeNs: number;
  block: number;
}

/**
 * SCSI commands, each told by several events: scsi_req_parsed (target, lun, tag, command, bytes), scsi_req_parsed_lba
 * (block), then scsi_disk_dma_command_… (block, blocks), of which a trace may have but some. Places are in blocks:
 * a command is a request once the bytes of a block are known too.
 */
export class ScsiCommands {
  /** UNMAP: the ranges are in its data, which no event shows. */
  unmaps = 0;
  /** WRITE SAME whose length shows in no event of the block backend. */
  unsizedWriteSames = 0;
  /** Reads and writes of which the trace lacks the place or the length. */
  unplaced = 0;
  /** Whether the trace does not tell the bytes of some disk's block. */
  assumesBlocks = false;
  readonly #requests: Requests;
  readonly #devices: LocalDevices;
  readonly #fronts: Fronts;
  readonly #blockBytes = new Map<number, number>();
  readonly #waiting: Waiting[] = [];
  /** Whether commands show before their transfer. */
  #showsCommands = false;
  #adapterTag = -1;
  #failedTag = -1;
  #deviceKey = -1;
  #deviceOfKey = -1;

  constructor(requests: Requests, devices: LocalDevices, fronts: Fronts) {
    this.#requests = requests;
    this.#devices = devices;
    this.#fronts = fronts;
  }

  /** A virtio-scsi adapter has taken a command from the guest. */
  adapterTakes(tag: number): void {
    this.#adapterTag = tag;
  }

  parsed(target: number, lun: number, tag: number, command: number, bytes: number, timeNs: number): void {
    this.#showsCommands = true;
    this.#begin(target, lun, tag, command, bytes, timeNs);
  }

  parsedBlock(target: number, lun: number, tag: number, command: number, block: number, timeNs: number): void {
    const op = OP_OF_COMMAND[command] ?? NO_REQUEST;
    if (op === NO_REQUEST || op === UNMAP || op === OP_CODE.flush) {
      if (!this.#showsCommands) this.#begin(target, lun, tag, command, Number.NaN, timeNs);
      return;
    }
    const last = this.#waiting.at(-1);
    const isLast = last !== undefined && last.op === op && last.tag === tag && Number.isNaN(last.block);
    if (!isLast) this.#begin(target, lun, tag, command, Number.NaN, timeNs);
    const waiting = this.#waiting.at(-1)!;
    waiting.block = block;
    this.#showsCommands = true;
    const blockBytes = this.#blockBytes.get(waiting.device);
    if (op === WRITE_SAME || Number.isNaN(waiting.bytes) || blockBytes === undefined) return;
    this.#waiting.pop();
    this.#open(waiting, op, block * blockBytes, waiting.bytes);
  }

  /** The disk begins to transfer; gives whether block and count make sense. */
  transfer(op: number, block: number, blocks: number, timeNs: number): boolean {
    const at = this.#waiting.findIndex((one) => one.op === op && one.block === block);
    if (at < 0) return this.#showsCommands || this.#transferAlone(op, block, blocks, timeNs);
    const waiting = this.#waiting[at]!;
    const blockBytes = this.#learnBlockBytes(waiting, blocks);
    if (!isRange(block * blockBytes, blocks * blockBytes)) return false;
    this.#waiting.splice(at, 1);
    this.#open(waiting, op, block * blockBytes, blocks * blockBytes);
    return true;
  }

  /** What the block backend is asked next tells the length of a WRITE SAME of zeroes. */
  backendRequest(op: number, offsetBytes: number, lengthBytes: number): void {
    if (op !== OP_CODE.writeZeroes || this.#waiting.length === 0) return;
    const at = this.#waiting.findIndex((one) => one.op === WRITE_SAME && one.block * one.bytes === offsetBytes);
    if (at < 0) return;
    const [waiting] = this.#waiting.splice(at, 1);
    this.#open(waiting!, op, offsetBytes, lengthBytes);
  }

  buildsSense(tag: number): void {
    this.#failedTag = tag;
  }

  /** The command leaves the SCSI bus. Those of virtio-scsi are answered by their adapter a little later. */
  dequeue(tag: number, timeNs: number, errorOfFailure: number): void {
    this.#settle(tag);
    this.#requests.complete(LAYER.scsi, 0, tag, timeNs, this.#failedTag === tag ? errorOfFailure : Number.NaN);
  }

  adapterAnswers(tag: number, timeNs: number, error: number): void {
    this.#settle(tag);
    this.#requests.complete(LAYER.scsi, 1, tag, timeNs, error);
  }

  /** No more events of any command come. */
  finish(): void {
    for (const waiting of this.#waiting.splice(0)) this.#giveUp(waiting);
  }

  /** No event tells the disk. */
  #transferAlone(op: number, block: number, blocks: number, timeNs: number): boolean {
    const device = this.#devices.add("scsi");
    const blockBytes = this.#assumedBlockBytes(device);
    if (!isRange(block * blockBytes, blocks * blockBytes)) return false;
    this.#requests.issue(LAYER.scsi, op, 0, device, block * blockBytes, blocks * blockBytes, timeNs);
    return true;
  }

  #begin(target: number, lun: number, tag: number, command: number, bytes: number, timeNs: number): void {
    const op = OP_OF_COMMAND[command] ?? NO_REQUEST;
    if (op === UNMAP) this.unmaps++;
    if (op === NO_REQUEST || op === UNMAP) return;
    this.#failedTag = -1;
    const adapter = this.#adapterTag === tag ? 1 : 0;
    const waiting = { op, device: this.#deviceOf(target, lun), tag, adapter, bytes, timeNs, block: Number.NaN };
    if (op === OP_CODE.flush) this.#open(waiting, op, 0, 0);
    else this.#waiting.push(waiting);
    if (this.#waiting.length > MOST_WAITING) this.#giveUp(this.#waiting.shift()!);
  }

  #settle(tag: number): void {
    if (this.#waiting.length === 0) return;
    const at = this.#waiting.findIndex((one) => one.tag === tag);
    if (at >= 0) this.#giveUp(this.#waiting.splice(at, 1)[0]!);
  }

  /** No transfer shows the bytes of a block. */
  #giveUp(waiting: Waiting): void {
    const { op, device, block, bytes } = waiting;
    if (op === WRITE_SAME) this.unsizedWriteSames++;
    else {
      const offsetBytes = block * this.#assumedBlockBytes(device);
      if (isRange(offsetBytes, bytes)) this.#open(waiting, op, offsetBytes, bytes);
      else this.unplaced++;
    }
  }

  #open({ tag, adapter, device, timeNs }: Waiting, op: number, offsetBytes: number, lengthBytes: number): void {
    this.#requests.forget(LAYER.scsi, adapter, tag);
    this.#requests.open(LAYER.scsi, adapter, tag, op, 0, device, offsetBytes, lengthBytes, timeNs);
    this.#fronts.above(device, op, offsetBytes, lengthBytes);
  }

  #deviceOf(target: number, lun: number): number {
    const key = target * 65536 + lun;
    if (key !== this.#deviceKey) {
      this.#deviceKey = key;
      this.#deviceOfKey = this.#devices.add(`scsi target ${target} lun ${lun}`);
    }
    return this.#deviceOfKey;
  }

  #learnBlockBytes({ device, bytes }: Waiting, blocks: number): number {
    const blockBytes = bytes / blocks;
    if (!Number.isInteger(blockBytes) || blockBytes < SECTOR_BYTES) return this.#assumedBlockBytes(device);
    this.#blockBytes.set(device, blockBytes);
    return blockBytes;
  }

  #assumedBlockBytes(device: number): number {
    const known = this.#blockBytes.get(device);
    if (known !== undefined) return known;
    this.assumesBlocks = true;
    this.#blockBytes.set(device, SECTOR_BYTES);
    return SECTOR_BYTES;
  }
}
