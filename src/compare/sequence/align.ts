import { diffArrays } from "diff";
import { inOrder } from "./inOrder.ts";

/** The library looks for so many edits at most: its work is this number squared. */
const MOST_EDITS = 1000;

/** Items `a` and `b` of the two lists stand for each other. */
export interface Match {
  readonly a: number;
  readonly b: number;
}

/**
 * What two lists of keys have in common, in order, as `diff` aligns the lines of two files. The longest such list up
 * to MOST_EDITS edits; beyond, the longest in which a key's first stands for the other's first, its second for the second.
 */
export function align(a: readonly string[], b: readonly string[]): Match[] {
  // What stands on one side only can match nothing, and would only cost time.
  const fromA = indexesOf(a, new Set(b));
  const fromB = indexesOf(b, new Set(a));
  const keysA = fromA.map((i) => a[i]!);
  const keysB = fromB.map((i) => b[i]!);
  const edits = diffArrays(keysA, keysB, { maxEditLength: MOST_EDITS });
  const matches = edits === undefined ? inOrder(keysA, keysB) : matchesOf(edits);
  return matches.map((match) => ({ a: fromA[match.a]!, b: fromB[match.b]! }));
}

function indexesOf(keys: readonly string[], others: ReadonlySet<string>): number[] {
  return keys.flatMap((key, index) => (others.has(key) ? [index] : []));
}

function matchesOf(edits: readonly { count: number; added: boolean; removed: boolean }[]): Match[] {
  const matches: Match[] = [];
  let [a, b] = [0, 0];
  for (const { count, added, removed } of edits) {
    if (removed) a += count;
    else if (added) b += count;
    else for (let k = 0; k < count; k++) matches.push({ a: a++, b: b++ });
  }
  return matches;
}
