import { growColumns } from "../../model/columns.ts";
import { SlotTable } from "./slotTable.ts";

const MOST_BIOS = 1 << 20;
const FIRST_ROOM = 1024;

/** The bios of one request, oldest facts first; refilled by every `collect`. */
export interface Collected {
  /** Slot of the first by address, -1 for none; `next` leads to the others. */
  first: number;
  count: number;
  flags: number;
  /** Times of the bio that was queued first. */
  queueNs: number;
  getRequestNs: number;
  insertNs: number;
}

/** Bios between their arrival and the completion of the request that carries them. */
export class QueuedBios {
  readonly #table = new SlotTable(MOST_BIOS);
  readonly columns = {
    length: new Float64Array(FIRST_ROOM),
    flags: new Uint16Array(FIRST_ROOM),
    queueNs: new Float64Array(FIRST_ROOM),
    getRequestNs: new Float64Array(FIRST_ROOM),
    insertNs: new Float64Array(FIRST_ROOM),
    mergeNs: new Float64Array(FIRST_ROOM),
    /** The next bio of the same request. */
    next: new Int32Array(FIRST_ROOM),
  };
  readonly collected: Collected = {
    first: -1,
    count: 0,
    flags: 0,
    queueNs: Number.NaN,
    getRequestNs: Number.NaN,
    insertNs: Number.NaN,
  };
  /** Bios that found no room. */
  overflow = 0;
  #attached = 0;

  /** Bios that no request has taken up. */
  get waiting(): number {
    return this.#table.size - this.#attached + this.overflow;
  }

  queue(key: number, offset: number, length: number, flags: number, timeNs: number): void {
    this.#add(key, offset, length, flags, timeNs);
  }

  /** A request was allocated for a bio. */
  getRequest(key: number, offset: number, length: number, timeNs: number): void {
    const slot = this.#fresh(key, offset, length);
    if (slot >= 0) this.columns.getRequestNs[slot] = timeNs;
  }

  /** A bio was merged. Merges of whole requests find no fresh bio: theirs have their times. */
  merge(key: number, offset: number, length: number, timeNs: number): void {
    const slot = this.#fresh(key, offset, length);
    if (slot >= 0) this.columns.mergeNs[slot] = timeNs;
  }

  /** A request was inserted: the bios that made it were, the merged ones came later or went along. */
  insert(key: number, offset: number, length: number, timeNs: number): void {
    const { mergeNs, insertNs } = this.columns;
    const end = offset + length;
    let at = offset;
    while (at < end) {
      const slot = this.#uninserted(key, at, end - at);
      if (slot < 0) return;
      if (Number.isNaN(mergeNs[slot]!)) insertNs[slot] = timeNs;
      at += this.columns.length[slot]!;
    }
  }

  /** A bio was cut at `cut`: two bios from now on. */
  split(key: number, offset: number, cut: number): void {
    const { columns } = this;
    let slot = this.#table.first(key, offset);
    while (slot >= 0 && offset + columns.length[slot]! <= cut) slot = this.#table.after(slot);
    if (slot < 0 || cut <= offset) return;
    const rest = offset + columns.length[slot]! - cut;
    columns.length[slot] = cut - offset;
    this.#add(key, cut, rest, columns.flags[slot]!, columns.queueNs[slot]!);
  }

  /** Takes the bios of a request off the queue, into `collected`. */
  collect(key: number, offset: number, length: number): Collected {
    const { collected } = this;
    collected.first = -1;
    collected.count = 0;
    collected.flags = 0;
    collected.queueNs = Number.NaN;
    collected.getRequestNs = Number.NaN;
    collected.insertNs = Number.NaN;
    if (this.#table.size === this.#attached) return collected;
    const end = offset + length;
    let at = offset;
    let last = -1;
    while (at < end) {
      const slot = this.#fitting(key, at, end - at);
      if (slot < 0) break;
      this.#table.unlink(slot);
      if (last < 0) collected.first = slot;
      else this.columns.next[last] = slot;
      last = slot;
      this.columns.next[slot] = -1;
      this.#attach(slot);
      at += this.columns.length[slot]!;
    }
    return collected;
  }

  /** Forgets a bio that ended without having been issued; says whether there was one. */
  drop(key: number, offset: number, length: number): boolean {
    let slot = this.#table.first(key, offset);
    while (slot >= 0 && this.columns.length[slot] !== length) slot = this.#table.after(slot);
    if (slot < 0) return false;
    this.#table.unlink(slot);
    this.#table.free(slot);
    return true;
  }

  /** Gives the slot of a collected bio back. */
  free(slot: number): void {
    this.#attached--;
    this.#table.free(slot);
  }

  #add(key: number, offset: number, length: number, flags: number, queueNs: number): void {
    const slot = this.#table.insert(key, offset);
    if (slot < 0) {
      this.overflow++;
      return;
    }
    const { columns } = this;
    if (slot >= columns.length.length) growColumns(columns);
    columns.length[slot] = length;
    columns.flags[slot] = flags;
    columns.queueNs[slot] = queueNs;
    columns.getRequestNs[slot] = Number.NaN;
    columns.insertNs[slot] = Number.NaN;
    columns.mergeNs[slot] = Number.NaN;
  }

  #attach(slot: number): void {
    const { collected, columns } = this;
    this.#attached++;
    collected.count++;
    collected.flags |= columns.flags[slot]!;
    if (columns.queueNs[slot]! >= collected.queueNs) return;
    collected.queueNs = columns.queueNs[slot]!;
    collected.getRequestNs = columns.getRequestNs[slot]!;
    collected.insertNs = columns.insertNs[slot]!;
  }

  /** The oldest bio of exactly this range that was neither merged nor given a request. */
  #fresh(key: number, offset: number, length: number): number {
    const { length: lengths, getRequestNs, mergeNs } = this.columns;
    let slot = this.#table.first(key, offset);
    while (
      slot >= 0 &&
      !(lengths[slot] === length && Number.isNaN(getRequestNs[slot]!) && Number.isNaN(mergeNs[slot]!))
    )
      slot = this.#table.after(slot);
    return slot;
  }

  #uninserted(key: number, offset: number, most: number): number {
    const { length: lengths, insertNs } = this.columns;
    let slot = this.#table.first(key, offset);
    while (slot >= 0 && !(lengths[slot]! <= most && Number.isNaN(insertNs[slot]!))) slot = this.#table.after(slot);
    return slot;
  }

  /** The oldest bio that fills the range, else the oldest that fits into it. */
  #fitting(key: number, offset: number, most: number): number {
    const { length: lengths } = this.columns;
    let fitting = -1;
    for (let slot = this.#table.first(key, offset); slot >= 0; slot = this.#table.after(slot)) {
      if (lengths[slot] === most) return slot;
      if (fitting < 0 && lengths[slot]! < most) fitting = slot;
    }
    return fitting;
  }
}
