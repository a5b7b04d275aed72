const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const LONGEST_HEADER = 18;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
const BLOCK_TYPES = { runLength: 1, reserved: 3 } as const;

/** What is wrong with a frame, where it is not what RFC 8878 says. */
export type FrameFault = "magic" | "block";

/**
 * Walks through zstd data from frame to frame without decoding it (RFC 8878, 3.1): `advance` goes on to the next
 * frame's end, so that each frame can have a decoder of its own, and a cut file is known for one.
 */
export class ZstdFrames {
  fault: FrameFault | null = null;
  /** What the frame needs of what it has written before; NaN until its header is read. */
  windowBytes = Number.NaN;
  /** The checksum at the frame's end: the low word of XXH64; null where it has none. */
  checksum: number | null = null;
  /** The bytes that make up the next field, and those of them that are here. */
  readonly #field = new Uint8Array(LONGEST_HEADER);
  #wanted = 4;
  #here = 0;
  /** What comes after the field, of which nothing has to be known. */
  #pass = 0;
  #next: () => void = this.#readMagic;
  #isLastBlock = false;
  #hasChecksum = false;
  #atEnd = true;

  /** Whether a frame ends here, or none has begun. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** Goes through a piece from there to the end of the frame, or of the piece; gives where it stopped. */
  advance(piece: Uint8Array, from: number): number {
    let at = from;
    if (this.#atEnd && at < piece.length) this.#begin();
    while (at < piece.length && !this.#atEnd && this.fault === null) {
      const passed = Math.min(this.#pass, piece.length - at);
      this.#pass -= passed;
      at += passed;
      while (this.#here < this.#wanted && at < piece.length) this.#field[this.#here++] = piece[at++]!;
      this.#readFields();
    }
    return at;
  }

  #readFields(): void {
    while (this.#pass === 0 && this.#here === this.#wanted && !this.#atEnd && this.fault === null) this.#next();
  }

  #begin(): void {
    this.#atEnd = false;
    this.windowBytes = Number.NaN;
    this.checksum = null;
    this.#await(4, this.#readMagic);
  }

  /** The next field begins after so many bytes. */
  #await(wanted: number, next: () => void, pass = 0): void {
    this.#here = 0;
    this.#wanted = wanted;
    this.#next = next;
    this.#pass = pass;
  }

  /** The field goes on: its length is told by its beginning. */
  #awaitMore(wanted: number, next: () => void): void {
    this.#wanted = wanted;
    this.#next = next;
  }

  #readMagic(): void {
    const magic = this.#word(0, 4);
    if ((magic & ~0xf) >>> 0 === SKIPPABLE_MAGIC) this.#await(4, this.#readSkippableSize);
    else if (magic === MAGIC) this.#await(1, this.#readDescriptor);
    else this.fault = "magic";
  }

  #readSkippableSize(): void {
    this.#await(0, this.#end, this.#word(0, 4));
  }

  #readDescriptor(): void {
    const descriptor = this.#field[0]!;
    const isSingleSegment = (descriptor & 0x20) !== 0;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
    const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
    this.#hasChecksum = (descriptor & 4) !== 0;
    this.#awaitMore(1 + (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes, () => {
      this.windowBytes = isSingleSegment
        ? this.#word(1 + dictionaryBytes, sizeBytes) + (sizeBytes === 2 ? 256 : 0)
        : windowOf(this.#field[1]!);
      this.#await(BLOCK_HEADER_BYTES, this.#readBlockHeader);
    });
  }

  #readBlockHeader(): void {
    const header = this.#word(0, BLOCK_HEADER_BYTES);
    const type = (header >> 1) & 3;
    if (type === BLOCK_TYPES.reserved) {
      this.fault = "block";
      return;
    }
    this.#isLastBlock = (header & 1) !== 0;
    const bytes = type === BLOCK_TYPES.runLength ? 1 : header >> 3;
    if (!this.#isLastBlock) this.#await(BLOCK_HEADER_BYTES, this.#readBlockHeader, bytes);
    else if (this.#hasChecksum) this.#await(CHECKSUM_BYTES, this.#readChecksum, bytes);
    else this.#await(0, this.#end, bytes);
  }

  #readChecksum(): void {
    this.checksum = this.#word(0, CHECKSUM_BYTES);
    this.#end();
  }

  #end(): void {
    this.#atEnd = true;
  }

  #word(from: number, bytes: number): number {
    let value = 0;
    for (let i = bytes - 1; i >= 0; i--) value = value * 256 + this.#field[from + i]!;
    return value;
  }
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}
