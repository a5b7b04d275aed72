/** The longest line that a reader looks into; of a longer one it only sees the beginning. */
export const MOST_LINE_BYTES = 1 << 20;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Splits bytes that come in pieces into lines: `feed` a piece, call `next` until it gives false, and so on, then `finish`.
 * The line is `bytes` from `start` to `end`, without its line end (LF or CRLF). It is valid until the next call.
 */
export class LineSplitter {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** From 1. */
  number = 0;
  /** Whether the line was longer than MOST_LINE_BYTES, so that its rest is missing here. */
  cut = false;
  #piece: Uint8Array = new Uint8Array(0);
  /** The same bytes: Buffer finds a byte twice as fast as Uint8Array, but reading bytes of both kinds would be slow. */
  #searched: Buffer = Buffer.alloc(0);
  #at = 0;
  /** The beginning of a line whose end lies in a piece to come. */
  #carried = new Uint8Array(4096);
  #carriedLength = 0;
  #carriedCut = false;

  feed(piece: Uint8Array): void {
    this.#piece = new Uint8Array(piece.buffer, piece.byteOffset, piece.length);
    this.#searched = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    this.#at = 0;
  }

  /** Goes to the next line that ends in this piece. */
  next(): boolean {
    const feed = this.#searched.indexOf(LINE_FEED, this.#at);
    if (feed < 0) {
      this.#carry(this.#piece.length);
      return false;
    }
    if (this.#carriedLength === 0) this.#take(this.#piece, this.#at, feed, false);
    else {
      this.#carry(feed);
      this.#takeCarried();
    }
    this.#at = feed + 1;
    return true;
  }

  /** Goes to the last line where it has no line end. */
  finish(): boolean {
    if (this.#carriedLength === 0) return false;
    this.#takeCarried();
    return true;
  }

  #takeCarried(): void {
    this.#take(this.#carried, 0, this.#carriedLength, this.#carriedCut);
    this.#carriedLength = 0;
    this.#carriedCut = false;
  }

  #take(bytes: Uint8Array, start: number, end: number, cut: boolean): void {
    const most = start + MOST_LINE_BYTES;
    this.number++;
    this.bytes = bytes;
    this.start = this.number === 1 && startsWithBom(bytes, start, end) ? start + 3 : start;
    this.end = end > this.start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    this.cut = cut || this.end > most;
    if (this.cut) this.end = Math.min(this.end, most);
  }

  #carry(to: number): void {
    const from = this.#at;
    const fitting = Math.min(to, from + MOST_LINE_BYTES + 1 - this.#carriedLength);
    if (fitting < to) this.#carriedCut = true;
    this.#makeRoom(this.#carriedLength + fitting - from);
    this.#carried.set(this.#piece.subarray(from, fitting), this.#carriedLength);
    this.#carriedLength += fitting - from;
    this.#at = to;
  }

  #makeRoom(length: number): void {
    if (length <= this.#carried.length) return;
    const larger = new Uint8Array(Math.max(length, this.#carried.length * 2));
    larger.set(this.#carried.subarray(0, this.#carriedLength));
    this.#carried = larger;
  }
}

function startsWithBom(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= 3 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
}
