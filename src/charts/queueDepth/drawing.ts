import type { QueueDepth } from "../../analysis/metrics/queueDepth.ts";
import { durationText } from "../../model/quantities.ts";
import type { Drawing, Layout } from "../chart.ts";
import { timeAxis, timeAxisPx, valueGrid } from "../kit/axes.ts";
import { apart, firstThatFits } from "../kit/fit.ts";
import { px, within } from "../kit/pixels.ts";
import { type PlotWidth, plotWidth } from "../kit/plotWidth.ts";
import { decimalText } from "../kit/rates.ts";
import { rebinMax, rebinMean } from "../kit/rebin.ts";
import { rollingMeans, rollingWindow } from "../kit/rolling.ts";
import { line, type Row, scaledSpec, stepArea } from "../kit/series.ts";
import { type Layer, rules, texts } from "../kit/spec.ts";
import { type Steps, stepValues, wholeSteps } from "../kit/steps.ts";
import { columnFactor } from "../kit/timeColumns.ts";
import { spanNs, type TimeScale } from "../kit/timeScale.ts";

const TOP_PX = 24;
const HEIGHT_PX = { wide: 150, narrow: 140 } as const;
const COLUMN_PX = { wide: 2, narrow: 3 } as const;
/** Room for the labels at the end of the plot. */
const WIDE_RIGHT_PX = 70;

interface Columns {
  readonly columnNs: number;
  /** How many columns the line is the mean of. */
  readonly window: number;
  readonly rows: readonly Row[];
}

/** Nanoseconds of each bin that lie in the scope. */
function binWeights({ startNs, binNs, bins }: QueueDepth, { fromNs, toNs }: TimeScale): number[] {
  return Array.from({ length: bins }, (_, i) => {
    const left = startNs + i * binNs;
    return Math.max(0, Math.min(left + binNs, toNs) - Math.max(left, fromNs));
  });
}

function columnsOf(depth: QueueDepth, time: TimeScale, layout: Layout): Columns {
  const factor = columnFactor(depth, time, COLUMN_PX[layout]);
  const most = rebinMax(depth.max, factor);
  const each = rebinMean(depth.mean, binWeights(depth, time), factor);
  const window = rollingWindow(each) ?? 1;
  const mean = rollingMeans(each, window);
  const columnNs = depth.binNs * factor;
  const rows = most.map((value, i) => ({
    atNs: within(depth.startNs + i * columnNs - time.fromNs, 0, spanNs(time)),
    mostInFlight: value,
    meanInFlight: Number(mean[i]!.toPrecision(6)),
  }));
  const endNs = within(depth.startNs + depth.bins * depth.binNs - time.fromNs, 0, spanNs(time));
  const nothing = { mostInFlight: 0, meanInFlight: 0 };
  const before = rows[0]!.atNs! > 0 ? [{ atNs: 0, ...nothing }] : [];
  return {
    columnNs,
    window,
    rows: [...before, ...rows, { atNs: endNs, ...nothing }, { atNs: spanNs(time), ...nothing }],
  };
}

function grid(steps: Steps, heightPx: number, plot: PlotWidth): readonly Layer[] {
  const marks = stepValues(steps).map((value) => ({
    y: px(heightPx * (1 - value / steps.max)),
    text: decimalText(value),
  }));
  return valueGrid(marks, plot.plotPx);
}

function endLabels(
  { overallMean, peak }: QueueDepth,
  steps: Steps,
  heightPx: number,
  plotPx: number,
): readonly Layer[] {
  const at = [peak, overallMean].map((value) => px(heightPx * (1 - value / steps.max)));
  const [peakY, meanY] = apart(at, 14, 0, heightPx);
  const ticks = at.map((y) => ({ x: plotPx, x2: plotPx + 4, y, y2: y }));
  const labels = [
    { x: plotPx + 8, y: peakY!, text: `peak ${decimalText(peak)}` },
    { x: plotPx + 8, y: meanY!, text: `mean ${decimalText(overallMean)}` },
  ];
  return [rules(ticks, "ink-3"), texts(labels, "ink")];
}

function heading({ columnNs, window }: Columns, depth: QueueDepth, plot: PlotWidth): Layer {
  const mean = window === 1 ? "mean" : `mean of ${window} such (${durationText(window * columnNs)})`;
  const most = `most in each ${durationText(columnNs)} (grey)`;
  const wordings = [
    `in flight: ${most}, ${mean} (line)`,
    `${most}, ${mean} (line)`,
    `grey: most (peak ${decimalText(depth.peak)}), line: mean${window === 1 ? "" : ` of ${durationText(window * columnNs)}`}`,
  ];
  return texts([{ x: 0, y: -12, text: firstThatFits(wordings, plot.plotPx + plot.rightPx) }], "ink-2");
}

/** Most in flight as grey columns, the time-weighted mean as a line. */
export function drawQueueDepth(depth: QueueDepth, scaleFor: (plotPx: number) => TimeScale, layout: Layout): Drawing {
  const plot = plotWidth(layout, layout === "wide" ? { rightPx: WIDE_RIGHT_PX } : {});
  const time = scaleFor(plot.plotPx);
  const columns = columnsOf(depth, time, layout);
  const { rows } = columns;
  const plotHeightPx = HEIGHT_PX[layout];
  const steps = wholeSteps(depth.peak, 4);
  const x = { field: "atNs", domain: [0, spanNs(time)], range: [0, plot.plotPx] } as const;
  const y = { domain: [0, steps.max], range: [plotHeightPx, 0] } as const;
  const padding = { left: plot.leftPx, right: plot.rightPx, top: TOP_PX, bottom: timeAxisPx(time) };
  const heightPx = TOP_PX + plotHeightPx + padding.bottom;
  const layers = [
    ...grid(steps, plotHeightPx, plot),
    stepArea(rows, x, { field: "mostInFlight", ...y }, "n2"),
    line(rows, x, { field: "meanInFlight", ...y }, "ink", { interpolate: "step-after", strokeWidth: 1.5 }),
    ...timeAxis(time, plot, plotHeightPx),
    heading(columns, depth, plot),
    ...(layout === "wide" ? endLabels(depth, steps, plotHeightPx, plot.plotPx) : []),
  ];
  return { spec: scaledSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}
