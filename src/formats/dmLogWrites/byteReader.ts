import type { TraceInput } from "../../model/format.ts";

/** The bytes of an input in the lengths that its reader wants. */
export class ByteReader {
  /** Where in the file the next byte is. */
  at = 0;
  readonly #input: TraceInput;
  #piece: Uint8Array = new Uint8Array(0);
  #pieceAt = 0;
  #taken: Uint8Array = new Uint8Array(0);

  constructor(input: TraceInput) {
    this.#input = input;
  }

  /** The next bytes, valid until the next call; null where the file ends before them. */
  async take(length: number): Promise<DataView | null> {
    if (this.#piece.length - this.#pieceAt >= length) {
      const view = new DataView(this.#piece.buffer, this.#piece.byteOffset + this.#pieceAt, length);
      this.#move(length);
      return view;
    }
    if (this.#taken.length < length) this.#taken = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      if (!(await this.#more())) return null;
      const part = this.#piece.subarray(this.#pieceAt, this.#pieceAt + length - filled);
      this.#taken.set(part, filled);
      filled += part.length;
      this.#move(part.length);
    }
    return new DataView(this.#taken.buffer, 0, length);
  }

  /** Goes past so many bytes; false where the file ends before them. */
  async skip(length: number): Promise<boolean> {
    for (let left = length; left > 0; ) {
      if (!(await this.#more())) return false;
      const passed = Math.min(left, this.#piece.length - this.#pieceAt);
      this.#move(passed);
      left -= passed;
    }
    return true;
  }

  #move(length: number): void {
    this.#pieceAt += length;
    this.at += length;
  }

  async #more(): Promise<boolean> {
    while (this.#pieceAt === this.#piece.length) {
      const piece = await this.#input.next();
      if (piece === null) return false;
      this.#piece = piece;
      this.#pieceAt = 0;
    }
    return true;
  }
}
