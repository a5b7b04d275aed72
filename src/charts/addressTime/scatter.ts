import type { ScopeInfo } from "../../analysis/summary.ts";
import type { Drawing, Layout } from "../chart.ts";
import { timeAxisPx, valueGrid, zeroNote } from "../kit/axes.ts";
import { plotWidth } from "../kit/plotWidth.ts";
import { chartSpec, type Layer, rules, texts } from "../kit/spec.ts";
import type { Named } from "../kit/structures.ts";
import type { TimeScale } from "../kit/timeScale.ts";
import { addressFolds, addressLabels, foldAddress, partY, widestLabelPx } from "./foldedAddress.ts";
import { type FoldedTime, foldedX, foldTime, widestPart } from "./foldedTime.ts";
import { foldedTimeAxis, timeFolds } from "./foldedTimeAxis.ts";
import { nameLayers, namesPx } from "./names.ts";
import type { RequestRow } from "./rows.ts";
import { scatterKey, scatterMarks } from "./scatterMarks.ts";

const HEIGHT_PX = { wide: 240, narrow: 220 } as const;
const LEFT_PX = { wide: 72, narrow: 58 } as const;
const RIGHT_PX = 8;
/** Between the key and the plot: the texts of the time folds. */
const HEAD_PX = 26;
const LANE_PX = 28;
const NO_LANE_PX = 8;

function flushLane(flushes: readonly RequestRow[], time: FoldedTime, top: number): readonly Layer[] {
  const ticks = flushes.map(({ issueNs }) => {
    const x = foldedX(time, issueNs);
    return { x, x2: x, y: top + 9, y2: top + 21 };
  });
  return [
    rules(ticks, "flush", { strokeWidth: 1.5 }),
    texts([{ x: -10, y: top + 15, text: "flush" }], "ink-2", "right"),
  ];
}

/** Requests as symbols; address and time folded where nothing happened; flushes in a lane of their own. */
export function drawScatter(
  rows: readonly RequestRow[],
  info: ScopeInfo,
  time: TimeScale,
  structures: readonly Named[],
  layout: Layout,
): Drawing {
  const placed = rows.filter(({ op, lengthBytes }) => op !== "flush" && lengthBytes > 0);
  const flushes = rows.filter(({ op }) => op === "flush");
  const address = foldAddress(placed, HEIGHT_PX[layout]);
  const labels = addressLabels(address);
  const leftPx = Math.max(LEFT_PX[layout], Math.ceil(widestLabelPx(labels)) + 14);
  const rightPx = RIGHT_PX + namesPx(structures, layout);
  const plot = plotWidth(layout, { leftPx, rightPx });
  const folded = foldTime(rows, info, time, plot.plotPx);
  const key = scatterKey(
    placed,
    layout === "wide" ? 0 : 2 - leftPx,
    plot.widthPx - (layout === "wide" ? leftPx : 0) - RIGHT_PX,
  );
  const axisY = address.heightPx + (flushes.length > 0 ? LANE_PX : NO_LANE_PX);
  const axisParts = address.parts.map((part) => ({ ...part, y: (bytes: number) => partY(part, bytes) }));
  const padding = {
    left: leftPx,
    right: rightPx,
    top: key.heightPx + HEAD_PX,
    bottom: axisY - address.heightPx + timeAxisPx(time),
  };
  const layers = [
    ...valueGrid(labels, plot.plotPx),
    ...addressFolds(address, plot.plotPx, widestPart(folded)),
    ...timeFolds(folded, plot, axisY),
    ...foldedTimeAxis(folded, plot, axisY),
    ...zeroNote(time, axisY),
    ...scatterMarks(placed, folded, address),
    ...nameLayers(structures, axisParts, { plotPx: plot.plotPx, topPx: 0, bottomPx: address.heightPx, layout }),
    ...(flushes.length > 0 ? flushLane(flushes, folded, address.heightPx) : []),
    ...key.layers(-HEAD_PX),
    texts([{ x: 2 - leftPx, y: -10, text: "sector" }], "ink-3"),
  ];
  const heightPx = padding.top + address.heightPx + padding.bottom;
  return { spec: chartSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}
