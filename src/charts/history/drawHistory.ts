import type { History, HistoryFigure } from "../../compare/history.ts";
import { colour } from "../../theme/colours.ts";
import { textWidth } from "../../theme/textWidth.ts";
import type { Drawing, Layout } from "../chart.ts";
import { axisLine, centredWithin, plotBeside, valueGrid, withoutOverlap } from "../kit/axes.ts";
import { px } from "../kit/pixels.ts";
import type { PlotWidth } from "../kit/plotWidth.ts";
import { type Extent, line, type Row, scaledSpec, points as symbols } from "../kit/series.ts";
import { type Layer, rules, texts } from "../kit/spec.ts";
import { cutToWidth } from "../kit/text.ts";
import { valueText } from "./valueText.ts";

const TOP_PX = 26;
const PLOT_PX = 120;
const BOTTOM_PX = 30;
const INSET_PX = 16;
const MOST_NAME_PX = 96;

/** Points in their order, the runs of each as hollow circles, and the reference as a dashed line over the window. */
export function drawHistory(history: History, figure: HistoryFigure, layout: Layout): Drawing {
  const values = figure.runs.flat().filter((value) => value !== null);
  const most = Math.max(...values, 1e-9);
  const grid = [0, most].map((value) => ({ y: px(PLOT_PX * (1 - value / most)), text: valueText(value, figure.kind) }));
  const plot = plotBeside(grid, layout);
  const x: Extent = {
    field: "point",
    domain: [0, Math.max(1, history.points.length - 1)],
    range: [INSET_PX, plot.plotPx - INSET_PX],
  };
  const y: Extent = { field: "value", domain: [0, most], range: [PLOT_PX, 0] };
  const heightPx = TOP_PX + PLOT_PX + BOTTOM_PX;
  const layers = [
    ...valueGrid(grid, plot.plotPx),
    ...referenceLayers(history, figure, x, most, plot),
    line(rowsOf(figure.values.map((value) => [value])), x, y, "ink", { strokeWidth: 2 }),
    symbols(rowsOf(figure.runs), x, y, {
      shape: "circle",
      size: 30,
      fill: colour("bg"),
      stroke: colour("ink-2"),
      strokeWidth: 1.25,
    }),
    symbols(rowsOf(figure.values.map((value) => [value])), x, y, {
      shape: "circle",
      size: 40,
      fill: colour("ink"),
      stroke: colour("ink"),
      strokeWidth: 1.5,
    }),
    ...pointAxis(history, x, plot),
  ];
  const padding = { left: plot.leftPx, right: plot.rightPx, top: TOP_PX, bottom: BOTTOM_PX };
  return { spec: scaledSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}

function rowsOf(runs: readonly (readonly (number | null)[])[]): readonly Row[] {
  return runs.flatMap((values, point) => values.flatMap((value) => (value === null ? [] : [{ point, value }])));
}

function xOf({ domain, range }: Extent, point: number): number {
  return px(range[0] + ((range[1] - range[0]) * point) / domain[1]);
}

/** From the window's first point to the last one. */
function referenceLayers(
  { points, windowPoints }: History,
  { reference, direction, kind }: HistoryFigure,
  x: Extent,
  most: number,
  { plotPx }: PlotWidth,
): readonly Layer[] {
  if (reference === null) return [];
  const last = points.length - 1;
  const first = direction === "none" ? reference.point : Math.max(0, last - windowPoints);
  const y = px(PLOT_PX * (1 - reference.value / most));
  const which = direction === "none" ? "before" : "best";
  const words = `${which}: ${valueText(reference.value, kind)}, ${points[reference.point]!.name}`;
  return [
    rules([{ x: xOf(x, first), x2: xOf(x, last), y, y2: y }], "ink-2", { strokeDash: [4, 3], strokeWidth: 1.25 }),
    texts([{ x: plotPx, y: -14, text: cutToWidth(`- - ${words}`, plotPx) }], "ink-2", "right"),
  ];
}

/** The name of the last point always stands; of the others as many as have room. */
function pointAxis({ points }: History, x: Extent, plot: PlotWidth): readonly Layer[] {
  const labels = points.map(({ name }, i) => {
    const text = cutToWidth(name, MOST_NAME_PX);
    return { x: centredWithin(xOf(x, i), text, plot), y: PLOT_PX + 14, text };
  });
  const last = labels.at(-1)!;
  const room = last.x - textWidth(last.text) / 2 - 8;
  const others = withoutOverlap(labels.slice(0, -1)).filter((label) => label.x + textWidth(label.text) / 2 < room);
  const ticks = points.map(({ name }, i) => ({ x: xOf(x, i), y: PLOT_PX, text: name }));
  return [
    ...axisLine([{ x: 0, x2: plot.plotPx, y: PLOT_PX, y2: PLOT_PX }], ticks, PLOT_PX),
    texts([...others, last], "ink-2", "center"),
  ];
}
