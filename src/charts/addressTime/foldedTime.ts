import type { ScopeInfo } from "../../analysis/summary.ts";
import { counted, durationText } from "../../model/quantities.ts";
import { firstThatFits } from "../kit/fit.ts";
import { px } from "../kit/pixels.ts";
import { spanNs, type TimeScale, type TimeUnit, timeUnit } from "../kit/timeScale.ts";
import type { RequestRow } from "./rows.ts";

const FOLD_SHARE = 0.12;
const FOLD_PX = 34;
const PAD_PX = 6;
const LEAST_PART_PX = 40;
/** A fold and the least part beside it, with room for its label. */
const PX_A_FOLD = 120;

/** A stretch of time that is shown, in time and pixels. */
export interface TimePart {
  readonly fromNs: number;
  readonly toNs: number;
  readonly leftPx: number;
  readonly rightPx: number;
}

export interface FoldedTime {
  readonly clock: TimeScale["clock"];
  /** Zero of the labels, and their unit. */
  readonly originNs: number;
  readonly unit: TimeUnit;
  readonly parts: readonly TimePart[];
  /** Where time is left out, and how much of it. */
  readonly folds: readonly { readonly x: number; readonly text: string }[];
}

interface Gap {
  readonly before: RequestRow;
  readonly after: RequestRow;
  readonly ns: number;
}

/** The longest gaps without a request, in order of time. */
function foldedGaps(rows: readonly RequestRow[], most: number): readonly Gap[] {
  const total = rows.at(-1)!.issueNs - rows[0]!.issueNs;
  const gaps = rows.slice(1).map((after, i) => ({ before: rows[i]!, after, ns: after.issueNs - rows[i]!.issueNs }));
  return gaps
    .filter(({ ns }) => ns > total * FOLD_SHARE)
    .sort((a, b) => b.ns - a.ns)
    .slice(0, most)
    .sort((a, b) => a.after.row - b.after.row);
}

function partsBetween(rows: readonly RequestRow[], gaps: readonly Gap[], plotPx: number): readonly TimePart[] {
  const starts = [rows[0]!.issueNs, ...gaps.map(({ after }) => after.issueNs)];
  const ends = [...gaps.map(({ before }) => before.issueNs), rows.at(-1)!.issueNs];
  const shownNs = starts.reduce((sum, from, i) => sum + ends[i]! - from, 0);
  const freePx = plotPx - gaps.length * FOLD_PX - starts.length * LEAST_PART_PX;
  let left = 0;
  return starts.map((fromNs, i) => {
    const share = shownNs > 0 ? (ends[i]! - fromNs) / shownNs : 1 / starts.length;
    const leftPx = left;
    const rightPx = left + LEAST_PART_PX + share * freePx;
    left = rightPx + FOLD_PX;
    return { fromNs, toNs: ends[i]!, leftPx: px(leftPx), rightPx: px(rightPx) };
  });
}

/** Between two spans there may be requests of other scopes; elsewhere nothing was started. */
function isBetweenSpans({ before, after }: Gap, ranges: ScopeInfo["rows"]): boolean {
  const rangeOf = (row: number) => ranges?.findIndex(([from, to]) => row >= from && row < to);
  return rangeOf(before.row) !== rangeOf(after.row);
}

function gapText(gap: Gap, info: ScopeInfo, clock: TimeScale["clock"]): string {
  const apart = isBetweenSpans(gap, info.rows);
  const [size, words] =
    clock === "ordinal"
      ? [counted(gap.ns - 1, "request"), "of others"]
      : [durationText(Number(gap.ns.toPrecision(3))), apart ? "between spans" : "idle"];
  return firstThatFits([`${size} ${words}`, size], FOLD_PX + LEAST_PART_PX - 8);
}

/** The time axis with its longest gaps left out. Rows are in order of time. */
export function foldTime(rows: readonly RequestRow[], info: ScopeInfo, time: TimeScale, plotPx: number): FoldedTime {
  const gaps = foldedGaps(rows, Math.floor(plotPx / PX_A_FOLD));
  const parts = partsBetween(rows, gaps, plotPx);
  const folds = gaps.map((gap, i) => ({
    x: px((parts[i]!.rightPx + parts[i + 1]!.leftPx) / 2),
    text: gapText(gap, info, time.clock),
  }));
  return { clock: time.clock, originNs: time.fromNs, unit: timeUnit(spanNs(time)), parts, folds };
}

/** Pixels from the left edge; a time inside a fold stands at its edge. */
export function foldedX({ parts }: FoldedTime, atNs: number): number {
  const part = parts.find(({ toNs }) => atNs <= toNs) ?? parts.at(-1)!;
  const stretch = part.toNs - part.fromNs;
  const share = stretch > 0 ? Math.min(Math.max((atNs - part.fromNs) / stretch, 0), 1) : 0.5;
  return px(part.leftPx + PAD_PX + share * (part.rightPx - part.leftPx - 2 * PAD_PX));
}

/** The widest part, where words have most room. */
export function widestPart({ parts }: FoldedTime): TimePart {
  return parts.reduce((wide, each) => (each.rightPx - each.leftPx > wide.rightPx - wide.leftPx ? each : wide));
}
