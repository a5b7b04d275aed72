const ZERO = 48;
/** Digits that fit 32 bits whatever they are. */
const SMALL_DIGITS = 9;
/** Digits that a double holds exactly whatever they are. */
const MOST_DIGITS = 15;
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
