import type { Durability } from "../../analysis/metrics/durability.ts";
import { bytesText, counted, durationText } from "../../model/quantities.ts";
import type { Drawing, Layout } from "../chart.ts";
import { plotBeside, timeAxis, timeAxisPx, valueGrid } from "../kit/axes.ts";
import { firstThatFits } from "../kit/fit.ts";
import { px, within } from "../kit/pixels.ts";
import { rebinMax, rebinSum } from "../kit/rebin.ts";
import { scaledSpec, stepArea } from "../kit/series.ts";
import { type Line, rules, texts } from "../kit/spec.ts";
import { binarySteps, stepValues } from "../kit/steps.ts";
import { columnFactor } from "../kit/timeColumns.ts";
import { spanNs, type TimeScale, timeX } from "../kit/timeScale.ts";

type Figures = NonNullable<Durability>;

const TOP_PX = 24;
const LANE_PX = 12;
const LANE_GAP_PX = 8;
const HEIGHT_PX = { wide: 140, narrow: 120 } as const;
const COLUMN_PX = { wide: 2, narrow: 3 } as const;
const LEAST_SCALE_BYTES = 4096;

/** A tick in the lane for each column with flushes. */
function flushTicks({ flushes, startNs, binNs }: Figures, factor: number, time: TimeScale): readonly Line[] {
  return rebinSum(flushes, factor).flatMap((count, i) => {
    if (count === 0) return [];
    const x = timeX(time, startNs + (i + 0.5) * factor * binNs);
    return [{ x, x2: x, y: 0, y2: LANE_PX }];
  });
}

function heading(
  { flushRequests, preflushRequests, binNs }: Figures,
  factor: number,
  time: TimeScale,
  roomPx: number,
): string {
  const columnNs = factor * binNs;
  const each = time.clock === "ns" ? durationText(columnNs) : counted(columnNs, "request");
  const flushed = flushRequests + preflushRequests;
  const flushes = flushed === 0 ? "no flush" : `ticks: ${counted(flushed, "flush", "flushes")}`;
  return firstThatFits(
    [`${flushes} · area: most bytes unflushed in each ${each}`, `${flushes} · area: most unflushed`, flushes],
    roomPx,
  );
}

/** Unflushed bytes as a stepped area; above it a lane with a tick where there are flushes. */
export function drawDurability(value: Figures, scaleFor: (plotPx: number) => TimeScale, layout: Layout): Drawing {
  const plotHeightPx = HEIGHT_PX[layout];
  const floorPx = LANE_PX + LANE_GAP_PX + plotHeightPx;
  const steps = binarySteps(Math.max(value.peak.bytes, LEAST_SCALE_BYTES), 4);
  const marks = stepValues(steps).map((bytes) => ({
    y: px(floorPx - plotHeightPx * (bytes / steps.max)),
    text: bytesText(bytes),
  }));
  const plot = plotBeside(marks, layout);
  const time = scaleFor(plot.plotPx);
  const factor = columnFactor(value, time, COLUMN_PX[layout]);
  const at = (bin: number) => within(value.startNs + bin * value.binNs - time.fromNs, 0, spanNs(time));
  const most = rebinMax(value.unflushedBytes, factor);
  const rows = [
    ...most.map((unflushedBytes, i) => ({ at: at(i * factor), unflushedBytes })),
    { at: at(value.bins), unflushedBytes: most.at(-1)! },
  ];
  const ticks = flushTicks(value, factor, time);
  const layers = [
    ...valueGrid(marks, plot.plotPx),
    stepArea(
      rows,
      { field: "at", domain: [0, spanNs(time)], range: [0, plot.plotPx] },
      { field: "unflushedBytes", domain: [0, steps.max], range: [floorPx, floorPx - plotHeightPx] },
      "write",
    ),
    ...(ticks.length === 0 ? [] : [rules(ticks, "flush")]),
    ...timeAxis(time, plot, floorPx),
    texts([{ x: 0, y: -12, text: heading(value, factor, time, plot.plotPx + plot.rightPx) }], "ink-2"),
  ];
  const padding = { left: plot.leftPx, right: plot.rightPx, top: TOP_PX, bottom: timeAxisPx(time) };
  const heightPx = TOP_PX + floorPx + padding.bottom;
  return { spec: scaledSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}
