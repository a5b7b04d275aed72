import type { TraceBuilder } from "../../model/builder.ts";
import { SlotTable } from "./slotTable.ts";

const MOST_BIOS = 1 << 20;
const NONE = -1;
/** Instead of a first bio: the request is the bio, on a device that does not issue. */
export const ITSELF = -2;

/** The numbers of a bio, behind those of the table; `nextBio` is the next one of the same request. */
const DOUBLES = 10;
const INTS = DOUBLES * 2;
const INT = { flags: 4, nextBio: 5, process: 18 } as const;
const DOUBLE = { length: 3, queueNs: 4, getRequestNs: 5, insertNs: 6, mergeNs: 7, sleepNs: 8 } as const;

/** The bios of one request, oldest facts first; refilled by every `collect`. */
export interface Collected {
  /** Slot of the first by address, -1 for none, or ITSELF. */
  first: number;
  count: number;
  flags: number;
  /** Who queued it, where the request is the bio itself. */
  process: number;
  /** Times of the bio that was queued first. */
  queueNs: number;
  getRequestNs: number;
  insertNs: number;
}

/** Bios between their arrival and the completion of the request that carries them. */
export class QueuedBios {
  readonly #out: TraceBuilder;
  readonly #table = new SlotTable(MOST_BIOS, DOUBLES);
  readonly #collected: Collected = {
    first: NONE,
    count: 0,
    flags: 0,
    process: 0,
    queueNs: Number.NaN,
    getRequestNs: Number.NaN,
    insertNs: Number.NaN,
  };
  /** Bios that found no room. */
  #overflow = 0;
  #attached = 0;

  constructor(out: TraceBuilder) {
    this.#out = out;
  }

  /** Bios that no request has taken up. */
  get waiting(): number {
    return this.#table.size - this.#attached + this.#overflow;
  }

  queue(key: number, offset: number, length: number, flags: number, timeNs: number, process: number): void {
    const slot = this.#table.insert(key, offset);
    if (slot < 0) {
      this.#overflow++;
      return;
    }
    const { ints, doubles } = this.#table;
    const double = slot * DOUBLES;
    ints[slot * INTS + INT.flags] = flags;
    ints[slot * INTS + INT.process] = process;
    doubles[double + DOUBLE.length] = length;
    doubles[double + DOUBLE.queueNs] = timeNs;
    doubles[double + DOUBLE.getRequestNs] = Number.NaN;
    doubles[double + DOUBLE.insertNs] = Number.NaN;
    doubles[double + DOUBLE.mergeNs] = Number.NaN;
    doubles[double + DOUBLE.sleepNs] = Number.NaN;
  }

  /** A bio waits for a free request; the first time counts. */
  sleep(key: number, offset: number, length: number, timeNs: number): void {
    const slot = this.#fresh(key, offset, length);
    if (slot < 0) return;
    const at = slot * DOUBLES + DOUBLE.sleepNs;
    if (Number.isNaN(this.#table.doubles[at]!)) this.#table.doubles[at] = timeNs;
  }

  /** A request was allocated for a bio. */
  getRequest(key: number, offset: number, length: number, timeNs: number): void {
    const slot = this.#fresh(key, offset, length);
    if (slot >= 0) this.#table.doubles[slot * DOUBLES + DOUBLE.getRequestNs] = timeNs;
  }

  /** A bio was merged. Merges of whole requests find no fresh bio: theirs have their times. */
  merge(key: number, offset: number, length: number, timeNs: number): void {
    const slot = this.#fresh(key, offset, length);
    if (slot >= 0) this.#table.doubles[slot * DOUBLES + DOUBLE.mergeNs] = timeNs;
  }

  /** A request was inserted: the bios that made it were, the merged ones came later or went along. */
  insert(key: number, offset: number, length: number, timeNs: number): void {
    const { doubles } = this.#table;
    const end = offset + length;
    let at = offset;
    while (at < end) {
      const slot = this.#uninserted(key, at, end - at);
      if (slot < 0) return;
      const double = slot * DOUBLES;
      if (Number.isNaN(doubles[double + DOUBLE.mergeNs]!)) doubles[double + DOUBLE.insertNs] = timeNs;
      at += doubles[double + DOUBLE.length]!;
    }
  }

  /** A bio was cut at `cut`: two bios from now on. */
  split(key: number, offset: number, cut: number): void {
    const { ints, doubles } = this.#table;
    let slot = this.#table.first(key, offset);
    while (slot >= 0 && offset + doubles[slot * DOUBLES + DOUBLE.length]! <= cut) slot = this.#table.after(slot);
    if (slot < 0 || cut <= offset) return;
    const double = slot * DOUBLES;
    const rest = offset + doubles[double + DOUBLE.length]! - cut;
    doubles[double + DOUBLE.length] = cut - offset;
    const int = slot * INTS;
    this.queue(key, cut, rest, ints[int + INT.flags]!, doubles[double + DOUBLE.queueNs]!, ints[int + INT.process]!);
  }

  /** Takes the bios of a request off the queue. */
  collect(key: number, offset: number, length: number): Collected {
    const collected = this.#collectNone(NONE, Number.NaN);
    if (this.#table.size === this.#attached) return collected;
    const { ints, doubles } = this.#table;
    const end = offset + length;
    let at = offset;
    let last = NONE;
    while (at < end) {
      const slot = this.#fitting(key, at, end - at);
      if (slot < 0) break;
      this.#table.unlink(slot);
      ints[slot * INTS + INT.nextBio] = NONE;
      if (last < 0) collected.first = slot;
      else ints[last * INTS + INT.nextBio] = slot;
      last = slot;
      this.#attach(slot);
      at += doubles[slot * DOUBLES + DOUBLE.length]!;
    }
    return collected;
  }

  /** What stands for the bios of a request that is one itself. */
  itself(queueNs: number, process: number): Collected {
    const collected = this.#collectNone(ITSELF, queueNs);
    collected.process = process;
    return collected;
  }

  #collectNone(first: number, queueNs: number): Collected {
    const collected = this.#collected;
    collected.first = first;
    collected.count = 0;
    collected.flags = 0;
    collected.process = 0;
    collected.queueNs = queueNs;
    collected.getRequestNs = Number.NaN;
    collected.insertNs = Number.NaN;
    return collected;
  }

  /** Forgets a bio that ended without having been issued; says whether there was one. */
  drop(key: number, offset: number, length: number): boolean {
    const { doubles } = this.#table;
    let slot = this.#table.first(key, offset);
    while (slot >= 0 && doubles[slot * DOUBLES + DOUBLE.length] !== length) slot = this.#table.after(slot);
    if (slot < 0) return false;
    this.#table.unlink(slot);
    this.#table.free(slot);
    return true;
  }

  /** The request that took up these bios is complete. */
  complete(first: number, row: number, device: number, op: number, issueNs: number, completeNs: number): void {
    const { ints, doubles } = this.#table;
    for (let bio = first; bio >= 0; bio = this.#release(bio)) {
      const double = bio * DOUBLES;
      const batch = this.#out.biosWithRoom();
      const i = batch.length;
      batch.row[i] = row;
      batch.op[i] = op;
      batch.device[i] = device;
      batch.process[i] = ints[bio * INTS + INT.process]!;
      batch.lengthBytes[i] = doubles[double + DOUBLE.length]!;
      batch.queueNs[i] = doubles[double + DOUBLE.queueNs]!;
      batch.sleepNs[i] = doubles[double + DOUBLE.sleepNs]!;
      batch.getRequestNs[i] = doubles[double + DOUBLE.getRequestNs]!;
      batch.insertNs[i] = doubles[double + DOUBLE.insertNs]!;
      batch.mergeNs[i] = doubles[double + DOUBLE.mergeNs]!;
      batch.issueNs[i] = issueNs;
      batch.completeNs[i] = completeNs;
      this.#out.takeBio();
    }
  }

  /** Forgets the bios of a request. */
  forget(first: number): void {
    for (let bio = first; bio >= 0; bio = this.#release(bio));
  }

  /** Gives the slot of a collected bio back; gives the next one of its request. */
  #release(bio: number): number {
    const next = this.#table.ints[bio * INTS + INT.nextBio]!;
    this.#attached--;
    this.#table.free(bio);
    return next;
  }

  #attach(slot: number): void {
    const collected = this.#collected;
    const { ints, doubles } = this.#table;
    const double = slot * DOUBLES;
    this.#attached++;
    collected.count++;
    collected.flags |= ints[slot * INTS + INT.flags]!;
    if (doubles[double + DOUBLE.queueNs]! >= collected.queueNs) return;
    collected.queueNs = doubles[double + DOUBLE.queueNs]!;
    collected.getRequestNs = doubles[double + DOUBLE.getRequestNs]!;
    collected.insertNs = doubles[double + DOUBLE.insertNs]!;
  }

  /** The oldest bio of exactly this range that was neither merged nor given a request. */
  #fresh(key: number, offset: number, length: number): number {
    const { doubles } = this.#table;
    for (let slot = this.#table.first(key, offset); slot >= 0; slot = this.#table.after(slot)) {
      const double = slot * DOUBLES;
      if (
        doubles[double + DOUBLE.length] === length &&
        Number.isNaN(doubles[double + DOUBLE.getRequestNs]!) &&
        Number.isNaN(doubles[double + DOUBLE.mergeNs]!)
      )
        return slot;
    }
    return NONE;
  }

  #uninserted(key: number, offset: number, most: number): number {
    const { doubles } = this.#table;
    for (let slot = this.#table.first(key, offset); slot >= 0; slot = this.#table.after(slot)) {
      const double = slot * DOUBLES;
      if (doubles[double + DOUBLE.length]! <= most && Number.isNaN(doubles[double + DOUBLE.insertNs]!)) return slot;
    }
    return NONE;
  }

  /** The oldest bio that fills the range, else the oldest that fits into it. */
  #fitting(key: number, offset: number, most: number): number {
    const { doubles } = this.#table;
    let fitting = NONE;
    for (let slot = this.#table.first(key, offset); slot >= 0; slot = this.#table.after(slot)) {
      const length = doubles[slot * DOUBLES + DOUBLE.length]!;
      if (length === most) return slot;
      if (fitting < 0 && length < most) fitting = slot;
    }
    return fitting;
  }
}
