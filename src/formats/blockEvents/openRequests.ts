import { growColumns } from "../../model/columns.ts";
import { OP_CODE } from "../../model/ops.ts";
import { SlotTable } from "./slotTable.ts";

const MOST_OPEN = 1 << 20;
const FIRST_ROOM = 1024;
const OPS_ROOM = 16;

/** What pairs events beside their place: the device and the op. */
export function pairKey(device: number, op: number): number {
  return device * OPS_ROOM + op;
}

/**
 * A flush has no place (ftrace: 0 when issued, 2^64-1 when complete); a zone append is issued at its zone's start
 * and completes where it was written.
 */
function placeOf(op: number, offset: number): number {
  return op === OP_CODE.flush || op === OP_CODE.zoneAppend ? 0 : offset;
}

/** Requests between their issue and their completion. */
export class OpenRequests {
  readonly #table = new SlotTable(MOST_OPEN);
  readonly columns = {
    row: new Float64Array(FIRST_ROOM),
    op: new Uint8Array(FIRST_ROOM),
    flags: new Uint16Array(FIRST_ROOM),
    device: new Uint16Array(FIRST_ROOM),
    offset: new Float64Array(FIRST_ROOM),
    length: new Float64Array(FIRST_ROOM),
    /** Bytes that are not complete yet. */
    remaining: new Float64Array(FIRST_ROOM),
    queueNs: new Float64Array(FIRST_ROOM),
    getRequestNs: new Float64Array(FIRST_ROOM),
    insertNs: new Float64Array(FIRST_ROOM),
    issueNs: new Float64Array(FIRST_ROOM),
    error: new Uint16Array(FIRST_ROOM),
    /** 1 while the driver has handed it back. */
    requeued: new Uint8Array(FIRST_ROOM),
    firstBio: new Int32Array(FIRST_ROOM),
  };
  /** Requests that found no room: nobody waits for their completion. */
  overflow = 0;
  #requeued = 0;

  /** Requests that are not complete. */
  get open(): number {
    return this.#table.size + this.overflow;
  }

  /** Gives the slot whose other columns the caller fills in, or -1 when there is no room. */
  add(device: number, op: number, offset: number, length: number): number {
    const slot = this.#table.insert(pairKey(device, op), placeOf(op, offset));
    if (slot < 0) {
      this.overflow++;
      return slot;
    }
    const { columns } = this;
    if (slot >= columns.row.length) growColumns(columns);
    columns.op[slot] = op;
    columns.device[slot] = device;
    columns.offset[slot] = offset;
    columns.length[slot] = length;
    columns.remaining[slot] = length;
    columns.error[slot] = 0;
    columns.requeued[slot] = 0;
    columns.firstBio[slot] = -1;
    return slot;
  }

  /** The oldest open request that exactly this completes, or -1. */
  find(device: number, op: number, offset: number, length: number): number {
    return this.#exact(device, op, offset, length, 0);
  }

  /** The oldest open request that begins here and of which this completes a part, or -1. */
  findLonger(device: number, op: number, offset: number, length: number): number {
    const { remaining, requeued } = this.columns;
    let slot = this.#table.first(pairKey(device, op), placeOf(op, offset));
    while (slot >= 0 && !(remaining[slot]! > length && requeued[slot] === 0)) slot = this.#table.after(slot);
    return slot;
  }

  /** Some bytes at the request's start are complete: the rest is what stays open. */
  advance(slot: number, bytes: number): void {
    const { op, device, offset, length, remaining } = this.columns;
    remaining[slot]! -= bytes;
    this.#table.unlink(slot);
    const rest = offset[slot]! + length[slot]! - remaining[slot]!;
    this.#table.link(slot, pairKey(device[slot]!, op[slot]!), rest);
  }

  requeue(slot: number): void {
    this.columns.requeued[slot] = 1;
    this.#requeued++;
  }

  /** Takes up a request that was handed back: it is issued again. Gives its slot, or -1. */
  reissue(device: number, op: number, offset: number, length: number, timeNs: number): number {
    if (this.#requeued === 0) return -1;
    const slot = this.#exact(device, op, offset, length, 1);
    if (slot < 0) return -1;
    this.#requeued--;
    this.columns.requeued[slot] = 0;
    this.columns.issueNs[slot] = timeNs;
    return slot;
  }

  remove(slot: number): void {
    this.#table.unlink(slot);
    this.#table.free(slot);
  }

  #exact(device: number, op: number, offset: number, length: number, handedBack: number): number {
    const { remaining, requeued } = this.columns;
    let slot = this.#table.first(pairKey(device, op), placeOf(op, offset));
    while (slot >= 0 && !(remaining[slot] === length && requeued[slot] === handedBack)) slot = this.#table.after(slot);
    return slot;
  }
}
