const SECTOR_BYTES = 512;
const FIRST_CAPACITY = 1024;
const NONE = -1;
const HIGH_WORD = 2 ** 32;

/** The whole numbers that the table keeps in each slot; the owner's numbers begin behind them. */
const INT = { next: 0, hash: 1 } as const;
// Hot code reads constants of its own file, and plain ones best of all.
const { next: NEXT, hash: HASH } = INT;

/** What a thing of this key and place is filed under. */
export function hashOf(key: number, place: number): number {
  const sector = place / SECTOR_BYTES;
  const low = sector | 0;
  const high = (sector / HIGH_WORD) | 0;
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(key, 0xc2b2ae35), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/**
 * Slots in a hash table, first in, first out among those of one hash. The numbers of a slot stand together in memory:
 * slot s begins at `doubles[s * doublesPerSlot]` and, in whole numbers, at `ints[s * doublesPerSlot * 2]`.
 * The owner compares what is in the slots itself, so that no call takes doubles, which would be allocated for it.
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

  /** The oldest slot that may be of this hash, or -1: the owner looks whether it is. */
  first(hash: number): number {
    return this.#heads[hash & (this.#capacity - 1)]!;
  }

  /** The next younger slot that may be of the same hash, or -1. */
  after(slot: number): number {
    return this.ints[slot * this.#intsPerSlot + NEXT]!;
  }

  /** A slot filed under this hash, for the owner to write its numbers to. */
  insert(hash: number): number {
    const slot = this.#take();
    if (slot !== NONE) this.link(slot, hash);
    return slot;
  }

  /** Puts a slot that was unlinked back, under another hash. */
  link(slot: number, hash: number): void {
    this.ints[slot * this.#intsPerSlot + HASH] = hash;
    this.#append(slot, hash & (this.#capacity - 1));
  }

  /** Takes a slot out of its bucket; its numbers stay until it is freed. */
  unlink(slot: number): void {
    const { ints } = this;
    const intsPerSlot = this.#intsPerSlot;
    const heads = this.#heads;
    const next = ints[slot * intsPerSlot + NEXT]!;
    const bucket = ints[slot * intsPerSlot + HASH]! & (this.#capacity - 1);
    let before = NONE;
    for (let other = heads[bucket]!; other !== slot; other = ints[other * intsPerSlot + NEXT]!) before = other;
    if (before === NONE) heads[bucket] = next;
    else ints[before * intsPerSlot + NEXT] = next;
    if (next === NONE) this.#tails[bucket] = before;
  }

  /** Gives an unlinked slot back. */
  free(slot: number): void {
    this.ints[slot * this.#intsPerSlot + NEXT] = this.#free;
    this.#free = slot;
    this.size--;
  }

  #take(): number {
    let slot = this.#free;
    if (slot !== NONE) this.#free = this.ints[slot * this.#intsPerSlot + NEXT]!;
    else {
      if (this.#used === this.#capacity && !this.#grow()) return NONE;
      slot = this.#used++;
    }
    this.size++;
    return slot;
  }

  #append(slot: number, bucket: number): void {
    const { ints } = this;
    const tails = this.#tails;
    const tail = tails[bucket]!;
    if (tail === NONE) this.#heads[bucket] = slot;
    else ints[tail * this.#intsPerSlot + NEXT] = slot;
    tails[bucket] = slot;
    ints[slot * this.#intsPerSlot + NEXT] = NONE;
  }

  #grow(): boolean {
    const capacity = this.#capacity * 2;
    if (capacity > this.#mostSlots) return false;
    const { ints, doubles } = this;
    const intsPerSlot = this.#intsPerSlot;
    const heads = this.#heads;
    this.#capacity = capacity;
    this.doubles = new Float64Array(capacity * this.#doublesPerSlot);
    this.doubles.set(doubles);
    this.ints = new Int32Array(this.doubles.buffer);
    this.#heads = new Int32Array(capacity).fill(NONE);
    this.#tails = new Int32Array(capacity).fill(NONE);
    // Bucket by bucket, oldest first: those of one hash stand in one bucket, so they keep their order.
    for (const head of heads)
      for (let slot = head; slot !== NONE; slot = ints[slot * intsPerSlot + NEXT]!)
        this.#append(slot, ints[slot * intsPerSlot + HASH]! & (capacity - 1));
    return true;
  }
}
