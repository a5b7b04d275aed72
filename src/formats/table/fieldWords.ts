import { ByteNames } from "../text/byteNames.ts";

const BYTES = 256;
const UNSEEN = -1 << 30;

/** What the texts of a column stand for: each is looked at once. */
export class FieldWords {
  readonly #meaningOf: (text: string) => number;
  readonly #names: ByteNames;
  readonly #byByte = new Int32Array(BYTES).fill(UNSEEN);

  /** @param meaningOf called for each new text; a whole number. */
  constructor(meaningOf: (text: string) => number) {
    this.#meaningOf = meaningOf;
    this.#names = new ByteNames(meaningOf);
  }

  /** The meaning of the text that stands there. Hot. */
  find(bytes: Uint8Array, from: number, to: number): number {
    if (to - from !== 1) return this.#names.find(bytes, from, to);
    const meaning = this.#byByte[bytes[from]!]!;
    return meaning === UNSEEN ? this.#ofByte(bytes[from]!) : meaning;
  }

  #ofByte(byte: number): number {
    const meaning = this.#meaningOf(String.fromCharCode(byte));
    this.#byByte[byte] = meaning;
    return meaning;
  }
}
