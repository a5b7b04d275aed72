import type { Token } from "../../theme/colours.ts";

const STEPS = 5;
/** Few levels take the darker steps of a ramp: a single pale one would hardly show. */
const STEPS_USED: readonly (readonly number[])[] = [[], [4], [2, 4], [2, 3, 5], [2, 3, 4, 5], [1, 2, 3, 4, 5]];

/** The least counts of the levels that occur, at most five: 1, 2, 4 … or 1, 3, 9 … so that the last covers the most. */
export function countLevels(most: number): readonly number[] {
  let base = 2;
  while (base ** STEPS <= most) base++;
  return Array.from({ length: STEPS }, (_, i) => base ** i).filter((least) => least <= most);
}

/** 0: none; else the number of the level. */
export function levelOf(count: number, levels: readonly number[]): number {
  let level = 0;
  while (level < levels.length && count >= levels[level]!) level++;
  return level;
}

/** What each level says in a key: "1", "2–3" … "≥16". */
export function levelTexts(levels: readonly number[], most: number): readonly string[] {
  return levels.map((least, i) => {
    const next = levels[i + 1];
    if (next === undefined) return least === most ? String(least) : `≥${least}`;
    return next - 1 > least ? `${least}–${next - 1}` : String(least);
  });
}

/** The colours of so many levels. */
export function levelTokens(ramp: "r" | "w" | "n", count: number): readonly Token[] {
  return (STEPS_USED[count] ?? []).map((step) => `${ramp}${step}` as Token);
}
