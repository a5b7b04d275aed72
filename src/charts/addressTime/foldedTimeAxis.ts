import { countText } from "../../model/quantities.ts";
import { textWidth } from "../../theme/textWidth.ts";
import { axisLine, centredWithin } from "../kit/axes.ts";
import type { PlotWidth } from "../kit/plotWidth.ts";
import { type Label, type Layer, rules, texts } from "../kit/spec.ts";
import { decimalSteps, multiplesWithin } from "../kit/steps.ts";
import { plainNumber } from "../kit/timeScale.ts";
import { type FoldedTime, foldedX, type TimePart } from "./foldedTime.ts";

const LABEL_DROP_PX = 14;
const PX_A_TICK = 70;
const LEAST_GAP_PX = 10;

interface Tick {
  readonly atNs: number;
  /** Times are rounded to it. */
  readonly resolution: number;
}

function power(value: number): number {
  return 10 ** Math.floor(Math.log10(value));
}

/** The start of each part, then round times within the parts. */
function ticksOf({ parts, originNs }: FoldedTime): readonly Tick[] {
  const total = Math.max(parts.at(-1)!.toNs - parts[0]!.fromNs, 1);
  const steps = parts.map((part) => stepOf(part));
  const starts = parts.map(({ fromNs }, i) => ({ atNs: fromNs, resolution: power((steps[i] ?? total / 20) / 10) }));
  const round = parts.flatMap(({ fromNs, toNs }, i) => {
    const step = steps[i];
    if (step === undefined) return [];
    const times = multiplesWithin(step, fromNs - originNs, toNs - originNs);
    return times.map((ns) => ({ atNs: ns + originNs, resolution: step }));
  });
  return [...starts, ...round];
}

function stepOf({ fromNs, toNs, leftPx, rightPx }: TimePart): number | undefined {
  const most = Math.floor((rightPx - leftPx) / PX_A_TICK);
  return most < 1 || toNs <= fromNs ? undefined : decimalSteps(toNs - fromNs, most).step;
}

function tickText({ atNs, resolution }: Tick, folded: FoldedTime, isFirst: boolean): string {
  if (folded.clock === "ordinal") return isFirst ? `request ${countText(atNs)}` : countText(atNs);
  const { ns, symbol } = folded.unit;
  const decimals = Math.max(0, -Math.floor(Math.log10(resolution / ns) + 1e-9));
  return `${plainNumber(Number(((atNs - folded.originNs) / ns).toFixed(Math.min(decimals, 6))))} ${symbol}`;
}

function isFree(label: Label, taken: readonly Label[]): boolean {
  const half = textWidth(label.text) / 2;
  return taken.every(({ x, text }) => Math.abs(x - label.x) >= half + textWidth(text) / 2 + LEAST_GAP_PX);
}

/** A line for each part, ticks and labels; a label that would touch an earlier one is left out. */
export function foldedTimeAxis(folded: FoldedTime, plot: PlotWidth, y: number): readonly Layer[] {
  const shown: Label[] = [];
  const marks: Label[] = [];
  ticksOf(folded).forEach((tick, i) => {
    if (folded.clock === "ordinal" && !Number.isInteger(tick.atNs)) return;
    const text = tickText(tick, folded, i === 0);
    const x = foldedX(folded, tick.atNs);
    const label = { x: centredWithin(x, text, plot), y: y + LABEL_DROP_PX, text };
    if (!isFree(label, shown)) return;
    shown.push(label);
    marks.push({ ...label, x });
  });
  const lines = folded.parts.map(({ leftPx, rightPx }) => ({ x: leftPx, x2: rightPx, y, y2: y }));
  return [...axisLine(lines, marks, y), texts(shown, "ink-2", "center")];
}

/** Dashed lines where time is left out, with how much above them. */
export function timeFolds({ folds }: FoldedTime, plot: PlotWidth, bottomPx: number): readonly Layer[] {
  if (folds.length === 0) return [];
  const lines = folds.map(({ x }) => ({ x, x2: x, y: -2, y2: bottomPx }));
  const labels = folds.map(({ x, text }) => ({ x: centredWithin(x, text, plot), y: -10, text }));
  return [rules(lines, "ink-3", { strokeDash: [3, 3] }), texts(labels, "ink-3", "center")];
}
