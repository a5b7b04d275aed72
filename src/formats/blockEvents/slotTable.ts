const SECTOR_BYTES = 512;
const FIRST_CAPACITY = 1024;
const NONE = -1;
const HIGH_WORD = 2 ** 32;

/** What the table keeps in each slot: whole numbers 0 and 1, and double 1. The owner's numbers begin behind them. */
const INT = { next: 0, key: 1 } as const;
const DOUBLE = { place: 1 } as const;

/**
 * Slots in a hash table by (key, place), first in, first out among equals. The numbers of a slot stand together in
 * memory: slot s begins at `doubles[s * doublesPerSlot]` and, in whole numbers, at `ints[s * doublesPerSlot * 2]`.
 * Bounded: `insert` gives -1 when all slots are taken.
 */
export class SlotTable {
  size = 0;
  doubles: Float64Array;
  /** The same bytes as `doubles`. */
  ints: Int32Array;
  readonly #doublesPerSlot: number;
  readonly #intsPerSlot: number;
  readonly #mostSlots: number;
  #capacity = FIRST_CAPACITY;
  #used = 0;
  #free = NONE;
  #heads = new Int32Array(FIRST_CAPACITY).fill(NONE);
  #tails = new Int32Array(FIRST_CAPACITY).fill(NONE);

  constructor(mostSlots: number, doublesPerSlot: number) {
    this.#mostSlots = mostSlots;
    this.#doublesPerSlot = doublesPerSlot;
    this.#intsPerSlot = doublesPerSlot * 2;
    this.doubles = new Float64Array(FIRST_CAPACITY * doublesPerSlot);
    this.ints = new Int32Array(this.doubles.buffer);
  }

  /** The oldest slot of this key and place, or -1. */
  first(key: number, place: number): number {
    return this.#matching(this.#heads[this.#bucket(key, place)]!, key, place);
  }

  /** The next younger slot of the same key and place, or -1. */
  after(slot: number): number {
    const int = slot * this.#intsPerSlot;
    const place = this.doubles[slot * this.#doublesPerSlot + DOUBLE.place]!;
    return this.#matching(this.ints[int + INT.next]!, this.ints[int + INT.key]!, place);
  }

  insert(key: number, place: number): number {
    const slot = this.#take();
    if (slot !== NONE) this.link(slot, key, place);
    return slot;
  }

  /** Puts a slot that was unlinked back, under another key and place. */
  link(slot: number, key: number, place: number): void {
    this.ints[slot * this.#intsPerSlot + INT.key] = key;
    this.doubles[slot * this.#doublesPerSlot + DOUBLE.place] = place;
    this.#append(slot, this.#bucket(key, place));
  }

  /** Takes a slot out of its bucket; its numbers stay until it is freed. */
  unlink(slot: number): void {
    const { ints } = this;
    const intsPerSlot = this.#intsPerSlot;
    const bucket = this.#bucketOf(slot);
    const next = ints[slot * intsPerSlot + INT.next]!;
    let before = NONE;
    for (let other = this.#heads[bucket]!; other !== slot; other = ints[other * intsPerSlot + INT.next]!)
      before = other;
    if (before === NONE) this.#heads[bucket] = next;
    else ints[before * intsPerSlot + INT.next] = next;
    if (next === NONE) this.#tails[bucket] = before;
  }

  /** Gives an unlinked slot back. */
  free(slot: number): void {
    this.ints[slot * this.#intsPerSlot + INT.next] = this.#free;
    this.#free = slot;
    this.size--;
  }

  #take(): number {
    let slot = this.#free;
    if (slot !== NONE) this.#free = this.ints[slot * this.#intsPerSlot + INT.next]!;
    else {
      if (this.#used === this.#capacity && !this.#grow()) return NONE;
      slot = this.#used++;
    }
    this.size++;
    return slot;
  }

  #matching(from: number, key: number, place: number): number {
    const { ints, doubles } = this;
    const intsPerSlot = this.#intsPerSlot;
    const doublesPerSlot = this.#doublesPerSlot;
    let slot = from;
    while (
      slot !== NONE &&
      (doubles[slot * doublesPerSlot + DOUBLE.place] !== place || ints[slot * intsPerSlot + INT.key] !== key)
    )
      slot = ints[slot * intsPerSlot + INT.next]!;
    return slot;
  }

  #bucketOf(slot: number): number {
    const key = this.ints[slot * this.#intsPerSlot + INT.key]!;
    return this.#bucket(key, this.doubles[slot * this.#doublesPerSlot + DOUBLE.place]!);
  }

  #bucket(key: number, place: number): number {
    const sector = place / SECTOR_BYTES;
    const low = sector | 0;
    const high = (sector / HIGH_WORD) | 0;
    const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(key, 0xc2b2ae35), 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) & (this.#capacity - 1);
  }

  #append(slot: number, bucket: number): void {
    const { ints } = this;
    const tail = this.#tails[bucket]!;
    if (tail === NONE) this.#heads[bucket] = slot;
    else ints[tail * this.#intsPerSlot + INT.next] = slot;
    this.#tails[bucket] = slot;
    ints[slot * this.#intsPerSlot + INT.next] = NONE;
  }

  #grow(): boolean {
    const capacity = this.#capacity * 2;
    if (capacity > this.#mostSlots) return false;
    const { ints, doubles } = this;
    const heads = this.#heads;
    this.#capacity = capacity;
    this.doubles = new Float64Array(capacity * this.#doublesPerSlot);
    this.doubles.set(doubles);
    this.ints = new Int32Array(this.doubles.buffer);
    this.#heads = new Int32Array(capacity).fill(NONE);
    this.#tails = new Int32Array(capacity).fill(NONE);
    // Bucket by bucket, oldest first: equals stand in one bucket, so they keep their order.
    for (const head of heads)
      for (let slot = head; slot !== NONE; slot = ints[slot * this.#intsPerSlot + INT.next]!)
        this.#append(slot, this.#bucketOf(slot));
    return true;
  }
}
