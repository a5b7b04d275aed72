const FIRST_ROOM = 1024;

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

  push(key: number, value: number): void {
    if (this.#to === this.#keys.length) this.#makeRoom();
    const place = this.#placeOf(key);
    if (place < this.#to) {
      this.#keys.copyWithin(place + 1, place, this.#to);
      this.#values.copyWithin(place + 1, place, this.#to);
    }
    this.#keys[place] = key;
    this.#values[place] = value;
    this.#to++;
  }

  /** Takes the value of the smallest key; there must be one. */
  shift(): number {
    return this.#values[this.#from++]!;
  }

  /** Behind the last key that is not larger. */
  #placeOf(key: number): number {
    const keys = this.#keys;
    let high = this.#to;
    let low = this.#from;
    let step = 1;
    // Galloping from the end: what comes late is mostly a little late.
    while (high > low && keys[high - 1]! > key) {
      const probe = Math.max(low, high - step);
      if (keys[probe]! > key) high = probe;
      else {
        low = probe + 1;
        break;
      }
      step *= 2;
    }
    if (high === low || keys[high - 1]! <= key) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle]! > key) high = middle;
      else low = middle + 1;
    }
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
