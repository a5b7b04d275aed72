import { hashOfHalves } from "./pageTable.ts";

/*
 * A sample of the pages of an address space: of each 2^level neighbouring pages exactly one is kept, at a place that a hash chooses.
 * Each level keeps a part of the one below. Kept pages of a range are listed without looking at the others.
 */

/** Which half of a pair of groups is kept at the next level: by the hash of pair * 64 + level. The pair is given as its digits above 32 and below. */
function keptHalf(pairHigh: number, pairLow: number, level: number): number {
  return hashOfHalves((pairHigh << 6) | (pairLow >>> 26), (pairLow << 6) | level) & 1;
}

function digitsAbove32(page: number): number {
  return Math.floor(page / 0x1_0000_0000);
}

/** Whether a page is the one that is kept of its group. */
export function isKept(page: number, level: number): boolean {
  let high = digitsAbove32(page);
  let low = page | 0;
  for (let below = 0; below < level; below++) {
    const half = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (half !== keptHalf(high, low, below)) return false;
  }
  return true;
}

/** Whether a page that is kept at the level below is kept at this one, of groups of so many pages. */
export function isStillKept(page: number, level: number, pages: number): boolean {
  const pair = Math.floor(page / pages);
  const half = page - pair * pages < pages / 2 ? 0 : 1;
  return half === keptHalf(digitsAbove32(pair), pair | 0, level - 1);
}

/** The page that is kept of a group of 2^level pages. */
export function keptOf(group: number, level: number): number {
  const size = 2 ** level;
  return keptWithin(group, level, size, 0, Number.POSITIVE_INFINITY);
}

/** The same where it is one of the pages from first to last, else -1. To leave the loop early would cost more than its steps. */
export function keptWithin(group: number, level: number, size: number, first: number, last: number): number {
  let high = digitsAbove32(group);
  let low = group | 0;
  let pages = size;
  let from = group * size;
  for (let below = level - 1; below >= 0; below--) {
    const half = keptHalf(high, low, below);
    high = (high << 1) | (low >>> 31);
    low = (low << 1) | half;
    pages *= 0.5;
    from += half * pages;
  }
  return from >= first && from <= last ? from : -1;
}
