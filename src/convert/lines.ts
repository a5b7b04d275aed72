const FIRST_ROOM = 1 << 16;
const MOST_NUMBER_BYTES = 24;
const MINUS = 45;
const ZERO = 48;
const BILLION = 1e9;

/** A text as bytes, made once for all the lines that hold it. */
export function word(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Lines while they are written: bytes, since a string for each number of each request takes far longer. */
export class Lines {
  #bytes = new Uint8Array(FIRST_ROOM);
  #length = 0;

  /** Hot. */
  word(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    for (let i = 0; i < bytes.length; i++) this.#bytes[this.#length++] = bytes[i]!;
  }

  /** Writes a whole number. Hot. */
  number(value: number): void {
    this.#makeRoom(MOST_NUMBER_BYTES);
    const size = Math.abs(value);
    if (value < 0) this.#bytes[this.#length++] = MINUS;
    const high = Math.floor(size / BILLION);
    if (high > 0) this.#digits(high, 1);
    this.#digits(size - high * BILLION, high > 0 ? 9 : 1);
  }

  /** What was written since the last call. */
  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  #digits(value: number, least: number): void {
    const bytes = this.#bytes;
    let count = least;
    for (let limit = 10 ** least; value >= limit; limit *= 10) count++;
    let at = this.#length + count;
    this.#length = at;
    let rest = value;
    for (let k = 0; k < count; k++) {
      const shorter = Math.floor(rest / 10);
      bytes[--at] = ZERO + (rest - shorter * 10);
      rest = shorter;
    }
  }

  #makeRoom(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
