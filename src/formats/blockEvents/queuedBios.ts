import type { TraceBuilder } from "../../model/builder.ts";
import {
  DOUBLE as EVENT_DOUBLE_FIELDS,
  EVENT_DOUBLES,
  INT as EVENT_INT_FIELDS,
  EVENT_INTS,
  type EventList,
} from "./eventList.ts";
import { BIO_DOUBLES, BIO_INTS, BIO_SLOT, CGROUP_SHIFT, FLAGS_MASK } from "./slots.ts";
import { hashOf, SlotTable } from "./slotTable.ts";

const MOST_BIOS = 1 << 20;
const NONE = -1;
/** Instead of a first bio: the request is the bio, on a device that does not issue. */
export const ITSELF = -2;

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const [INTS, DOUBLES, SLOT] = [BIO_INTS, BIO_DOUBLES, BIO_SLOT];
const [ABOVE_FLAGS, FLAGS] = [CGROUP_SHIFT, FLAGS_MASK];
const [EVENT_INT, EVENT_DOUBLE] = [EVENT_INTS, EVENT_DOUBLES];
const { flags: EVENT_FLAGS, process: EVENT_PROCESS, cgroup: EVENT_CGROUP } = EVENT_INT_FIELDS;
const { offset: EVENT_OFFSET, length: EVENT_LENGTH, timeNs: EVENT_TIME, extra: EVENT_EXTRA } = EVENT_DOUBLE_FIELDS;

/** Places in `carrier`. */
export const CARRIER = { row: 0, issueNs: 1, completeNs: 2 } as const;

/** The bios of one request, oldest facts first; refilled by every `collect`. */
export interface Collected {
  /** Slot of the first by address, -1 for none, or ITSELF. */
  first: number;
  count: number;
  flags: number;
  /** Who queued it and whose cgroup was charged, where the request is the bio itself. */
  process: number;
  cgroup: number;
  /** Times of the bio that was queued first. */
  queueNs: number;
  getRequestNs: number;
  insertNs: number;
}

/**
 * Bios between their arrival and the completion of the request that carries them. What happens to them comes as the
 * number of an event, its pairing key, and the hash of that key and the event's offset.
 */
export class QueuedBios {
  readonly #out: TraceBuilder;
  readonly #events: EventList;
  readonly table: SlotTable = new SlotTable(MOST_BIOS, DOUBLES);
  /** The request whose bios are complete, for `complete`. */
  readonly carrier: Float64Array = new Float64Array(3);
  readonly #collected: Collected = {
    first: NONE,
    count: 0,
    flags: 0,
    process: 0,
    cgroup: 0,
    queueNs: Number.NaN,
    getRequestNs: Number.NaN,
    insertNs: Number.NaN,
  };
  /** Bios that found no room. */
  #overflow = 0;
  /** Bios that a request has taken up. */
  attached = 0;

  constructor(out: TraceBuilder, events: EventList) {
    this.#out = out;
    this.#events = events;
  }

  /** Bios that no request has taken up. */
  get waiting(): number {
    return this.table.size - this.attached + this.#overflow;
  }

  queue(i: number, key: number, hash: number): void {
    const slot = this.table.insert(hash);
    if (slot < 0) {
      this.#overflow++;
      return;
    }
    const { ints: eventInts, doubles: eventDoubles } = this.#events;
    const { ints, doubles } = this.table;
    const event = i * EVENT_DOUBLE;
    const eventInt = i * EVENT_INT;
    const int = slot * INTS;
    const double = slot * DOUBLES;
    ints[int + SLOT.key] = key;
    ints[int + SLOT.flags] = eventInts[eventInt + EVENT_FLAGS]! | (eventInts[eventInt + EVENT_CGROUP]! << ABOVE_FLAGS);
    ints[int + SLOT.process] = eventInts[eventInt + EVENT_PROCESS]!;
    doubles[double + SLOT.place] = eventDoubles[event + EVENT_OFFSET]!;
    doubles[double + SLOT.length] = eventDoubles[event + EVENT_LENGTH]!;
    doubles[double + SLOT.queueNs] = eventDoubles[event + EVENT_TIME]!;
    doubles[double + SLOT.getRequestNs] = Number.NaN;
    doubles[double + SLOT.insertNs] = Number.NaN;
    doubles[double + SLOT.mergeNs] = Number.NaN;
    doubles[double + SLOT.sleepNs] = Number.NaN;
  }

  /** A bio waits for a free request; the first time counts. */
  sleep(i: number, key: number, hash: number): void {
    const slot = this.#fresh(i, key, hash);
    if (slot < 0) return;
    const at = slot * DOUBLES + SLOT.sleepNs;
    if (Number.isNaN(this.table.doubles[at]!)) this.table.doubles[at] = this.#timeNs(i);
  }

  /** A request was allocated for a bio. */
  getRequest(i: number, key: number, hash: number): void {
    const slot = this.#fresh(i, key, hash);
    if (slot >= 0) this.table.doubles[slot * DOUBLES + SLOT.getRequestNs] = this.#timeNs(i);
  }

  /** A bio was merged. Merges of whole requests find no fresh bio: theirs have their times. */
  merge(i: number, key: number, hash: number): void {
    const slot = this.#fresh(i, key, hash);
    if (slot >= 0) this.table.doubles[slot * DOUBLES + SLOT.mergeNs] = this.#timeNs(i);
  }

  /** A request was inserted: the bios that made it were, the merged ones came later or went along. */
  insert(i: number, key: number): void {
    const { doubles } = this.table;
    const timeNs = this.#timeNs(i);
    let at = this.#events.doubles[i * EVENT_DOUBLE + EVENT_OFFSET]!;
    const end = at + this.#events.doubles[i * EVENT_DOUBLE + EVENT_LENGTH]!;
    while (at < end) {
      const slot = this.#uninserted(key, at, end - at);
      if (slot < 0) return;
      const double = slot * DOUBLES;
      if (Number.isNaN(doubles[double + SLOT.mergeNs]!)) doubles[double + SLOT.insertNs] = timeNs;
      at += doubles[double + SLOT.length]!;
    }
  }

  /** A bio was cut where the event's `extra` says: two bios from now on. */
  split(i: number, key: number, hash: number): void {
    const { doubles: eventDoubles } = this.#events;
    const offset = eventDoubles[i * EVENT_DOUBLE + EVENT_OFFSET]!;
    const cut = eventDoubles[i * EVENT_DOUBLE + EVENT_EXTRA]!;
    let slot = this.#first(key, offset, hash);
    while (slot >= 0 && offset + this.table.doubles[slot * DOUBLES + SLOT.length]! <= cut)
      slot = this.#matching(this.table.after(slot), key, offset);
    if (slot >= 0 && cut > offset) this.#cut(slot, cut - offset);
  }

  /** Leaves a bio its first bytes; the rest becomes a bio of its own, as old. */
  #cut(slot: number, bytes: number): void {
    const key = this.table.ints[slot * INTS + SLOT.key]!;
    const place = this.table.doubles[slot * DOUBLES + SLOT.place]! + bytes;
    const rest = this.table.insert(hashOf(key, place));
    const { ints, doubles } = this.table;
    const double = slot * DOUBLES;
    const length = doubles[double + SLOT.length]!;
    doubles[double + SLOT.length] = bytes;
    if (rest < 0) {
      this.#overflow++;
      return;
    }
    ints[rest * INTS + SLOT.key] = key;
    ints[rest * INTS + SLOT.flags] = ints[slot * INTS + SLOT.flags]!;
    ints[rest * INTS + SLOT.process] = ints[slot * INTS + SLOT.process]!;
    doubles.fill(Number.NaN, rest * DOUBLES + SLOT.getRequestNs, (rest + 1) * DOUBLES);
    doubles[rest * DOUBLES + SLOT.place] = place;
    doubles[rest * DOUBLES + SLOT.length] = length - bytes;
    doubles[rest * DOUBLES + SLOT.queueNs] = doubles[double + SLOT.queueNs]!;
  }

  /** Takes the bios of a request off the queue. */
  collect(i: number, key: number, hash: number): Collected {
    const collected = this.#collectNone(NONE, Number.NaN);
    if (this.table.size === this.attached) return collected;
    const { ints, doubles } = this.table;
    const { doubles: eventDoubles } = this.#events;
    let at = eventDoubles[i * EVENT_DOUBLE + EVENT_OFFSET]!;
    const end = at + eventDoubles[i * EVENT_DOUBLE + EVENT_LENGTH]!;
    let last = NONE;
    while (at < end) {
      const slot = this.#fitting(key, at, end - at, last < 0 ? hash : hashOf(key, at));
      if (slot < 0) break;
      this.table.unlink(slot);
      ints[slot * INTS + SLOT.nextBio] = NONE;
      if (last < 0) collected.first = slot;
      else ints[last * INTS + SLOT.nextBio] = slot;
      last = slot;
      this.#attach(slot);
      at += doubles[slot * DOUBLES + SLOT.length]!;
    }
    return collected;
  }

  /** What stands for the bios of a request that is one itself. */
  itself(i: number): Collected {
    const collected = this.#collectNone(ITSELF, this.#timeNs(i));
    collected.process = this.#events.ints[i * EVENT_INT + EVENT_PROCESS]!;
    collected.cgroup = this.#events.ints[i * EVENT_INT + EVENT_CGROUP]!;
    return collected;
  }

  #collectNone(first: number, queueNs: number): Collected {
    const collected = this.#collected;
    collected.first = first;
    collected.count = 0;
    collected.flags = 0;
    collected.process = 0;
    collected.cgroup = 0;
    collected.queueNs = queueNs;
    collected.getRequestNs = Number.NaN;
    collected.insertNs = Number.NaN;
    return collected;
  }

  /** Forgets a bio that ended without having been issued; says whether there was one. */
  drop(i: number, key: number, hash: number): boolean {
    const { doubles } = this.table;
    const { doubles: eventDoubles } = this.#events;
    const offset = eventDoubles[i * EVENT_DOUBLE + EVENT_OFFSET]!;
    const length = eventDoubles[i * EVENT_DOUBLE + EVENT_LENGTH]!;
    let slot = this.#first(key, offset, hash);
    while (slot >= 0 && doubles[slot * DOUBLES + SLOT.length] !== length)
      slot = this.#matching(this.table.after(slot), key, offset);
    if (slot < 0) return false;
    this.table.unlink(slot);
    this.table.free(slot);
    return true;
  }

  /** The request that took up these bios is complete: `carrier` says which and when. */
  complete(first: number, device: number, op: number): void {
    const { ints, doubles } = this.table;
    const { originNs } = this.#out;
    const row = this.carrier[CARRIER.row]!;
    const issueNs = this.carrier[CARRIER.issueNs]! - originNs;
    const completeNs = this.carrier[CARRIER.completeNs]! - originNs;
    for (let bio = first; bio >= 0; bio = this.#release(bio)) {
      const double = bio * DOUBLES;
      const batch = this.#out.biosWithRoom();
      const i = batch.length++;
      batch.row[i] = row;
      batch.op[i] = op;
      batch.device[i] = device;
      batch.process[i] = ints[bio * INTS + SLOT.process]!;
      batch.cgroup[i] = ints[bio * INTS + SLOT.flags]! >>> ABOVE_FLAGS;
      batch.lengthBytes[i] = doubles[double + SLOT.length]!;
      batch.queueNs[i] = doubles[double + SLOT.queueNs]! - originNs;
      batch.sleepNs[i] = doubles[double + SLOT.sleepNs]! - originNs;
      batch.getRequestNs[i] = doubles[double + SLOT.getRequestNs]! - originNs;
      batch.insertNs[i] = doubles[double + SLOT.insertNs]! - originNs;
      batch.mergeNs[i] = doubles[double + SLOT.mergeNs]! - originNs;
      batch.issueNs[i] = issueNs;
      batch.completeNs[i] = completeNs;
    }
  }

  /** Forgets the bios of a request. */
  forget(first: number): void {
    for (let bio = first; bio >= 0; bio = this.#release(bio));
  }

  /** Gives the slot of a collected bio back; gives the next one of its request. */
  #release(bio: number): number {
    const next = this.table.ints[bio * INTS + SLOT.nextBio]!;
    this.attached--;
    this.table.free(bio);
    return next;
  }

  #attach(slot: number): void {
    const collected = this.#collected;
    const { ints, doubles } = this.table;
    const double = slot * DOUBLES;
    this.attached++;
    collected.count++;
    collected.flags |= ints[slot * INTS + SLOT.flags]! & FLAGS;
    if (doubles[double + SLOT.queueNs]! >= collected.queueNs) return;
    collected.queueNs = doubles[double + SLOT.queueNs]!;
    collected.getRequestNs = doubles[double + SLOT.getRequestNs]!;
    collected.insertNs = doubles[double + SLOT.insertNs]!;
  }

  #timeNs(i: number): number {
    return this.#events.doubles[i * EVENT_DOUBLE + EVENT_TIME]!;
  }

  /** The oldest bio of exactly the event's range that was neither merged nor given a request. */
  #fresh(i: number, key: number, hash: number): number {
    const { ints, doubles } = this.table;
    const { doubles: eventDoubles } = this.#events;
    const offset = eventDoubles[i * EVENT_DOUBLE + EVENT_OFFSET]!;
    const length = eventDoubles[i * EVENT_DOUBLE + EVENT_LENGTH]!;
    for (let slot = this.table.first(hash); slot >= 0; slot = this.table.after(slot)) {
      const double = slot * DOUBLES;
      if (
        doubles[double + SLOT.place] === offset &&
        doubles[double + SLOT.length] === length &&
        ints[slot * INTS + SLOT.key] === key &&
        Number.isNaN(doubles[double + SLOT.getRequestNs]!) &&
        Number.isNaN(doubles[double + SLOT.mergeNs]!)
      )
        return slot;
    }
    return NONE;
  }

  #uninserted(key: number, offset: number, most: number): number {
    const { doubles } = this.table;
    let slot = this.#first(key, offset, hashOf(key, offset));
    while (
      slot >= 0 &&
      !(doubles[slot * DOUBLES + SLOT.length]! <= most && Number.isNaN(doubles[slot * DOUBLES + SLOT.insertNs]!))
    )
      slot = this.#matching(this.table.after(slot), key, offset);
    return slot;
  }

  /** The oldest bio that fills the range, else the oldest that fits into it. */
  #fitting(key: number, offset: number, most: number, hash: number): number {
    const { ints, doubles } = this.table;
    let fitting = NONE;
    for (let slot = this.table.first(hash); slot >= 0; slot = this.table.after(slot)) {
      if (doubles[slot * DOUBLES + SLOT.place] !== offset || ints[slot * INTS + SLOT.key] !== key) continue;
      const length = doubles[slot * DOUBLES + SLOT.length]!;
      if (length === most) return slot;
      if (fitting < 0 && length < most) fitting = slot;
    }
    return fitting;
  }

  #first(key: number, offset: number, hash: number): number {
    return this.#matching(this.table.first(hash), key, offset);
  }

  /** From a slot on, the first of this key and offset. */
  #matching(from: number, key: number, offset: number): number {
    const { ints, doubles } = this.table;
    let slot = from;
    while (slot >= 0 && (doubles[slot * DOUBLES + SLOT.place] !== offset || ints[slot * INTS + SLOT.key] !== key))
      slot = this.table.after(slot);
    return slot;
  }
}
