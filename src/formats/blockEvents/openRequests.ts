import type { TraceBuilder } from "../../model/builder.ts";
import { OP_CODE } from "../../model/ops.ts";
import {
  DOUBLE as EVENT_DOUBLE_FIELDS,
  EVENT_DOUBLES,
  INT as EVENT_INT_FIELDS,
  EVENT_INTS,
  type EventList,
} from "./eventList.ts";
import { LAYER } from "./layers.ts";
import { CARRIER, type Collected, ITSELF, type QueuedBios } from "./queuedBios.ts";
import { hashOf, SlotTable } from "./slotTable.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const { flush: FLUSH, zoneAppend: ZONE_APPEND } = OP_CODE;
const BIO_ITSELF = ITSELF;
const [EVENT_INT, EVENT_DOUBLE] = [EVENT_INTS, EVENT_DOUBLES];
const { error: EVENT_ERROR } = EVENT_INT_FIELDS;
const { offset: EVENT_OFFSET, length: EVENT_LENGTH, timeNs: EVENT_TIME } = EVENT_DOUBLE_FIELDS;
const { row: CARRIER_ROW, issueNs: CARRIER_ISSUE, completeNs: CARRIER_COMPLETE } = CARRIER;

const MOST_OPEN = 1 << 20;
const MOST_DEVICES = 4096;
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
function isPlaceless(key: number): boolean {
  const op = opOf(key);
  return op === FLUSH || op === ZONE_APPEND;
}

/** The numbers of an open request, behind those of the table. */
const DOUBLES = 13;
const INTS = DOUBLES * 2;
const INT = {
  key: 2,
  flags: 3,
  error: 4,
  /** 1 while the driver has handed it back. */
  requeued: 5,
  /** A slot of the queued bios; below 0 for none. */
  firstBio: 6,
  /** Who queued a request that is a bio itself. */
  process: 7,
} as const;
const DOUBLE = {
  row: 4,
  /** Where the bytes that are not complete yet begin; 0 without a place. */
  place: 5,
  offset: 6,
  length: 7,
  /** Bytes that are not complete yet. */
  remaining: 8,
  queueNs: 9,
  getRequestNs: 10,
  insertNs: 11,
  issueNs: 12,
} as const;

/**
 * Requests between their issue and their completion. What happens to them comes as the number of an event, its
 * pairing key, and the hash of that key and the event's offset.
 */
export class OpenRequests {
  readonly #out: TraceBuilder;
  readonly #events: EventList;
  readonly #bios: QueuedBios;
  readonly #table = new SlotTable(MOST_OPEN, DOUBLES);
  /** Requests that found no room: nobody waits for their completion. */
  #overflow = 0;
  #requeued = 0;
  readonly #addedOf = new Float64Array(MOST_DEVICES);
  readonly #completedOf = new Float64Array(MOST_DEVICES);

  constructor(out: TraceBuilder, events: EventList, bios: QueuedBios) {
    this.#out = out;
    this.#events = events;
    this.#bios = bios;
  }

  /** Requests that are not complete. Where none of a device that only queues is, its completions were not traced. */
  open(layerOf: Uint8Array): number {
    let open = this.#overflow;
    for (let device = 0; device < MOST_DEVICES; device++)
      if (this.#completedOf[device]! > 0 || layerOf[device] === LAYER.issues)
        open += this.#addedOf[device]! - this.#completedOf[device]!;
    return open;
  }

  /** Keeps the request that an event begins, with the bios that it took up; the row before the builder's next is its. */
  add(i: number, key: number, hash: number, flags: number, bios: Collected): void {
    const placeless = isPlaceless(key);
    const slot = this.#table.insert(placeless ? hashOf(key, 0) : hash);
    if (slot < 0) {
      this.#overflow++;
      this.#bios.forget(bios.first);
      return;
    }
    this.#addedOf[deviceOf(key)]!++;
    const { ints, doubles } = this.#table;
    const { doubles: eventDoubles } = this.#events;
    const int = slot * INTS;
    const double = slot * DOUBLES;
    const offset = eventDoubles[i * EVENT_DOUBLE + EVENT_OFFSET]!;
    const length = eventDoubles[i * EVENT_DOUBLE + EVENT_LENGTH]!;
    ints[int + INT.key] = key;
    ints[int + INT.flags] = flags;
    ints[int + INT.error] = 0;
    ints[int + INT.requeued] = 0;
    ints[int + INT.firstBio] = bios.first;
    ints[int + INT.process] = bios.process;
    doubles[double + DOUBLE.row] = this.#out.rows - 1;
    doubles[double + DOUBLE.place] = placeless ? 0 : offset;
    doubles[double + DOUBLE.offset] = offset;
    doubles[double + DOUBLE.length] = length;
    doubles[double + DOUBLE.remaining] = length;
    doubles[double + DOUBLE.queueNs] = bios.queueNs;
    doubles[double + DOUBLE.getRequestNs] = bios.getRequestNs;
    doubles[double + DOUBLE.insertNs] = bios.insertNs;
    doubles[double + DOUBLE.issueNs] = eventDoubles[i * EVENT_DOUBLE + EVENT_TIME]!;
  }

  /** The oldest open request that exactly this completes, or -1. */
  find(i: number, key: number, hash: number): number {
    return this.#exact(i, key, hash, 0);
  }

  /** When the latest open request that begins here was queued; NaN where there is none. */
  queuedAt(key: number, offset: number): number {
    const { ints, doubles } = this.#table;
    const place = isPlaceless(key) ? 0 : offset;
    let queueNs = Number.NaN;
    for (let slot = this.#table.first(hashOf(key, place)); slot >= 0; slot = this.#table.after(slot))
      if (doubles[slot * DOUBLES + DOUBLE.place] === place && ints[slot * INTS + INT.key] === key)
        queueNs = doubles[slot * DOUBLES + DOUBLE.queueNs]!;
    return queueNs;
  }

  /** The oldest open request that begins here and of which this completes a part, or -1. */
  findLonger(i: number, key: number, hash: number): number {
    const { ints, doubles } = this.#table;
    const { doubles: eventDoubles } = this.#events;
    const placeless = isPlaceless(key);
    const place = placeless ? 0 : eventDoubles[i * EVENT_DOUBLE + EVENT_OFFSET]!;
    const length = eventDoubles[i * EVENT_DOUBLE + EVENT_LENGTH]!;
    let slot = this.#table.first(placeless ? hashOf(key, 0) : hash);
    while (
      slot >= 0 &&
      !(
        doubles[slot * DOUBLES + DOUBLE.place] === place &&
        doubles[slot * DOUBLES + DOUBLE.remaining]! > length &&
        ints[slot * INTS + INT.key] === key &&
        ints[slot * INTS + INT.requeued] === 0
      )
    )
      slot = this.#table.after(slot);
    return slot;
  }

  /** Some bytes at the request's start are complete: the rest is what stays open. */
  advance(i: number, slot: number): void {
    const { ints, doubles } = this.#table;
    const { ints: eventInts, doubles: eventDoubles } = this.#events;
    const double = slot * DOUBLES;
    const error = eventInts[i * EVENT_INT + EVENT_ERROR]!;
    if (error !== 0) ints[slot * INTS + INT.error] = error;
    const remaining = doubles[double + DOUBLE.remaining]! - eventDoubles[i * EVENT_DOUBLE + EVENT_LENGTH]!;
    const place = doubles[double + DOUBLE.offset]! + doubles[double + DOUBLE.length]! - remaining;
    doubles[double + DOUBLE.remaining] = remaining;
    doubles[double + DOUBLE.place] = place;
    this.#table.unlink(slot);
    this.#table.link(slot, hashOf(ints[slot * INTS + INT.key]!, place));
  }

  requeue(slot: number): void {
    this.#table.ints[slot * INTS + INT.requeued] = 1;
    this.#requeued++;
  }

  /** Takes up a request that was handed back: it is issued again. Says whether there is one. */
  reissue(i: number, key: number, hash: number): boolean {
    if (this.#requeued === 0) return false;
    const slot = this.#exact(i, key, hash, 1);
    if (slot < 0) return false;
    this.#requeued--;
    this.#table.ints[slot * INTS + INT.requeued] = 0;
    this.#table.doubles[slot * DOUBLES + DOUBLE.issueNs] = this.#events.doubles[i * EVENT_DOUBLE + EVENT_TIME]!;
    return true;
  }

  /** The event completes the request, and its bios with it. */
  complete(i: number, slot: number): void {
    const { ints, doubles } = this.#table;
    const int = slot * INTS;
    const double = slot * DOUBLES;
    const key = ints[int + INT.key]!;
    const device = deviceOf(key);
    this.#completedOf[device]!++;
    const op = opOf(key);
    const row = doubles[double + DOUBLE.row]!;
    const length = doubles[double + DOUBLE.length]!;
    const queueNs = doubles[double + DOUBLE.queueNs]!;
    const issueNs = doubles[double + DOUBLE.issueNs]!;
    const firstBio = ints[int + INT.firstBio]!;
    const error = this.#events.ints[i * EVENT_INT + EVENT_ERROR]!;
    const completeNs = this.#events.doubles[i * EVENT_DOUBLE + EVENT_TIME]!;
    const batch = this.#out.completionsWithRoom();
    const { originNs } = this.#out;
    const at = batch.length++;
    batch.row[at] = row;
    batch.op[at] = op;
    batch.flags[at] = ints[int + INT.flags]!;
    batch.device[at] = device;
    batch.offsetBytes[at] = doubles[double + DOUBLE.offset]!;
    batch.lengthBytes[at] = length;
    batch.queueNs[at] = queueNs - originNs;
    batch.getRequestNs[at] = doubles[double + DOUBLE.getRequestNs]! - originNs;
    batch.insertNs[at] = doubles[double + DOUBLE.insertNs]! - originNs;
    batch.issueNs[at] = issueNs - originNs;
    batch.completeNs[at] = completeNs < issueNs ? this.#out.implausible() : completeNs - originNs;
    batch.error[at] = error !== 0 ? error : ints[int + INT.error]!;
    if (firstBio >= 0) {
      const { carrier } = this.#bios;
      carrier[CARRIER_ROW] = row;
      carrier[CARRIER_ISSUE] = issueNs;
      carrier[CARRIER_COMPLETE] = completeNs;
      this.#bios.complete(firstBio, device, op);
    } else if (firstBio === BIO_ITSELF && length > 0)
      this.#out.bio(row, op, device, length, queueNs, NaN, NaN, NaN, NaN, completeNs, NaN, ints[int + INT.process]!);
    this.#table.unlink(slot);
    this.#table.free(slot);
  }

  #exact(i: number, key: number, hash: number, requeued: number): number {
    const { ints, doubles } = this.#table;
    const { doubles: eventDoubles } = this.#events;
    const placeless = isPlaceless(key);
    const place = placeless ? 0 : eventDoubles[i * EVENT_DOUBLE + EVENT_OFFSET]!;
    const length = eventDoubles[i * EVENT_DOUBLE + EVENT_LENGTH]!;
    let slot = this.#table.first(placeless ? hashOf(key, 0) : hash);
    while (
      slot >= 0 &&
      !(
        doubles[slot * DOUBLES + DOUBLE.place] === place &&
        doubles[slot * DOUBLES + DOUBLE.remaining] === length &&
        ints[slot * INTS + INT.key] === key &&
        ints[slot * INTS + INT.requeued] === requeued
      )
    )
      slot = this.#table.after(slot);
    return slot;
  }
}
