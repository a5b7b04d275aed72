const PLACES = 64;
/** The last bits of an id, which even an id of more than 32 bits has. */
const PLACE_BITS = PLACES - 1;
const NONE = -1;

/** Slots of requests by their ids. nbdkit counts ids up, so few requests in flight share the last bits of theirs. */
export class SlotsById {
  readonly #idAt = new Float64Array(PLACES).fill(NONE);
  readonly #slotAt = new Int32Array(PLACES);
  /** Those whose place another id has. */
  readonly #others = new Map<number, number>();
  #placed = 0;

  get size(): number {
    return this.#placed + this.#others.size;
  }

  /** Puts a slot; gives the one that the id had before, or -1. */
  put(id: number, slot: number): number {
    const before = this.take(id);
    const place = id & PLACE_BITS;
    if (this.#idAt[place] !== NONE) this.#others.set(id, slot);
    else {
      this.#idAt[place] = id;
      this.#slotAt[place] = slot;
      this.#placed++;
    }
    return before;
  }

  /** Takes an id's slot out; -1 where it has none. */
  take(id: number): number {
    const place = id & PLACE_BITS;
    if (this.#idAt[place] !== id) return this.#takeOther(id);
    this.#idAt[place] = NONE;
    this.#placed--;
    return this.#slotAt[place]!;
  }

  slots(): number[] {
    const placed = [...this.#slotAt].filter((_, place) => this.#idAt[place] !== NONE);
    return [...placed, ...this.#others.values()];
  }

  #takeOther(id: number): number {
    if (this.#others.size === 0) return NONE;
    const slot = this.#others.get(id) ?? NONE;
    this.#others.delete(id);
    return slot;
  }
}
