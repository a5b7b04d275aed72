import type { TraceInput } from "../../model/format.ts";

const MOST_BYTES = 1 << 16;

/** Whole records of a binary file, however the file's pieces cut them. */
export class RecordBuffer {
  readonly view: DataView;
  /** Records in the buffer. */
  count = 0;
  /** Where in the file the buffer begins. */
  fileByte = 0;
  readonly #input: TraceInput;
  readonly #bytes: Uint8Array;
  readonly #recordBytes: number;
  #piece: Uint8Array | null;
  #pieceAt = 0;
  #filled = 0;

  /** @param piece what was read of the input already. */
  constructor(input: TraceInput, piece: Uint8Array, recordBytes: number) {
    this.#input = input;
    this.#piece = piece;
    this.#recordBytes = recordBytes;
    this.#bytes = new Uint8Array(Math.floor(MOST_BYTES / recordBytes) * recordBytes);
    this.view = new DataView(this.#bytes.buffer);
  }

  /** Whether the file ended inside a record. */
  get truncated(): boolean {
    return this.#piece === null && this.#filled > 0;
  }

  /** Goes on to the next records; false at the end of the file. */
  async next(): Promise<boolean> {
    this.#dropRecords();
    while (this.#filled < this.#recordBytes && this.#piece !== null) await this.#fill();
    this.count = Math.floor(this.#filled / this.#recordBytes);
    return this.count > 0;
  }

  #dropRecords(): void {
    const used = this.count * this.#recordBytes;
    this.#bytes.copyWithin(0, used, this.#filled);
    this.#filled -= used;
    this.fileByte += used;
  }

  async #fill(): Promise<void> {
    const piece = this.#piece!;
    const room = Math.min(this.#bytes.length - this.#filled, piece.length - this.#pieceAt);
    this.#bytes.set(piece.subarray(this.#pieceAt, this.#pieceAt + room), this.#filled);
    this.#filled += room;
    this.#pieceAt += room;
    if (this.#pieceAt < piece.length) return;
    this.#piece = await this.#input.next();
    this.#pieceAt = 0;
  }
}
