import type { Reuse } from "../../analysis/metrics/reuse.ts";
import { bytesText } from "../../model/quantities.ts";
import { textWidth } from "../../theme/textWidth.ts";
import type { Drawing, Layout } from "../chart.ts";
import { plotBeside, timeAxis, timeAxisPx, valueGrid } from "../kit/axes.ts";
import { px } from "../kit/pixels.ts";
import { type Extent, line, scaledSpec, stepArea } from "../kit/series.ts";
import { bars, type Layer, rules, texts } from "../kit/spec.ts";
import { binarySteps, stepValues } from "../kit/steps.ts";
import { spanNs, type TimeScale } from "../kit/timeScale.ts";
import { runningSums } from "./runningSums.ts";

const TOP_PX = 30;
const HEIGHT_PX = { wide: 160, narrow: 140 } as const;
const SAMPLE_PX = 20;

/** A grey area: what is touched in each stretch; a line: all that has been touched. */
export function drawWorkingSet(
  { blockBytes, blocks, workingSet }: Reuse,
  stretch: string,
  scaleFor: (plotPx: number) => TimeScale,
  layout: Layout,
): Drawing {
  const { startNs, binNs, distinctBlocks, newBlocks } = workingSet;
  const steps = binarySteps(Math.max(blocks, ...distinctBlocks) * blockBytes, 4);
  const plotHeightPx = HEIGHT_PX[layout];
  const marks = stepValues(steps).map((value) => ({
    y: px(plotHeightPx * (1 - value / steps.max)),
    text: value === 0 ? "0" : bytesText(value),
  }));
  const plot = plotBeside(marks, layout);
  const time = scaleFor(plot.plotPx);
  const x: Extent = { field: "atNs", domain: [0, Math.max(1, spanNs(time))], range: [0, plot.plotPx] };
  const y: Extent = { field: "bytes", domain: [0, steps.max], range: [plotHeightPx, 0] };
  const at = (bin: number) => startNs + bin * binNs - time.fromNs;
  const soFar = runningSums(newBlocks).map((sum, i) => ({ atNs: at(i + 1), bytes: sum * blockBytes }));
  const inUse = [...distinctBlocks, 0].map((distinct, i) => ({ atNs: at(i), bytes: distinct * blockBytes }));
  const padding = { left: plot.leftPx, right: plot.rightPx, top: TOP_PX, bottom: timeAxisPx(time) };
  const heightPx = TOP_PX + plotHeightPx + padding.bottom;
  const layers = [
    ...valueGrid(marks, plot.plotPx),
    stepArea(inUse, x, y, "same"),
    line([{ atNs: at(0), bytes: 0 }, ...soFar], x, y, "ink", { strokeWidth: 1.75 }),
    ...key(stretch, 2 - plot.leftPx),
    ...timeAxis(time, plot, plotHeightPx),
  ];
  return { spec: scaledSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}

function key(stretch: string, left: number): readonly Layer[] {
  const second = left + SAMPLE_PX + 6 + Math.ceil(textWidth("touched so far")) + 16;
  return [
    rules([{ x: left, x2: left + SAMPLE_PX, y: -18, y2: -18 }], "ink", { strokeWidth: 1.75 }),
    texts([{ x: left + SAMPLE_PX + 6, y: -18, text: "touched so far" }], "ink-2"),
    bars([{ x: second, x2: second + SAMPLE_PX, y: -23, y2: -13 }], "same"),
    texts([{ x: second + SAMPLE_PX + 6, y: -18, text: `in each ${stretch}` }], "ink-2"),
  ];
}
