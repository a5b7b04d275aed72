import { hashOf } from "./pageTable.ts";

/*
 * A sample of the pages of an address space: of each 2^level neighbouring pages exactly one is kept, at a place that a hash chooses.
 * Each level keeps a part of the one below. Kept pages of a range are listed without looking at the others.
 */

/** Which half of a pair of groups is kept at the next level. */
function keptHalf(pair: number, level: number): number {
  return hashOf(pair * 64 + level) & 1;
}

/** Whether a page is the one that is kept of its group. */
export function isKept(page: number, level: number): boolean {
  let rest = page;
  for (let below = 0; below < level; below++) {
    const bit = rest & 1;
    rest = (rest - bit) / 2;
    if (bit !== keptHalf(rest, below)) return false;
  }
  return true;
}

/** The page that is kept of a group of 2^level pages. */
export function keptOf(group: number, level: number): number {
  let page = group;
  for (let below = level - 1; below >= 0; below--) page = page * 2 + keptHalf(page, below);
  return page;
}

/** The same where it is one of the pages from first to last, else -1. Most groups end after a halving or two. */
export function keptWithin(group: number, level: number, first: number, last: number): number {
  let page = group;
  let size = 2 ** level;
  let from = group * size;
  for (let below = level - 1; below >= 0; below--) {
    const half = keptHalf(page, below);
    page = page * 2 + half;
    size /= 2;
    from += half * size;
    if (from > last || from + size <= first) return -1;
  }
  return page;
}
