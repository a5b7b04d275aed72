import type { Op } from "../../model/ops.ts";
import { colour } from "../../theme/colours.ts";
import type { Drawing, Layout } from "../chart.ts";
import { axisLine, centredWithin, valueGrid, withoutOverlap } from "../kit/axes.ts";
import { type LogScale, logPosition, logTicks, wholeDecades } from "../kit/logScale.ts";
import { OP_STYLE } from "../kit/opStyle.ts";
import { px } from "../kit/pixels.ts";
import { type PlotWidth, plotWidth } from "../kit/plotWidth.ts";
import { type Extent, line, points, type Row, scaledSpec } from "../kit/series.ts";
import { type Layer, texts } from "../kit/spec.ts";
import { FEWEST_FOR_P90, FEWEST_FOR_P99 } from "../latencyTime/note.ts";
import type { Curve } from "./curves.ts";
import { nameLayers } from "./labels.ts";

const TOP_PX = 26;
const BOTTOM_PX = 30;
const HEIGHT_PX = { wide: 220, narrow: 200 } as const;
const RIGHT_PX = 26;

interface CurveStyle {
  readonly dash: readonly number[] | null;
  readonly symbol: string;
  readonly filled: boolean;
}

const OTHER: CurveStyle = { dash: [8, 3, 2, 3], symbol: "cross", filled: false };
/** Told apart by dash and symbol, not only by hue. */
const CURVE_STYLE: Partial<Record<Op, CurveStyle>> = {
  read: { dash: null, symbol: "circle", filled: false },
  write: { dash: [6, 3], symbol: "square", filled: true },
  flush: { dash: [2, 3], symbol: "triangle-up", filled: false },
  writeZeroes: { dash: [8, 3, 2, 3], symbol: "diamond", filled: false },
};

function percentiles({ figures }: Curve): readonly Row[] {
  const { count, p50Ns, p90Ns, p99Ns } = figures;
  return [
    { latencyNs: p50Ns, shareDone: 0.5 },
    ...(count < FEWEST_FOR_P90 ? [] : [{ latencyNs: p90Ns, shareDone: 0.9 }]),
    ...(count < FEWEST_FOR_P99 ? [] : [{ latencyNs: p99Ns, shareDone: 0.99 }]),
  ];
}

function curve(each: Curve, x: Extent, y: Extent): readonly Layer[] {
  const { dash, symbol, filled } = CURVE_STYLE[each.op] ?? OTHER;
  const token = OP_STYLE[each.op].token;
  const paint = filled
    ? { fill: colour(token), stroke: colour("bg"), strokeWidth: 1 }
    : { fill: colour("bg"), stroke: colour(token), strokeWidth: 1.5 };
  return [
    line(each.points, x, y, token, { strokeWidth: 2, ...(dash ? { strokeDash: dash } : {}) }),
    points(percentiles(each), x, y, { shape: symbol, size: 48, ...paint }),
  ];
}

function shareGrid(curves: readonly Curve[], heightPx: number, plot: PlotWidth): readonly Layer[] {
  const most = Math.max(...curves.map(({ figures }) => figures.count));
  const shares = [0, 0.5, ...(most < FEWEST_FOR_P90 ? [] : [0.9]), ...(most < FEWEST_FOR_P99 ? [1] : [0.99])];
  const marks = shares.map((share) => ({ y: px(heightPx * (1 - share)), text: `${Math.round(share * 100)} %` }));
  return [
    ...valueGrid(marks, plot.plotPx),
    texts([{ x: 2 - plot.leftPx, y: -16, text: "share of requests done within" }], "ink-3"),
  ];
}

function latencyAxis(scale: LogScale, plot: PlotWidth, y: number): readonly Layer[] {
  const ticks = logTicks(scale, 56).map(({ ns, text }) => ({ x: logPosition(scale, ns), y: y + 14, text }));
  const labels = withoutOverlap(ticks.map((tick) => ({ ...tick, x: centredWithin(tick.x, tick.text, plot) })));
  return [...axisLine([{ x: 0, x2: plot.plotPx, y, y2: y }], ticks, y), texts(labels, "ink-2", "center")];
}

/** The curves over a logarithmic axis, with the percentiles as symbols. */
export function drawEcdf(curves: readonly Curve[], layout: Layout): Drawing {
  const plot = plotWidth(layout, { rightPx: RIGHT_PX });
  const plotHeightPx = HEIGHT_PX[layout];
  const all = curves.map(({ figures }) => figures);
  const [fromNs, toNs] = wholeDecades(Math.min(...all.map((f) => f.minNs)), Math.max(...all.map((f) => f.maxNs)), 2);
  const scale: LogScale = { fromNs, toNs, fromPx: 0, toPx: plot.plotPx };
  const x: Extent = { field: "latencyNs", domain: [fromNs, toNs], range: [0, plot.plotPx], type: "log" };
  const y: Extent = { field: "shareDone", domain: [0, 1], range: [plotHeightPx, 0] };
  const heightPx = TOP_PX + plotHeightPx + BOTTOM_PX;
  const padding = { left: plot.leftPx, right: plot.rightPx, top: TOP_PX, bottom: BOTTOM_PX };
  const layers = [
    ...shareGrid(curves, plotHeightPx, plot),
    ...curves.flatMap((each) => curve(each, x, y)),
    ...latencyAxis(scale, plot, plotHeightPx),
    ...nameLayers(curves, scale, { widthPx: plot.plotPx, heightPx: plotHeightPx }),
  ];
  return { spec: scaledSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}
