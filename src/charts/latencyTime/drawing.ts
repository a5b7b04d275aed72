import type { LatencyOverTime } from "../../analysis/metrics/latencyOverTime.ts";
import type { Drawing, Layout } from "../chart.ts";
import { timeAxis, timeAxisPx, valueGrid } from "../kit/axes.ts";
import { density, levelKey, mostIn } from "../kit/density.ts";
import { countLevels } from "../kit/levels.ts";
import { type LogScale, logPosition, logTicks, wholeDecades } from "../kit/logScale.ts";
import { within } from "../kit/pixels.ts";
import { plotWidth } from "../kit/plotWidth.ts";
import { scaledSpec } from "../kit/series.ts";
import type { TimeScale } from "../kit/timeScale.ts";
import { latencyBinNs, latencyBins, latencyGrid } from "./cells.ts";
import { percentileLines } from "./percentiles.ts";

const TOP_PX = 24;
const RIGHT_PX = { wide: 40, narrow: 34 } as const;
const CELL_PX = { wide: { x: 8, y: 6 }, narrow: { x: 6, y: 5 } } as const;
const MOST_HEIGHT_PX = 260;
const LEAST_HEIGHT_PX = 120;

function latencyScale(value: LatencyOverTime, layout: Layout): LogScale {
  const [least, most] = latencyBins(value);
  const [fromNs, toNs] = wholeDecades(latencyBinNs(least), latencyBinNs(most + 1), 3);
  const bins = Math.round(Math.log10(toNs / fromNs) * value.latencyBinsPerDecade);
  const cellPx = within(Math.floor(MOST_HEIGHT_PX / bins), 2, Math.max(CELL_PX[layout].y, LEAST_HEIGHT_PX / bins));
  return { fromNs, toNs, fromPx: bins * cellPx, toPx: 0 };
}

/** A heat map in grey steps; the median solid, the 99th percentile dashed. */
export function drawLatencyTime(
  value: LatencyOverTime,
  scaleFor: (plotPx: number) => TimeScale,
  layout: Layout,
): Drawing {
  const plot = plotWidth(layout, { rightPx: RIGHT_PX[layout] });
  const time = scaleFor(plot.plotPx);
  const scale = latencyScale(value, layout);
  const grid = latencyGrid(value, time, scale, CELL_PX[layout].x);
  const most = mostIn(grid);
  const levels = countLevels(most);
  const marks = logTicks(scale, 22).map(({ ns, text }) => ({ y: logPosition(scale, ns), text }));
  const padding = { left: plot.leftPx, right: plot.rightPx, top: TOP_PX, bottom: timeAxisPx(time) };
  const heightPx = TOP_PX + scale.fromPx + padding.bottom;
  const layers = [
    ...valueGrid(marks, plot.plotPx),
    ...density(grid, levels, "n"),
    ...percentileLines(value.windows, time, scale, grid.xEdges.at(-1)!),
    ...levelKey(levels, most, "requests a cell", plot.plotPx, -12).layers,
    ...timeAxis(time, plot, scale.fromPx),
  ];
  return { spec: scaledSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}
