import type { DrawnFigure } from "../siteModel.ts";

/** Figures that are not there for one reason, told together. */
export interface Absence {
  readonly titles: readonly string[];
  readonly reason: string;
}

/** Why figures are absent: one entry a reason, in order of first appearance. */
export function absencesOf(figures: readonly DrawnFigure[]): readonly Absence[] {
  const titles = new Map<string, string[]>();
  for (const { absent, title } of figures) {
    if (absent !== null) titles.set(absent, [...(titles.get(absent) ?? []), title]);
  }
  return [...titles].map(([reason, those]) => ({ titles: those, reason }));
}
