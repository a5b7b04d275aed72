import type { Match } from "./align.ts";
import { pairEqual } from "./pairEqual.ts";

/** The most pairs of equal items that are in order on both sides: a longest increasing subsequence, in n log n. */
export function inOrder(a: readonly string[], b: readonly string[]): Match[] {
  const pairs = pairEqual(a, b);
  /** For each length, the pair at which a list of that length can end with the least `a`. */
  const ends: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (const [index, pair] of pairs.entries()) {
    const length = firstNotBelow(ends, pairs, pair.a);
    if (length > 0) before[index] = ends[length - 1]!;
    ends[length] = index;
  }
  const kept: Match[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index]!) kept.push(pairs[index]!);
  return kept.reverse();
}

function firstNotBelow(ends: readonly number[], pairs: readonly Match[], a: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pairs[ends[middle]!]!.a < a) low = middle + 1;
    else high = middle;
  }
  return low;
}
