import type { TraceBuilder } from "../../model/builder.ts";
import { OP_CODE } from "../../model/ops.ts";
import { type Collected, ITSELF, type QueuedBios } from "./queuedBios.ts";
import { SlotTable } from "./slotTable.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const { flush: FLUSH, zoneAppend: ZONE_APPEND } = OP_CODE;
const BIO_ITSELF = ITSELF;

const MOST_OPEN = 1 << 20;
const OPS_BITS = 4;

/** What pairs events beside their place: the device and the op. */
export function pairKey(device: number, op: number): number {
  return (device << OPS_BITS) | op;
}

function deviceOf(key: number): number {
  return key >>> OPS_BITS;
}

function opOf(key: number): number {
  return key & ((1 << OPS_BITS) - 1);
}

/**
 * A flush has no place (ftrace: 0 when issued, 2^64-1 when complete); a zone append is issued at its zone's start
 * and completes where it was written.
 */
function placeOf(key: number, offset: number): number {
  const op = opOf(key);
  return op === FLUSH || op === ZONE_APPEND ? 0 : offset;
}

/** The numbers of an open request, behind those of the table. */
const DOUBLES = 13;
const INTS = DOUBLES * 2;
const INT = {
  key: 1,
  flags: 4,
  error: 5,
  /** 1 while the driver has handed it back. */
  requeued: 6,
  /** A slot of the queued bios; below 0 for none. */
  firstBio: 7,
  /** Who queued a request that is a bio itself. */
  process: 24,
} as const;
const DOUBLE = {
  row: 4,
  offset: 5,
  length: 6,
  /** Bytes that are not complete yet. */
  remaining: 7,
  queueNs: 8,
  getRequestNs: 9,
  insertNs: 10,
  issueNs: 11,
} as const;

/** Requests between their issue and their completion. */
export class OpenRequests {
  readonly #out: TraceBuilder;
  readonly #bios: QueuedBios;
  readonly #table = new SlotTable(MOST_OPEN, DOUBLES);
  /** Requests that found no room: nobody waits for their completion. */
  #overflow = 0;
  #requeued = 0;

  constructor(out: TraceBuilder, bios: QueuedBios) {
    this.#out = out;
    this.#bios = bios;
  }

  /** Requests that are not complete. */
  get open(): number {
    return this.#table.size + this.#overflow;
  }

  /** Keeps a request that was issued, with the bios that it took up. */
  add(row: number, key: number, flags: number, offset: number, length: number, issueNs: number, bios: Collected): void {
    const slot = this.#table.insert(key, placeOf(key, offset));
    if (slot < 0) {
      this.#overflow++;
      this.#bios.forget(bios.first);
      return;
    }
    const { ints, doubles } = this.#table;
    const int = slot * INTS;
    const double = slot * DOUBLES;
    ints[int + INT.flags] = flags;
    ints[int + INT.error] = 0;
    ints[int + INT.requeued] = 0;
    ints[int + INT.firstBio] = bios.first;
    ints[int + INT.process] = bios.process;
    doubles[double + DOUBLE.row] = row;
    doubles[double + DOUBLE.offset] = offset;
    doubles[double + DOUBLE.length] = length;
    doubles[double + DOUBLE.remaining] = length;
    doubles[double + DOUBLE.queueNs] = bios.queueNs;
    doubles[double + DOUBLE.getRequestNs] = bios.getRequestNs;
    doubles[double + DOUBLE.insertNs] = bios.insertNs;
    doubles[double + DOUBLE.issueNs] = issueNs;
  }

  /** The oldest open request that exactly this completes, or -1. */
  find(key: number, offset: number, length: number): number {
    return this.#exact(key, offset, length, 0);
  }

  /** When the latest open request that begins here was queued; NaN where there is none. */
  queuedAt(key: number, offset: number): number {
    let queueNs = Number.NaN;
    for (let slot = this.#table.first(key, placeOf(key, offset)); slot >= 0; slot = this.#table.after(slot))
      queueNs = this.#table.doubles[slot * DOUBLES + DOUBLE.queueNs]!;
    return queueNs;
  }

  /** The oldest open request that begins here and of which this completes a part, or -1. */
  findLonger(key: number, offset: number, length: number): number {
    const { ints, doubles } = this.#table;
    let slot = this.#table.first(key, placeOf(key, offset));
    while (
      slot >= 0 &&
      !(doubles[slot * DOUBLES + DOUBLE.remaining]! > length && ints[slot * INTS + INT.requeued] === 0)
    )
      slot = this.#table.after(slot);
    return slot;
  }

  /** Some bytes at the request's start are complete: the rest is what stays open. */
  advance(slot: number, bytes: number, error: number): void {
    const { ints, doubles } = this.#table;
    const double = slot * DOUBLES;
    if (error !== 0) ints[slot * INTS + INT.error] = error;
    doubles[double + DOUBLE.remaining]! -= bytes;
    this.#table.unlink(slot);
    const end = doubles[double + DOUBLE.offset]! + doubles[double + DOUBLE.length]!;
    this.#table.link(slot, ints[slot * INTS + INT.key]!, end - doubles[double + DOUBLE.remaining]!);
  }

  requeue(slot: number): void {
    this.#table.ints[slot * INTS + INT.requeued] = 1;
    this.#requeued++;
  }

  /** Takes up a request that was handed back: it is issued again. Says whether there is one. */
  reissue(key: number, offset: number, length: number, timeNs: number): boolean {
    if (this.#requeued === 0) return false;
    const slot = this.#exact(key, offset, length, 1);
    if (slot < 0) return false;
    this.#requeued--;
    this.#table.ints[slot * INTS + INT.requeued] = 0;
    this.#table.doubles[slot * DOUBLES + DOUBLE.issueNs] = timeNs;
    return true;
  }

  /** The request is complete, and so are its bios. */
  complete(slot: number, completeNs: number, error: number): void {
    const { ints, doubles } = this.#table;
    const int = slot * INTS;
    const double = slot * DOUBLES;
    const device = deviceOf(ints[int + INT.key]!);
    const op = opOf(ints[int + INT.key]!);
    const row = doubles[double + DOUBLE.row]!;
    const length = doubles[double + DOUBLE.length]!;
    const queueNs = doubles[double + DOUBLE.queueNs]!;
    const issueNs = doubles[double + DOUBLE.issueNs]!;
    const firstBio = ints[int + INT.firstBio]!;
    const batch = this.#out.completionsWithRoom();
    const i = batch.length;
    batch.row[i] = row;
    batch.op[i] = op;
    batch.flags[i] = ints[int + INT.flags]!;
    batch.device[i] = device;
    batch.offsetBytes[i] = doubles[double + DOUBLE.offset]!;
    batch.lengthBytes[i] = length;
    batch.queueNs[i] = queueNs;
    batch.getRequestNs[i] = doubles[double + DOUBLE.getRequestNs]!;
    batch.insertNs[i] = doubles[double + DOUBLE.insertNs]!;
    batch.issueNs[i] = issueNs;
    batch.completeNs[i] = completeNs;
    batch.error[i] = error !== 0 ? error : ints[int + INT.error]!;
    this.#out.takeCompletion();
    if (firstBio !== BIO_ITSELF) this.#bios.complete(firstBio, row, device, op, issueNs, completeNs);
    else if (length > 0)
      this.#out.bio(row, op, device, length, queueNs, NaN, NaN, NaN, NaN, completeNs, NaN, ints[int + INT.process]!);
    this.#table.unlink(slot);
    this.#table.free(slot);
  }

  #exact(key: number, offset: number, length: number, requeued: number): number {
    const { ints, doubles } = this.#table;
    let slot = this.#table.first(key, placeOf(key, offset));
    while (
      slot >= 0 &&
      !(doubles[slot * DOUBLES + DOUBLE.remaining] === length && ints[slot * INTS + INT.requeued] === requeued)
    )
      slot = this.#table.after(slot);
    return slot;
  }
}
