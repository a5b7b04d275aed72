import { SECTOR_BYTES } from "../../model/units.ts";

const FIRST_CAPACITY = 1024;
const NONE = -1;
const HIGH_WORD = 2 ** 32;

/**
 * Slots in a hash table by (key, offset), first in, first out among equals; its owner keeps columns beside it.
 * Bounded: `insert` gives -1 when all slots are taken.
 */
export class SlotTable {
  size = 0;
  readonly #mostSlots: number;
  #capacity = FIRST_CAPACITY;
  #used = 0;
  #free = NONE;
  #key = new Int32Array(FIRST_CAPACITY);
  #offset = new Float64Array(FIRST_CAPACITY);
  /** The next slot of the same bucket, or of the free list. */
  #next = new Int32Array(FIRST_CAPACITY);
  #heads = new Int32Array(FIRST_CAPACITY).fill(NONE);
  #tails = new Int32Array(FIRST_CAPACITY).fill(NONE);

  constructor(mostSlots: number) {
    this.#mostSlots = mostSlots;
  }

  /** How many slots the owner's columns must have room for. */
  get capacity(): number {
    return this.#capacity;
  }

  /** The oldest slot of this key and offset, or -1. */
  first(key: number, offset: number): number {
    return this.#matching(this.#heads[this.#bucket(key, offset)]!, key, offset);
  }

  /** The next younger slot of the same key and offset, or -1. */
  after(slot: number): number {
    return this.#matching(this.#next[slot]!, this.#key[slot]!, this.#offset[slot]!);
  }

  insert(key: number, offset: number): number {
    const slot = this.#take();
    if (slot === NONE) return NONE;
    this.link(slot, key, offset);
    return slot;
  }

  /** Puts a slot that was unlinked back, under another key and offset. */
  link(slot: number, key: number, offset: number): void {
    this.#key[slot] = key;
    this.#offset[slot] = offset;
    this.#append(slot);
  }

  /** Takes a slot out of its bucket; its columns stay until it is freed. */
  unlink(slot: number): void {
    const bucket = this.#bucket(this.#key[slot]!, this.#offset[slot]!);
    const next = this.#next;
    let before = NONE;
    for (let other = this.#heads[bucket]!; other !== slot; other = next[other]!) before = other;
    if (before === NONE) this.#heads[bucket] = next[slot]!;
    else next[before] = next[slot]!;
    if (this.#tails[bucket] === slot) this.#tails[bucket] = before;
  }

  /** Gives an unlinked slot back. */
  free(slot: number): void {
    this.#next[slot] = this.#free;
    this.#free = slot;
    this.size--;
  }

  #take(): number {
    let slot = this.#free;
    if (slot !== NONE) this.#free = this.#next[slot]!;
    else {
      if (this.#used === this.#capacity && !this.#grow()) return NONE;
      slot = this.#used++;
    }
    this.size++;
    return slot;
  }

  #matching(from: number, key: number, offset: number): number {
    let slot = from;
    while (slot !== NONE && (this.#offset[slot] !== offset || this.#key[slot] !== key)) slot = this.#next[slot]!;
    return slot;
  }

  #bucket(key: number, offset: number): number {
    const sector = offset / SECTOR_BYTES;
    const low = sector | 0;
    const high = (sector / HIGH_WORD) | 0;
    const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(key, 0xc2b2ae35), 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) & (this.#capacity - 1);
  }

  #append(slot: number): void {
    const bucket = this.#bucket(this.#key[slot]!, this.#offset[slot]!);
    const tail = this.#tails[bucket]!;
    if (tail === NONE) this.#heads[bucket] = slot;
    else this.#next[tail] = slot;
    this.#tails[bucket] = slot;
    this.#next[slot] = NONE;
  }

  #grow(): boolean {
    const capacity = this.#capacity * 2;
    if (capacity > this.#mostSlots) return false;
    const { heads, next } = { heads: this.#heads, next: this.#next };
    this.#capacity = capacity;
    this.#key = grown(this.#key, new Int32Array(capacity));
    this.#offset = grown(this.#offset, new Float64Array(capacity));
    this.#next = new Int32Array(capacity);
    this.#heads = new Int32Array(capacity).fill(NONE);
    this.#tails = new Int32Array(capacity).fill(NONE);
    // Bucket by bucket, oldest first: equals stand in one bucket, so they keep their order.
    for (const head of heads) for (let slot = head; slot !== NONE; slot = next[slot]!) this.#append(slot);
    return true;
  }
}

function grown<A extends Int32Array | Float64Array>(from: A, into: A): A {
  into.set(from);
  return into;
}
