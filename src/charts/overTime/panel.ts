import { sentence } from "../../model/quantities.ts";
import { textWidth } from "../../theme/textWidth.ts";
import { type Mark, valueGrid } from "../kit/axes.ts";
import { firstThatFits } from "../kit/fit.ts";
import { OP_STYLE } from "../kit/opStyle.ts";
import { px } from "../kit/pixels.ts";
import type { PlotWidth } from "../kit/plotWidth.ts";
import { rollingMeans } from "../kit/rolling.ts";
import { type Extent, line, stepArea } from "../kit/series.ts";
import { type Label, type Layer, type Line, rules, texts } from "../kit/spec.ts";
import { type Steps, stepValues } from "../kit/steps.ts";
import { spanNs, type TimeScale, timeX } from "../kit/timeScale.ts";
import type { BarSeries, Bars } from "./bars.ts";

/** How a quantity is written and scaled. */
export interface Quantities {
  /** Name of the data field, with its unit. */
  readonly field: string;
  text(total: number): string;
  rateText(perSecond: number): string;
  steps(largest: number, most: number): Steps;
}

/** What all panels of a drawing share. */
export interface Shared {
  readonly bars: Bars;
  readonly quantities: Quantities;
  readonly time: TimeScale;
  readonly plot: PlotWidth;
}

/** One op's bars. */
export interface Panel {
  readonly series: BarSeries;
  readonly steps: Steps;
  readonly ownScale: boolean;
  readonly topPx: number;
  readonly heightPx: number;
}

/** Rates at the left of a panel, the unit at the highest. */
export function rateMarks({ steps, topPx, heightPx }: Panel, quantities: Quantities): readonly Mark[] {
  return stepValues(steps).map((value) => ({
    y: px(topPx + heightPx * (1 - value / steps.max)),
    text: value === 0 ? "0" : `${quantities.text(value)}${value === steps.max ? "/s" : ""}`,
  }));
}

function area({ series, steps, topPx, heightPx }: Panel, { bars, quantities: { field }, time }: Shared): Layer {
  const rows = [...series.perSecond, 0].map((value, i) => ({
    atNs: bars.startNs + i * bars.barNs - time.fromNs,
    [field]: Number(value.toPrecision(6)),
  }));
  return stepArea(
    rows,
    { field: "atNs", domain: [0, spanNs(time)], range: [0, time.plotPx] },
    { field, domain: [0, steps.max], range: [topPx + heightPx, topPx] },
    OP_STYLE[series.op].token,
  );
}

/** The rolling mean over the middles of the bars, with a halo that sets it off from them; nothing where there is none. */
function rollingLine(
  { series, steps, topPx, heightPx }: Panel,
  { bars, quantities: { field }, time }: Shared,
): readonly Layer[] {
  if (series.window === null) return [];
  const rows = rollingMeans(series.perSecond, series.window).map((mean, i) => ({
    atNs: bars.startNs + (i + 0.5) * bars.barNs - time.fromNs,
    [field]: Number(mean.toPrecision(5)),
  }));
  const x: Extent = { field: "atNs", domain: [0, spanNs(time)], range: [0, time.plotPx] };
  const y: Extent = { field, domain: [0, steps.max], range: [topPx + heightPx, topPx] };
  return [line(rows, x, y, "bg", { strokeWidth: 4 }), line(rows, x, y, "ink", { strokeWidth: 1.5 })];
}

/** A slanting gap in each bar that is cut. */
function cuts({ series, steps, topPx }: Panel, { bars: { startNs, barNs }, time }: Shared): readonly Line[] {
  return series.perSecond.flatMap((value, i) => {
    if (value <= steps.max) return [];
    const x = timeX(time, startNs + i * barNs) - 2;
    const x2 = timeX(time, startNs + (i + 1) * barNs) + 2;
    return [{ x: px(x), x2: px(x2), y: topPx + 8, y2: topPx + 4 }];
  });
}

/** The panel's name, total and peak, as much of it as fits. */
export function headingLabel(panel: Panel, { quantities, plot, ...shared }: Shared): Label {
  const { op, total, peakPerSecond } = panel.series;
  const name = sentence(OP_STYLE[op].plural);
  const peak = quantities.rateText(peakPerSecond);
  const cutBars = cuts(panel, { quantities, plot, ...shared }).length;
  const cut = cutBars === 0 ? "" : ` · ↑ ${cutBars === 1 ? "peak" : `${cutBars} bars`} cut off`;
  const own = panel.ownScale ? " · own scale" : "";
  const wordings = [
    `${name} · ${quantities.text(total)}, peak ${peak}${cut}${own}`,
    `${name} · peak ${peak}${cut}${own}`,
    `${name} · ${peak}${cut}${own}`,
  ];
  const roomPx = plot.plotPx + plot.rightPx;
  const text = firstThatFits(wordings, roomPx + plot.leftPx - 2);
  return { x: textWidth(text) <= roomPx ? 0 : 2 - plot.leftPx, y: panel.topPx - 13, text };
}

export function panelLayers(panel: Panel, shared: Shared): readonly Layer[] {
  const gaps = cuts(panel, shared);
  return [
    ...valueGrid(rateMarks(panel, shared.quantities), shared.plot.plotPx),
    area(panel, shared),
    ...rollingLine(panel, shared),
    ...(gaps.length === 0 ? [] : [rules(gaps, "bg", { strokeWidth: 2.5 })]),
    texts([headingLabel(panel, shared)], OP_STYLE[panel.series.op].token),
  ];
}
