import { KeyHeap } from "./keyHeap.ts";

const FIRST_ROOM = 1024;
const MOST_STEPS = 16;

/** Numbers in order of their keys, first in, first out among equals; quickest where they come nearly in order. */
export class SortedQueue {
  #keys = new Float64Array(FIRST_ROOM);
  #values = new Int32Array(FIRST_ROOM);
  #from = 0;
  #to = 0;
  /** What came too late to walk to its place. Of equals those in the queue came first: they would have had to walk as far. */
  readonly #late = new KeyHeap();

  get length(): number {
    return this.#to - this.#from + this.#late.length;
  }

  /** The smallest key; Infinity where there is none. */
  get firstKey(): number {
    const key = this.#from < this.#to ? this.#keys[this.#from]! : Number.POSITIVE_INFINITY;
    return key <= this.#late.firstKey ? key : this.#late.firstKey;
  }

  /** Hot. */
  push(key: number, value: number): void {
    const to = this.#to;
    const keys = this.#keys;
    if (to === keys.length || (to > this.#from && keys[to - 1]! > key)) this.#pushOther(key, value);
    else {
      keys[to] = key;
      this.#values[to] = value;
      this.#to = to + 1;
    }
  }

  /** Takes the value of the smallest key; there must be one. */
  shift(): number {
    const isLate = this.#from === this.#to || this.#late.firstKey < this.#keys[this.#from]!;
    return isLate ? this.#late.shift() : this.#values[this.#from++]!;
  }

  /** What comes late is mostly a little late, so it moves towards the front step by step. */
  #pushOther(key: number, value: number): void {
    const far = this.#to - MOST_STEPS;
    if (far >= this.#from && this.#keys[far]! > key) {
      this.#late.push(key, value);
      return;
    }
    if (this.#to === this.#keys.length) this.#makeRoom();
    const keys = this.#keys;
    const values = this.#values;
    let place = this.#to++;
    while (place > this.#from && keys[place - 1]! > key) {
      keys[place] = keys[place - 1]!;
      values[place] = values[place - 1]!;
      place--;
    }
    keys[place] = key;
    values[place] = value;
  }

  #makeRoom(): void {
    const length = this.#to - this.#from;
    const grows = this.#from < this.#keys.length / 2;
    const room = grows ? this.#keys.length * 2 : this.#keys.length;
    this.#keys = moved(this.#keys, this.#from, this.#to, grows ? new Float64Array(room) : this.#keys);
    this.#values = moved(this.#values, this.#from, this.#to, grows ? new Int32Array(room) : this.#values);
    this.#from = 0;
    this.#to = length;
  }
}

function moved<A extends Float64Array | Int32Array>(from: A, start: number, end: number, into: A): A {
  if (into === from) from.copyWithin(0, start, end);
  else into.set(from.subarray(start, end));
  return into;
}
