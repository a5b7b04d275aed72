const ZERO = 48;
/** Digits that fit 32 bits whatever they are. */
const SMALL_DIGITS = 9;
/** Digits that a double holds exactly whatever they are. */
const MOST_DIGITS = 15;
/** Hexadecimal digits that fit 31 bits, and that a double holds exactly, whatever they are. */
const SMALL_HEXES = 7;
const MOST_HEXES = 13;
const TENS = Float64Array.from({ length: SMALL_DIGITS }, (_, digits) => 10 ** digits);

/** Reads the whole numbers of lines of the usual shape, which may have more digits than 32 bits hold. */
export class PlainNumber {
  value = 0;

  /** Gives where the number ends; `from` itself where there is none, or none that is exact. Hot. */
  read(bytes: Uint8Array, from: number): number {
    let at = from;
    let leading = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO) {
      if (at === from + SMALL_DIGITS) return this.#readMore(bytes, from, leading);
      leading = (Math.imul(leading, 10) + digit) | 0;
    }
    this.value = leading;
    return at;
  }

  /** The same for a number in hexadecimal digits, without prefix. Hot. */
  readHex(bytes: Uint8Array, from: number): number {
    let at = from;
    let leading = 0;
    for (let digit = hexDigit(bytes[at]!); digit >= 0; digit = hexDigit(bytes[++at]!)) {
      if (at === from + SMALL_HEXES) return this.#readMoreHexes(bytes, from, leading);
      leading = (leading << 4) | digit;
    }
    this.value = leading;
    return at;
  }

  #readMoreHexes(bytes: Uint8Array, from: number, leading: number): number {
    let at = from + SMALL_HEXES;
    let more = 0;
    for (let digit = hexDigit(bytes[at]!); digit >= 0; digit = hexDigit(bytes[++at]!)) {
      if (at === from + MOST_HEXES) return from;
      more = (more << 4) | digit;
    }
    this.value = leading * (1 << (4 * (at - from - SMALL_HEXES))) + more;
    return at;
  }

  #readMore(bytes: Uint8Array, from: number, leading: number): number {
    let at = from + SMALL_DIGITS;
    let more = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO) {
      if (at === from + MOST_DIGITS) return from;
      more = (Math.imul(more, 10) + digit) | 0;
    }
    this.value = leading * TENS[at - from - SMALL_DIGITS]! + more;
    return at;
  }
}

/** The value of a hexadecimal digit; negative where the byte is none. */
function hexDigit(byte: number): number {
  const digit = byte - ZERO;
  if (digit >>> 0 <= 9) return digit;
  const letter = (byte | 32) - 97;
  return letter >>> 0 <= 5 ? letter + 10 : -1;
}
