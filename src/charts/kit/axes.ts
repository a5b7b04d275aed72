import { durationText } from "../../model/quantities.ts";
import { textWidth } from "../../theme/textWidth.ts";
import type { Layout } from "../chart.ts";
import { px, within } from "./pixels.ts";
import { type PlotWidth, plotWidth } from "./plotWidth.ts";
import { type Label, type Layer, type Line, rules, texts } from "./spec.ts";
import { spanNs, type TimeScale, timeTicks, timeUnit, timeX } from "./timeScale.ts";

/** From a label's middle to the axis line above it. */
const LABEL_DROP_PX = 14;
const NOTE_DROP_PX = 31;
const LEAST_GAP_PX = 8;

/** A value on a vertical axis: where, and what stands beside it. */
export interface Mark {
  readonly y: number;
  readonly text: string;
}

/** A plot with room for these values at its left, and for more at its right. */
export function plotBeside(marks: readonly Mark[], layout: Layout, morePx = 0): PlotWidth {
  const widestPx = Math.max(0, ...marks.map(({ text }) => textWidth(text)));
  const { leftPx, rightPx } = plotWidth(layout);
  return plotWidth(layout, { leftPx: Math.max(leftPx, Math.ceil(widestPx) + 10), rightPx: rightPx + morePx });
}

/** Drops what would touch the text before it. */
export function withoutOverlap(labels: readonly Label[]): readonly Label[] {
  let rightPx = Number.NEGATIVE_INFINITY;
  return labels.filter(({ x, text }) => {
    const half = textWidth(text) / 2;
    if (x - half < rightPx + LEAST_GAP_PX) return false;
    rightPx = x + half;
    return true;
  });
}

/** Keeps a centred text inside the drawing. */
export function centredWithin(x: number, text: string, { leftPx, plotPx, rightPx }: PlotWidth): number {
  const half = textWidth(text) / 2;
  return px(within(x, half - leftPx, plotPx + rightPx - half));
}

/** Whether zero on the axis is visibly later than the start of the trace. */
function startsLater(scale: TimeScale): boolean {
  return scale.clock === "ns" && scale.fromNs > Math.max(spanNs(scale), 1) / 200;
}

/** Pixels that the time axis needs below the plot. */
export function timeAxisPx(scale: TimeScale): number {
  return startsLater(scale) ? 44 : 30;
}

/** What zero is, where it is not the trace's first request. */
export function zeroNote(scale: TimeScale, y: number): readonly Layer[] {
  if (!startsLater(scale)) return [];
  const text = `0 ${timeUnit(spanNs(scale)).symbol} is ${durationText(scale.fromNs)} into the trace`;
  return [texts([{ x: 0, y: y + NOTE_DROP_PX, text }], "ink-3")];
}

export function axisLine(lines: readonly Line[], ticks: readonly Label[], y: number): readonly Layer[] {
  const strokes = ticks.map(({ x }) => ({ x, x2: x, y, y2: y + 4 }));
  return [rules([...lines, ...strokes], "ink-3")];
}

/** The line, ticks and labels of the time axis at height y. */
export function timeAxis(scale: TimeScale, plot: PlotWidth, y: number): readonly Layer[] {
  const ticks = timeTicks(scale, plot.layout === "wide" ? 10 : 5);
  const labels = ticks.map(({ atNs, text }) => ({ x: timeX(scale, atNs), y: y + LABEL_DROP_PX, text }));
  const shifted = labels.map((label) => ({ ...label, x: centredWithin(label.x, label.text, plot) }));
  return [
    ...axisLine([{ x: 0, x2: plot.plotPx, y, y2: y }], labels, y),
    texts(withoutOverlap(shifted), "ink-2", "center"),
    ...zeroNote(scale, y),
  ];
}

/** Ticks and times below panels that begin at x and have no axis line of their own. */
export function timesBelow(time: TimeScale, leftPx: number, y: number, plot: PlotWidth): readonly Layer[] {
  const ticks = timeTicks(time, 5).map(({ atNs, text }) => ({ x: px(leftPx + timeX(time, atNs)), y: y + 14, text }));
  const labels = ticks.map((tick) => ({ ...tick, x: centredWithin(tick.x, tick.text, plot) }));
  return [...axisLine([], ticks, y), texts(withoutOverlap(labels), "ink-2", "center")];
}

/** Horizontal grid lines with their labels at the left. */
export function valueGrid(marks: readonly Mark[], plotPx: number): readonly Layer[] {
  return [
    rules(
      marks.map(({ y }) => ({ x: 0, x2: plotPx, y, y2: y })),
      "grid",
    ),
    texts(
      marks.map(({ y, text }) => ({ x: -8, y, text })),
      "ink-2",
      "right",
    ),
  ];
}
