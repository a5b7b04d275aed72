const FIRST_ROOM = 1024;
const MOST_STEPS = 128;

/** Numbers in order of their keys, first in, first out among equals; quick where they come nearly in order. */
export class SortedQueue {
  #keys = new Float64Array(FIRST_ROOM);
  #values = new Int32Array(FIRST_ROOM);
  #from = 0;
  #to = 0;

  get length(): number {
    return this.#to - this.#from;
  }

  /** The smallest key; Infinity where there is none. */
  get firstKey(): number {
    return this.#from < this.#to ? this.#keys[this.#from]! : Number.POSITIVE_INFINITY;
  }

  /** Hot: what comes late is mostly a little late, so it moves towards the front step by step. */
  push(key: number, value: number): void {
    if (this.#to === this.#keys.length) this.#makeRoom();
    const keys = this.#keys;
    const values = this.#values;
    const stop = Math.max(this.#from, this.#to - MOST_STEPS);
    let place = this.#to++;
    while (place > stop && keys[place - 1]! > key) {
      keys[place] = keys[place - 1]!;
      values[place] = values[place - 1]!;
      place--;
    }
    if (place > this.#from && keys[place - 1]! > key) place = this.#leap(key, place);
    keys[place] = key;
    values[place] = value;
  }

  /** Takes the value of the smallest key; there must be one. */
  shift(): number {
    return this.#values[this.#from++]!;
  }

  /** Goes on to the place behind the last key that is not larger, and makes room there. */
  #leap(key: number, from: number): number {
    const keys = this.#keys;
    let low = this.#from;
    let high = from - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle]! > key) high = middle;
      else low = middle + 1;
    }
    keys.copyWithin(low + 1, low, from);
    this.#values.copyWithin(low + 1, low, from);
    return low;
  }

  #makeRoom(): void {
    const { length } = this;
    if (this.#from >= this.#keys.length / 2) {
      this.#keys.copyWithin(0, this.#from, this.#to);
      this.#values.copyWithin(0, this.#from, this.#to);
    } else {
      this.#keys = moved(this.#keys.subarray(this.#from, this.#to), new Float64Array(this.#keys.length * 2));
      this.#values = moved(this.#values.subarray(this.#from, this.#to), new Int32Array(this.#values.length * 2));
    }
    this.#from = 0;
    this.#to = length;
  }
}

function moved<A extends Float64Array | Int32Array>(from: A, into: A): A {
  into.set(from);
  return into;
}
