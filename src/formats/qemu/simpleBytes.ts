import type { TraceInput } from "../../model/format.ts";

const FIRST_ROOM = 1 << 17;

/** The bytes of one file, of which a reader takes as many as it needs at a time; pieces may have any size and be reused. */
export class SimpleBytes {
  bytes = new Uint8Array(FIRST_ROOM);
  view = new DataView(this.bytes.buffer);
  at = 0;
  end = 0;
  readonly #input: TraceInput;
  #piece: Uint8Array | null = new Uint8Array(0);
  #pieceAt = 0;
  #fileByte = 0;

  constructor(input: TraceInput) {
    this.#input = input;
  }

  /** Where in the file the next byte stands. */
  get fileByte(): number {
    return this.#fileByte + this.at;
  }

  /** Reads on until so many bytes are there; false where the file ends before. */
  async require(count: number): Promise<boolean> {
    while (this.end - this.at < count) if (!(await this.#refill(count))) return false;
    return true;
  }

  async #refill(count: number): Promise<boolean> {
    while (this.#piece !== null && this.#pieceAt === this.#piece.length) {
      this.#piece = await this.#input.next();
      this.#pieceAt = 0;
    }
    if (this.#piece === null) return false;
    this.#makeRoom(count);
    const taken = Math.min(this.bytes.length - this.end, this.#piece.length - this.#pieceAt);
    this.bytes.set(this.#piece.subarray(this.#pieceAt, this.#pieceAt + taken), this.end);
    this.end += taken;
    this.#pieceAt += taken;
    return true;
  }

  #makeRoom(count: number): void {
    this.bytes.copyWithin(0, this.at, this.end);
    this.#fileByte += this.at;
    this.end -= this.at;
    this.at = 0;
    if (count <= this.bytes.length) return;
    const larger = new Uint8Array(count * 2);
    larger.set(this.bytes.subarray(0, this.end));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}
