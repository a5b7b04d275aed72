import type { Match } from "./align.ts";

/** Each item of `b` with an equal one of `a`, the first with the first, the second with the second; in the order of `b`. */
export function pairEqual(a: readonly (string | null)[], b: readonly (string | null)[]): Match[] {
  const waiting = new Map<string, number[]>();
  for (const [index, key] of a.entries()) {
    if (key === null) continue;
    const indexes = waiting.get(key);
    if (indexes === undefined) waiting.set(key, [index]);
    else indexes.push(index);
  }
  const taken = new Map<string, number>();
  return b.flatMap((key, index) => {
    if (key === null) return [];
    const next = taken.get(key) ?? 0;
    const from = waiting.get(key)?.[next];
    taken.set(key, next + 1);
    return from === undefined ? [] : [{ a: from, b: index }];
  });
}
