/** A numbered list of named things of which a trace may hold at most so many; all further ones share the last number. */
export class Roster<Key, Entry> {
  readonly entries: Entry[] = [];
  readonly #numbers = new Map<Key, number>();
  readonly #most: number;
  readonly #others: () => Entry;

  /** @param others makes the entry that stands for everything beyond `most`. */
  constructor(most: number, others: () => Entry) {
    this.#most = most;
    this.#others = others;
  }

  find(key: Key): number | undefined {
    return this.#numbers.get(key);
  }

  /** Whether the next `add` gives the shared number. */
  get full(): boolean {
    return this.entries.length >= this.#most - 1;
  }

  add(key: Key, entry: Entry): number {
    if (this.full) {
      if (this.entries.length < this.#most) this.entries.push(this.#others());
      return this.#most - 1;
    }
    const number = this.entries.push(entry) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}
