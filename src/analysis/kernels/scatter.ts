/** 2^32 divided by the golden ratio, as an odd number: neighbours come to lie far apart (Knuth, TAOCP 6.4). */
const GOLDEN = 0x9e3779b1;
/** Another odd number, for the digits above 32. */
const ABOVE = 0x85ebca6b;
const ABOVE_32_BITS = 2 ** -32;

/** A whole number of up to 53 bits as 32, whose upper ones tell numbers apart: cheaper than hashOf, for tables only. */
export function scattered(value: number): number {
  return Math.imul(value ^ Math.imul(value * ABOVE_32_BITS, ABOVE), GOLDEN);
}
