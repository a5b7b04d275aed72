/*
 * Numbers of text four bytes at a time: a word is what `DataView.getInt32(at, true)` gives, the first byte lowest.
 * Its digits are added up as numbers beside one another, without a branch a byte.
 */

/** 0 where all four bytes are digits. */
export function oddDigits(word: number): number {
  return ((word & 0xf0f0f0f0) ^ 0x30303030) | (((word + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030);
}

/** The word with zeros for the spaces that it begins with. */
export function zeroPadded(word: number): number {
  const fromSpace = word ^ 0x20202020;
  // All below the lowest bit by which it is no space; a space and this bit are a zero.
  return word | (((fromSpace & -fromSpace) - 1) & 0x10101010);
}

/** The number that four digits make. */
export function fourDigits(word: number): number {
  const digits = word & 0x0f0f0f0f;
  const pairs = (Math.imul(digits, 10) + (digits >>> 8)) & 0x00ff00ff;
  return Math.imul(pairs & 0xff, 100) + (pairs >>> 16);
}
