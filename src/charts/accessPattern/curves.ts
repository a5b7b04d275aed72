import { colour, type Token } from "../../theme/colours.ts";
import { textWidth } from "../../theme/textWidth.ts";
import type { Drawing, Layout } from "../chart.ts";
import { axisLine, centredWithin, valueGrid, withoutOverlap } from "../kit/axes.ts";
import { px } from "../kit/pixels.ts";
import { type PlotWidth, plotWidth } from "../kit/plotWidth.ts";
import { type Extent, line, type Row, scaledSpec } from "../kit/series.ts";
import { type Label, type Layer, rules, texts } from "../kit/spec.ts";

/** A line from 0 to 100 %: told apart by its dashes, named in the key. */
export interface ShareCurve {
  readonly name: string;
  readonly token: Token;
  readonly dash: readonly number[];
  /** `x` in the unit of the axis, `share` from 0 to 1. */
  readonly points: readonly Row[];
}

/** How curves of all accesses, of reads and of writes look. */
export const CURVE_LOOK = {
  all: { name: "all", token: "ink-2", dash: [1, 0] },
  reads: { name: "reads", token: "read", dash: [6, 3] },
  writes: { name: "writes", token: "write", dash: [2, 3] },
} as const satisfies Record<string, Omit<ShareCurve, "points">>;

export type CurveName = keyof typeof CURVE_LOOK;

/** What is drawn of all accesses, reads and writes: where there are only reads, or only writes, one curve. */
export function curvesOf<T>(all: T, reads: T | null, writes: T | null): readonly (readonly [CurveName, T])[] {
  if (reads === null || writes === null) return [[reads === null ? "writes" : "reads", all]];
  return [
    ["all", all],
    ["reads", reads],
    ["writes", writes],
  ];
}

export interface ShareAxis {
  readonly type: "linear" | "log";
  readonly domain: readonly [number, number];
  /** Labels at values of the axis, given the plot's width. */
  ticks(plotPx: number): readonly { readonly at: number; readonly text: string }[];
  readonly title: string;
  readonly valueTitle: string;
}

const TOP_PX = 44;
const BOTTOM_PX = 46;
const HEIGHT_PX = { wide: 220, narrow: 190 } as const;
const SAMPLE_PX = 24;

/** Curves of shares over an axis, with a key above. */
export function shareCurves(
  curves: readonly ShareCurve[],
  axis: ShareAxis,
  layout: Layout,
  below: readonly Layer[] = [],
): Drawing {
  const plot = plotWidth(layout, { rightPx: 26 });
  const plotHeightPx = HEIGHT_PX[layout];
  const x: Extent = { field: "x", domain: axis.domain, range: [0, plot.plotPx], type: axis.type };
  const y: Extent = { field: "share", domain: [0, 1], range: [plotHeightPx, 0] };
  const marks = [0, 0.25, 0.5, 0.75, 1].map((share) => ({
    y: px(plotHeightPx * (1 - share)),
    text: `${share * 100} %`,
  }));
  const heightPx = TOP_PX + plotHeightPx + BOTTOM_PX;
  const padding = { left: plot.leftPx, right: plot.rightPx, top: TOP_PX, bottom: BOTTOM_PX };
  const layers = [
    ...valueGrid(marks, plot.plotPx),
    ...below,
    ...curves.map(({ points, token, dash }) => line(points, x, y, token, strokeOf(dash, curves.length))),
    ...axisLayers(axis, plot, plotHeightPx),
    texts([{ x: 2 - plot.leftPx, y: -16, text: axis.valueTitle }], "ink-3"),
    ...key(curves, plot),
  ];
  return { spec: scaledSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}

/** Dashes tell curves apart; one alone has none. */
function strokeOf(dash: readonly number[], curves: number): Layer {
  return { strokeWidth: 2, ...(curves > 1 ? { strokeDash: dash } : {}) };
}

function place({ type, domain: [from, to] }: ShareAxis, at: number, plotPx: number): number {
  const share = type === "log" ? Math.log(at / from) / Math.log(to / from) : (at - from) / (to - from);
  return px(share * plotPx);
}

function axisLayers(axis: ShareAxis, plot: PlotWidth, y: number): readonly Layer[] {
  const ticks = axis.ticks(plot.plotPx).map(({ at, text }) => ({ x: place(axis, at, plot.plotPx), y: y + 14, text }));
  const labels = withoutOverlap(ticks.map((tick) => ({ ...tick, x: centredWithin(tick.x, tick.text, plot) })));
  return [
    ...axisLine([{ x: 0, x2: plot.plotPx, y, y2: y }], ticks, y),
    texts(labels, "ink-2", "center"),
    texts([{ x: plot.plotPx, y: y + 32, text: axis.title }], "ink-3", "right"),
  ];
}

/** A piece of each line with its name, where there are several. */
function key(curves: readonly ShareCurve[], plot: PlotWidth): readonly Layer[] {
  if (curves.length < 2) return [];
  let x = 2 - plot.leftPx;
  return curves.flatMap(({ name, token, dash }) => {
    const label: Label = { x: x + SAMPLE_PX + 6, y: -34, text: name };
    const sample = { x, x2: x + SAMPLE_PX, y: -34, y2: -34 };
    x = label.x + Math.ceil(textWidth(name)) + 16;
    return [rules([sample], token, { strokeWidth: 2, strokeDash: dash }), texts([label], token)];
  });
}

/** A straight line from one corner of the plot to the other. */
export function diagonal(layout: Layout): Layer {
  const { plotPx } = plotWidth(layout, { rightPx: 26 });
  return rules([{ x: 0, x2: plotPx, y: HEIGHT_PX[layout], y2: 0 }], "rule", { stroke: colour("rule") });
}
