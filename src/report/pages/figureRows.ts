import type { FigureChange, Verdict } from "../../compare/diff.ts";
import { countText } from "../../model/quantities.ts";
import { cellText } from "../cellText.ts";
import { placeWords } from "../diff/placeWords.ts";
import type { Mark } from "./findingsView.ts";

/** One figure of both sides, with its change and verdict in words. */
export interface FigureRow {
  readonly title: string;
  readonly a: string;
  readonly b: string;
  readonly change: string;
  readonly verdict: Mark & { readonly tone: string };
  /** What limits the verdict, or null. */
  readonly note: string | null;
  /** Where the requests lie that the figure counts, or null. */
  readonly where: string | null;
}

export const VERDICTS: Readonly<Record<Verdict, Mark & { readonly tone: string }>> = {
  better: { icon: "better", word: "better", tone: "good" },
  worse: { icon: "worse", word: "worse", tone: "high" },
  same: { icon: "same", word: "same", tone: "quiet" },
  changed: { icon: "changed", word: "changed", tone: "plain" },
  few: { icon: "few", word: "too few to judge", tone: "quiet" },
  notComparable: { icon: "few", word: "not comparable", tone: "quiet" },
};

/** A figure of a Diff as a row of words. */
export function figureRow(figure: FigureChange): FigureRow {
  const { title, kind, a, b, of, change, relative, verdict, note } = figure;
  return {
    title,
    a: valueText(a, of?.a ?? null, kind),
    b: valueText(b, of?.b ?? null, kind),
    change: changeText(change, relative, kind),
    verdict: VERDICTS[verdict],
    note: note ?? null,
    where: placeWords(figure),
  };
}

/** "5 of 65" where the figure counts some of many. */
export function valueText(value: number | null, total: number | null, kind: FigureChange["kind"]): string {
  if (value === null) return "not recorded";
  return total === null ? cellText(value, kind) : `${countText(value)} of ${countText(total)}`;
}

/** "+14 %" where a percentage means something, else the difference itself. */
export function changeText(change: number | null, relative: number | null, kind: FigureChange["kind"]): string {
  if (change === null) return "–";
  if (change === 0) return "0";
  const sign = change > 0 ? "+" : "−";
  if (kind === "share") return `${sign}${Number((Math.abs(change) * 100).toFixed(1))} points`;
  if (relative === null) return sign + cellText(Math.abs(change), kind);
  return Math.abs(relative) < 10 ? sign + relativeText(Math.abs(relative)) : `× ${(1 + relative).toFixed(0)}`;
}

/** Nearly all is not all: 99.9 %. */
function relativeText(relative: number): string {
  return relative > 0.995 && relative < 1
    ? `${(Math.floor(relative * 1000) / 10).toFixed(1)} %`
    : cellText(relative, "share");
}
