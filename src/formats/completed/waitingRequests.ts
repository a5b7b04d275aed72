const FIRST_ROOM = 1024;

/** A request takes eight doubles, a line of the cache: all of it comes and goes together. */
export const DOUBLES = 8;
/** The same memory in words, for what is small. */
export const WORDS = 2 * DOUBLES;

export const OFFSET = 0;
export const LENGTH = 1;
export const QUEUE = 2;
export const ISSUE = 3;
export const COMPLETE = 4;
export const ROW = 5;

export const OP_FLAGS = 12;
export const DEVICE = 13;
export const PROCESS = 14;
export const CPU_ERROR = 15;

export const OP_BITS = 8;
export const OP_MASK = (1 << OP_BITS) - 1;
export const ERROR_BITS = 16;
export const ERROR_MASK = (1 << ERROR_BITS) - 1;

/** Requests in slots that are used again. */
export class WaitingRequests {
  doubles = new Float64Array(FIRST_ROOM * DOUBLES);
  words = new Int32Array(this.doubles.buffer);
  #free = new Int32Array(FIRST_ROOM);
  #freeCount = 0;
  #used = 0;

  /** A slot to be filled in. */
  take(): number {
    if (this.#freeCount > 0) return this.#free[--this.#freeCount]!;
    if (this.#used * DOUBLES === this.doubles.length) this.#grow();
    return this.#used++;
  }

  /** Gives a slot back. */
  give(slot: number): void {
    this.#free[this.#freeCount++] = slot;
  }

  #grow(): void {
    const doubles = new Float64Array(this.doubles.length * 2);
    doubles.set(this.doubles);
    const free = new Int32Array(this.#free.length * 2);
    free.set(this.#free);
    this.doubles = doubles;
    this.words = new Int32Array(doubles.buffer);
    this.#free = free;
  }
}
