import { ByteNames } from "../text/byteNames.ts";
import type { LineFields } from "./lineFields.ts";

/** Numbers of so many digits are looked up by their value. */
const MOST_DIGITS = 4;
const NUMBERS = 10 ** MOST_DIGITS;
const BYTES = 256;
const UNSEEN = -1 << 30;
const ZERO = 48;

/** What the texts of a column stand for: each is looked at once. */
export class FieldWords {
  readonly #meaningOf: (text: string) => number;
  readonly #names: ByteNames;
  readonly #byNumber = new Int32Array(NUMBERS).fill(UNSEEN);
  readonly #byByte = new Int32Array(BYTES).fill(UNSEEN);

  /** @param meaningOf called for each new text; a whole number. */
  constructor(meaningOf: (text: string) => number) {
    this.#meaningOf = meaningOf;
    this.#names = new ByteNames(meaningOf);
  }

  /** The meaning of the text that stands in some columns together. Hot. */
  find(fields: LineFields, column: number, lastColumn = column): number {
    const { bytes } = fields;
    const from = fields.starts[column]!;
    const to = fields.ends[lastColumn]!;
    const length = to - from;
    if (length === 1) return this.#ofByte(bytes[from]!);
    if (length === fields.digits[column] && length <= MOST_DIGITS && length > 0 && bytes[from] !== ZERO)
      return this.#ofNumber(fields.first[column]!);
    return this.#names.find(bytes, from, to);
  }

  #ofByte(byte: number): number {
    const known = this.#byByte[byte]!;
    if (known !== UNSEEN) return known;
    const meaning = this.#meaningOf(String.fromCharCode(byte));
    this.#byByte[byte] = meaning;
    return meaning;
  }

  #ofNumber(number: number): number {
    const known = this.#byNumber[number]!;
    if (known !== UNSEEN) return known;
    const meaning = this.#meaningOf(String(number));
    this.#byNumber[number] = meaning;
    return meaning;
  }
}
