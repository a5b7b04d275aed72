const MOST_ARGUMENTS = 12;
const HIGH_WORD = 2 ** 32;

/**
 * The arguments of one event, by their place. Numbers are 64 bits: `value` is what a double holds of them, as signed;
 * `high` and `low` are exact, for pointers, tags and handles. Reused from event to event.
 */
export class EventArguments {
  readonly value = new Float64Array(MOST_ARGUMENTS);
  readonly high = new Int32Array(MOST_ARGUMENTS);
  readonly low = new Uint32Array(MOST_ARGUMENTS);
  /** When the event happened, from the reader's zero. */
  timeNs = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  readonly #from = new Uint32Array(MOST_ARGUMENTS);
  readonly #to = new Uint32Array(MOST_ARGUMENTS);

  setWords(i: number, high: number, low: number): void {
    this.high[i] = high;
    this.low[i] = low;
    this.value[i] = (high | 0) * HIGH_WORD + (low >>> 0);
  }

  /** Takes a number that a double holds exactly. */
  setExact(i: number, value: number): void {
    this.high[i] = value === value >>> 0 ? 0 : Math.floor(value / HIGH_WORD);
    this.low[i] = value;
    this.value[i] = value;
  }

  setText(i: number, bytes: Uint8Array, from: number, to: number): void {
    this.#bytes = bytes;
    this.#from[i] = from;
    this.#to[i] = to;
  }

  /** An argument that is a text. */
  text(i: number): string {
    return new TextDecoder().decode(this.#bytes.subarray(this.#from[i], this.#to[i]));
  }

  /** A pointer as qemu prints it. */
  pointer(i: number): string {
    return `0x${this.value[i]!.toString(16)}`;
  }
}
