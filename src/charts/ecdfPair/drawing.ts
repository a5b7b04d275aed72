import { countText, sentence } from "../../model/quantities.ts";
import { colour, type Token } from "../../theme/colours.ts";
import type { Drawing, Layout } from "../chart.ts";
import { axisLine, centredWithin, valueGrid, withoutOverlap } from "../kit/axes.ts";
import { curveLabels } from "../kit/curveLabels.ts";
import type { EcdfPoint } from "../kit/ecdf.ts";
import { OP_STYLE } from "../kit/opStyle.ts";
import { px } from "../kit/pixels.ts";
import { type PlotWidth, plotWidth } from "../kit/plotWidth.ts";
import { type Extent, line, points, scaledSpec } from "../kit/series.ts";
import { type Layer, texts } from "../kit/spec.ts";
import { alike, type Distribution, type OpPair } from "./distribution.ts";
import type { ScaleOf, ValueScale } from "./scales.ts";

const TITLE_PX = 24;
const PLOT_PX = { wide: 132, narrow: 120 } as const;
const BETWEEN_PX = 16;
const RIGHT_PX = 26;
const TOP_PX = 22;
const AXIS_PX = 30;
const SHARES = [0, 0.5, 1];

/** What the shares are of, at the head of the drawing: "share of requests done within". */
export interface PairWords {
  readonly share: string;
  readonly scale: ScaleOf;
}

/** A panel for each op with both sides in it: A dashed with circles, B solid with squares, each named at its curve. */
export function drawPairs(pairs: readonly OpPair[], { share, scale }: PairWords, layout: Layout): Drawing {
  const plot = plotWidth(layout, { rightPx: RIGHT_PX });
  const values = scale(rangeOf(pairs), plot.plotPx);
  const panelPx = TITLE_PX + PLOT_PX[layout];
  const plotHeightPx = pairs.length * panelPx + (pairs.length - 1) * BETWEEN_PX;
  const layers = [
    texts([{ x: 2 - plot.leftPx, y: 9 - TOP_PX, text: share }], "ink-3"),
    ...pairs.flatMap((pair, i) => panel(pair, values, plot, i * (panelPx + BETWEEN_PX) + TITLE_PX)),
    ...valueAxis(values, plot, plotHeightPx),
  ];
  const heightPx = TOP_PX + plotHeightPx + AXIS_PX;
  const padding = { left: plot.leftPx, right: plot.rightPx, top: TOP_PX, bottom: AXIS_PX };
  return { spec: scaledSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}

function rangeOf(pairs: readonly OpPair[]): readonly [number, number] {
  const ends = pairs.flatMap(({ a, b }) => [a, b].flatMap((side) => side?.points.map(({ value }) => value) ?? []));
  return ends.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [
    Number.POSITIVE_INFINITY,
    0,
  ] as readonly [number, number]);
}

interface Curve {
  readonly name: string;
  readonly of: Distribution;
  readonly look: "dashed" | "solid";
  readonly token: Token;
}

/** Two curves, or one where both sides are alike. A's dashes lie over B, so that both show where they meet. */
function curvesOf(pair: OpPair): readonly Curve[] {
  const { token } = OP_STYLE[pair.op];
  if (alike(pair)) return [{ name: "A and B", of: pair.b!, look: "solid", token }];
  const { a, b } = pair;
  return [
    ...(b === null ? [] : [{ name: "B", of: b, look: "solid", token } as const]),
    ...(a === null ? [] : [{ name: "A", of: a, look: "dashed", token: "ink" } as const]),
  ];
}

function panel(pair: OpPair, values: ValueScale, plot: PlotWidth, top: number): readonly Layer[] {
  const heightPx = PLOT_PX[plot.layout];
  const x: Extent = { field: "value", range: [0, plot.plotPx], ...values.extent };
  const y: Extent = { field: "share", domain: [0, 1], range: [top + heightPx, top] };
  const curves = curvesOf(pair);
  const grid = SHARES.map((share) => ({ y: px(top + heightPx * (1 - share)), text: `${Math.round(share * 100)} %` }));
  return [
    ...valueGrid(grid, plot.plotPx),
    texts([{ x: 2 - plot.leftPx, y: top - TITLE_PX / 2 - 2, text: titleOf(pair) }], "ink"),
    ...curves.flatMap((curve) => curveLayers(curve, x, y)),
    ...nameLayers(curves, values, { widthPx: plot.plotPx, heightPx }, top),
  ];
}

/** "Reads · 110 in A, 78 in B". */
function titleOf({ op, a, b }: OpPair): string {
  const [inA, inB] = [a, b].map((side) => (side === null ? "none" : countText(side.count)));
  return `${sentence(OP_STYLE[op].plural)} · ${inA} in A, ${inB} in B`;
}

function curveLayers({ of, look, token }: Curve, x: Extent, y: Extent): readonly Layer[] {
  const stroke = look === "dashed" ? { strokeWidth: 1.5, strokeDash: [5, 4] } : { strokeWidth: 2.5 };
  const symbol =
    look === "dashed"
      ? { shape: "circle", fill: colour("bg"), stroke: colour(token), strokeWidth: 1.5 }
      : { shape: "square", fill: colour(token), stroke: colour("bg"), strokeWidth: 1 };
  const rows = (list: readonly EcdfPoint[]) => list.map(({ value, share }) => ({ value, share }));
  return [line(rows(of.points), x, y, token, stroke), points(rows(of.percentiles), x, y, { size: 48, ...symbol })];
}

function nameLayers(
  curves: readonly Curve[],
  values: ValueScale,
  size: { readonly widthPx: number; readonly heightPx: number },
  top: number,
): readonly Layer[] {
  const named = curves.map(({ name, of }) => ({
    text: name,
    xAt: (share: number) => positionAt(of.points, share, values),
  }));
  return curveLabels(named, size).flatMap((label, i) =>
    label === null
      ? []
      : [texts([{ x: label.x, y: px(label.y + top), text: label.text }], curves[i]!.token, label.align)],
  );
}

/** Where the curve reaches a share, along its straight pieces. */
function positionAt(list: readonly EcdfPoint[], share: number, values: ValueScale): number {
  const next = list.findIndex((point) => point.share >= share);
  const to = list[next] ?? list.at(-1)!;
  const from = list[next - 1] ?? to;
  const part = to.share === from.share ? 1 : (share - from.share) / (to.share - from.share);
  const left = values.position(from.value);
  return px(left + part * (values.position(to.value) - left));
}

function valueAxis({ ticks }: ValueScale, plot: PlotWidth, y: number): readonly Layer[] {
  const labels = ticks.map(({ x, text }) => ({ x, y: y + 14, text }));
  const centred = labels.map((label) => ({ ...label, x: centredWithin(label.x, label.text, plot) }));
  return [
    ...axisLine([{ x: 0, x2: plot.plotPx, y, y2: y }], labels, y),
    texts(withoutOverlap(centred), "ink-2", "center"),
  ];
}
