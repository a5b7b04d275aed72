const FIRST_ROOM = 1024;

/** Numbers in order of their keys, first in, first out among equals, in whatever order they come: a binary heap. */
export class KeyHeap {
  length = 0;
  /** The smallest key; Infinity where there is none. */
  firstKey = Number.POSITIVE_INFINITY;
  #keys = new Float64Array(FIRST_ROOM);
  /** When each came: it decides between equals. */
  #turns = new Float64Array(FIRST_ROOM);
  #values = new Int32Array(FIRST_ROOM);
  #turn = 0;

  push(key: number, value: number): void {
    if (this.length === this.#keys.length) this.#makeRoom();
    const keys = this.#keys;
    let place = this.length++;
    // Equals came before, so they stay above.
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (keys[above]! <= key) break;
      this.#move(above, place);
      place = above;
    }
    this.#set(place, key, this.#turn++, value);
    this.firstKey = keys[0]!;
  }

  /** Takes the value of the smallest key; there must be one. */
  shift(): number {
    const first = this.#values[0]!;
    const last = --this.length;
    this.#sink(this.#keys[last]!, this.#turns[last]!, this.#values[last]!);
    this.firstKey = last > 0 ? this.#keys[0]! : Number.POSITIVE_INFINITY;
    return first;
  }

  /** Puts what was the last into the place of the first, and lower where others come before it. */
  #sink(key: number, turn: number, value: number): void {
    let place = 0;
    for (let below = 1; below < this.length; below = 2 * place + 1) {
      if (below + 1 < this.length && this.#isBefore(below + 1, this.#keys[below]!, this.#turns[below]!)) below++;
      if (!this.#isBefore(below, key, turn)) break;
      this.#move(below, place);
      place = below;
    }
    this.#set(place, key, turn, value);
  }

  #isBefore(place: number, key: number, turn: number): boolean {
    const own = this.#keys[place]!;
    return own < key || (own === key && this.#turns[place]! < turn);
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#keys[from]!, this.#turns[from]!, this.#values[from]!);
  }

  #set(place: number, key: number, turn: number, value: number): void {
    this.#keys[place] = key;
    this.#turns[place] = turn;
    this.#values[place] = value;
  }

  #makeRoom(): void {
    const room = this.length * 2;
    this.#keys = copied(this.#keys, new Float64Array(room));
    this.#turns = copied(this.#turns, new Float64Array(room));
    this.#values = copied(this.#values, new Int32Array(room));
  }
}

function copied<A extends Float64Array | Int32Array>(from: A, into: A): A {
  into.set(from);
  return into;
}
