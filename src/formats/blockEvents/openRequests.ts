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
import { CGROUP_SHIFT, deviceOf, FLAGS_MASK, opOf, REQUEST_DOUBLES, REQUEST_INTS, REQUEST_SLOT } from "./slots.ts";
import { hashOf, SlotTable } from "./slotTable.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const { flush: FLUSH, zoneAppend: ZONE_APPEND } = OP_CODE;
const BIO_ITSELF = ITSELF;
const [ABOVE_FLAGS, FLAGS] = [CGROUP_SHIFT, FLAGS_MASK];
const [INTS, DOUBLES, SLOT] = [REQUEST_INTS, REQUEST_DOUBLES, REQUEST_SLOT];
const [EVENT_INT, EVENT_DOUBLE] = [EVENT_INTS, EVENT_DOUBLES];
const { error: EVENT_ERROR } = EVENT_INT_FIELDS;
const { offset: EVENT_OFFSET, length: EVENT_LENGTH, timeNs: EVENT_TIME } = EVENT_DOUBLE_FIELDS;
const { row: CARRIER_ROW, issueNs: CARRIER_ISSUE, completeNs: CARRIER_COMPLETE } = CARRIER;

const MOST_OPEN = 1 << 20;
const MOST_DEVICES = 4096;

/**
 * A flush has no place (ftrace: 0 when issued, 2^64-1 when complete); a zone append is issued at its zone's start
 * and completes where it was written.
 */
function isPlaceless(key: number): boolean {
  const op = opOf(key);
  return op === FLUSH || op === ZONE_APPEND;
}

/**
 * Requests between their issue and their completion. What happens to them comes as the number of an event, its
 * pairing key, and the hash of that key and the event's offset.
 */
export class OpenRequests {
  readonly #out: TraceBuilder;
  readonly #events: EventList;
  readonly #bios: QueuedBios;
  readonly table: SlotTable = new SlotTable(MOST_OPEN, DOUBLES);
  /** Requests that found no room: nobody waits for their completion. */
  #overflow = 0;
  /** Requests that the driver has handed back. */
  requeued = 0;
  readonly addedOf: Float64Array = new Float64Array(MOST_DEVICES);
  readonly completedOf: Float64Array = new Float64Array(MOST_DEVICES);

  constructor(out: TraceBuilder, events: EventList, bios: QueuedBios) {
    this.#out = out;
    this.#events = events;
    this.#bios = bios;
  }

  /** Requests that are not complete. Where none of a device that only queues is, its completions were not traced. */
  open(layerOf: Uint8Array): number {
    let open = this.#overflow;
    for (let device = 0; device < MOST_DEVICES; device++)
      if (this.completedOf[device]! > 0 || layerOf[device] === LAYER.issues)
        open += this.addedOf[device]! - this.completedOf[device]!;
    return open;
  }

  /** Keeps the request that an event begins, with the bios that it took up; the row before the builder's next is its. */
  add(i: number, key: number, hash: number, flags: number, bios: Collected): void {
    const placeless = isPlaceless(key);
    const slot = this.table.insert(placeless ? hashOf(key, 0) : hash);
    if (slot < 0) {
      this.#overflow++;
      this.#bios.forget(bios.first);
      return;
    }
    this.addedOf[deviceOf(key)]!++;
    const { ints, doubles } = this.table;
    const { doubles: eventDoubles } = this.#events;
    const int = slot * INTS;
    const double = slot * DOUBLES;
    const offset = eventDoubles[i * EVENT_DOUBLE + EVENT_OFFSET]!;
    const length = eventDoubles[i * EVENT_DOUBLE + EVENT_LENGTH]!;
    ints[int + SLOT.key] = key;
    ints[int + SLOT.flags] = flags | (bios.cgroup << ABOVE_FLAGS);
    ints[int + SLOT.error] = 0;
    ints[int + SLOT.requeued] = 0;
    ints[int + SLOT.firstBio] = bios.first;
    ints[int + SLOT.process] = bios.process;
    doubles[double + SLOT.row] = this.#out.rows - 1;
    doubles[double + SLOT.place] = placeless ? 0 : offset;
    doubles[double + SLOT.offset] = offset;
    doubles[double + SLOT.length] = length;
    doubles[double + SLOT.remaining] = length;
    doubles[double + SLOT.queueNs] = bios.queueNs;
    doubles[double + SLOT.getRequestNs] = bios.getRequestNs;
    doubles[double + SLOT.insertNs] = bios.insertNs;
    doubles[double + SLOT.issueNs] = eventDoubles[i * EVENT_DOUBLE + EVENT_TIME]!;
  }

  /** The oldest open request that exactly this completes, or -1. */
  find(i: number, key: number, hash: number): number {
    return this.#exact(i, key, hash, 0);
  }

  /** When the latest open request that begins here was queued; NaN where there is none. */
  queuedAt(key: number, offset: number): number {
    const { ints, doubles } = this.table;
    const place = isPlaceless(key) ? 0 : offset;
    let queueNs = Number.NaN;
    for (let slot = this.table.first(hashOf(key, place)); slot >= 0; slot = this.table.after(slot))
      if (doubles[slot * DOUBLES + SLOT.place] === place && ints[slot * INTS + SLOT.key] === key)
        queueNs = doubles[slot * DOUBLES + SLOT.queueNs]!;
    return queueNs;
  }

  /** The oldest open request that begins here and of which this completes a part, or -1. */
  findLonger(i: number, key: number, hash: number): number {
    const { ints, doubles } = this.table;
    const { doubles: eventDoubles } = this.#events;
    const placeless = isPlaceless(key);
    const place = placeless ? 0 : eventDoubles[i * EVENT_DOUBLE + EVENT_OFFSET]!;
    const length = eventDoubles[i * EVENT_DOUBLE + EVENT_LENGTH]!;
    let slot = this.table.first(placeless ? hashOf(key, 0) : hash);
    while (
      slot >= 0 &&
      !(
        doubles[slot * DOUBLES + SLOT.place] === place &&
        doubles[slot * DOUBLES + SLOT.remaining]! > length &&
        ints[slot * INTS + SLOT.key] === key &&
        ints[slot * INTS + SLOT.requeued] === 0
      )
    )
      slot = this.table.after(slot);
    return slot;
  }

  /** Some bytes at the request's start are complete: the rest is what stays open. */
  advance(i: number, slot: number): void {
    const { ints, doubles } = this.table;
    const { ints: eventInts, doubles: eventDoubles } = this.#events;
    const double = slot * DOUBLES;
    const error = eventInts[i * EVENT_INT + EVENT_ERROR]!;
    if (error !== 0) ints[slot * INTS + SLOT.error] = error;
    const remaining = doubles[double + SLOT.remaining]! - eventDoubles[i * EVENT_DOUBLE + EVENT_LENGTH]!;
    const place = doubles[double + SLOT.offset]! + doubles[double + SLOT.length]! - remaining;
    doubles[double + SLOT.remaining] = remaining;
    doubles[double + SLOT.place] = place;
    this.table.unlink(slot);
    this.table.link(slot, hashOf(ints[slot * INTS + SLOT.key]!, place));
  }

  requeue(slot: number): void {
    this.table.ints[slot * INTS + SLOT.requeued] = 1;
    this.requeued++;
  }

  /** Takes up a request that was handed back: it is issued again. Says whether there is one. */
  reissue(i: number, key: number, hash: number): boolean {
    if (this.requeued === 0) return false;
    const slot = this.#exact(i, key, hash, 1);
    if (slot < 0) return false;
    this.requeued--;
    this.table.ints[slot * INTS + SLOT.requeued] = 0;
    this.table.doubles[slot * DOUBLES + SLOT.issueNs] = this.#events.doubles[i * EVENT_DOUBLE + EVENT_TIME]!;
    return true;
  }

  /** The event completes the request, and its bios with it. */
  complete(i: number, slot: number): void {
    const { ints, doubles } = this.table;
    const int = slot * INTS;
    const double = slot * DOUBLES;
    const key = ints[int + SLOT.key]!;
    const device = deviceOf(key);
    this.completedOf[device]!++;
    const op = opOf(key);
    const row = doubles[double + SLOT.row]!;
    const length = doubles[double + SLOT.length]!;
    const queueNs = doubles[double + SLOT.queueNs]!;
    const issueNs = doubles[double + SLOT.issueNs]!;
    const firstBio = ints[int + SLOT.firstBio]!;
    const error = this.#events.ints[i * EVENT_INT + EVENT_ERROR]!;
    const completeNs = this.#events.doubles[i * EVENT_DOUBLE + EVENT_TIME]!;
    const batch = this.#out.completionsWithRoom();
    const { originNs } = this.#out;
    const at = batch.length++;
    batch.row[at] = row;
    batch.op[at] = op;
    const flags = ints[int + SLOT.flags]!;
    batch.flags[at] = flags & FLAGS;
    batch.device[at] = device;
    batch.offsetBytes[at] = doubles[double + SLOT.offset]!;
    batch.lengthBytes[at] = length;
    batch.queueNs[at] = queueNs - originNs;
    batch.getRequestNs[at] = doubles[double + SLOT.getRequestNs]! - originNs;
    batch.insertNs[at] = doubles[double + SLOT.insertNs]! - originNs;
    batch.issueNs[at] = issueNs - originNs;
    batch.completeNs[at] = completeNs < issueNs ? this.#out.implausible() : completeNs - originNs;
    batch.error[at] = error !== 0 ? error : ints[int + SLOT.error]!;
    if (firstBio >= 0) {
      const { carrier } = this.#bios;
      carrier[CARRIER_ROW] = row;
      carrier[CARRIER_ISSUE] = issueNs;
      carrier[CARRIER_COMPLETE] = completeNs;
      this.#bios.complete(firstBio, device, op);
    } else if (firstBio === BIO_ITSELF && length > 0) {
      const process = ints[int + SLOT.process]!;
      const cgroup = flags >>> ABOVE_FLAGS;
      this.#out.bio(row, op, device, length, queueNs, NaN, NaN, NaN, NaN, completeNs, NaN, process, cgroup);
    }
    this.table.unlink(slot);
    this.table.free(slot);
  }

  #exact(i: number, key: number, hash: number, requeued: number): number {
    const { ints, doubles } = this.table;
    const { doubles: eventDoubles } = this.#events;
    const placeless = isPlaceless(key);
    const place = placeless ? 0 : eventDoubles[i * EVENT_DOUBLE + EVENT_OFFSET]!;
    const length = eventDoubles[i * EVENT_DOUBLE + EVENT_LENGTH]!;
    let slot = this.table.first(placeless ? hashOf(key, 0) : hash);
    while (
      slot >= 0 &&
      !(
        doubles[slot * DOUBLES + SLOT.place] === place &&
        doubles[slot * DOUBLES + SLOT.remaining] === length &&
        ints[slot * INTS + SLOT.key] === key &&
        ints[slot * INTS + SLOT.requeued] === requeued
      )
    )
      slot = this.table.after(slot);
    return slot;
  }
}
