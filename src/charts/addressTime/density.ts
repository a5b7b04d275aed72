import type { Accesses } from "../../analysis/metrics/accesses.ts";
import type { Op } from "../../model/ops.ts";
import { bytesText, countText, sentence } from "../../model/quantities.ts";
import { textWidth } from "../../theme/textWidth.ts";
import type { Drawing, Layout } from "../chart.ts";
import { timeAxis, timeAxisPx, valueGrid } from "../kit/axes.ts";
import { density, type LevelKey, levelKey } from "../kit/density.ts";
import { OP_STYLE } from "../kit/opStyle.ts";
import { px } from "../kit/pixels.ts";
import { plotWidth } from "../kit/plotWidth.ts";
import { chartSpec, type Layer, rules, texts } from "../kit/spec.ts";
import type { Named } from "../kit/structures.ts";
import type { TimeScale } from "../kit/timeScale.ts";
import { type DensityPanel, type DensityPlan, planDensity } from "./densityPlan.ts";
import { rowY } from "./densityRows.ts";
import { flushStrip } from "./flushStrip.ts";
import { nameLayers } from "./names.ts";

const HEAD_PX = 24;
const KEY_LINE_PX = 20;
const STRIP_PX = 18;
const RAMP: Partial<Record<Op, "r" | "w">> = { read: "r", write: "w", zoneAppend: "w", writeZeroes: "w" };

function folds({ parts, plot }: DensityPlan, top: number): readonly Layer[] {
  const found = parts.slice(1).map((part, i) => ({
    y: px(top + (part.bottomPx + parts[i]!.topPx) / 2),
    text: `${bytesText(part.fromBytes - parts[i]!.toBytes)} untouched`,
  }));
  if (found.length === 0) return [];
  const lines = found.map(({ y, text }) => ({ x: 0, x2: px(plot.plotPx - textWidth(text) - 8), y, y2: y }));
  const labels = found.map((fold) => ({ ...fold, x: plot.plotPx }));
  return [rules(lines, "ink-3", { strokeDash: [3, 3] }), texts(labels, "ink-3", "right")];
}

function heading({ op, requests }: DensityPanel): string {
  return `${sentence(OP_STYLE[op].plural)} · ${countText(requests)}`;
}

function panelLayers(panel: DensityPanel, plan: DensityPlan): readonly Layer[] {
  const { op, topPx, grids, structures } = panel;
  const { plotPx, layout } = plan.plot;
  const axisParts = plan.parts.map((part) => ({ ...part, y: (bytes: number) => topPx + rowY(part, bytes) }));
  const marks = plan.marks.map(({ y, text }) => ({ y: px(y + topPx), text }));
  const moved = grids.map((grid) => ({ ...grid, yEdges: grid.yEdges.map((y) => px(y + topPx)) }));
  return [
    ...valueGrid(marks, plan.plot.plotPx),
    ...folds(plan, topPx),
    ...moved.flatMap((grid) => density(grid, plan.levels, RAMP[op] ?? "n")),
    ...nameLayers(structures, axisParts, { plotPx, topPx, bottomPx: topPx + plan.panelPx, layout }),
    texts([{ x: 0, y: topPx - 12, text: heading(panel) }], OP_STYLE[op].token),
  ];
}

/** The key beside the first heading, or above it where both do not fit. */
function placedKey({ levels, most, counts, panels, plot }: DensityPlan): LevelKey & { readonly liftPx: number } {
  const headingPx = textWidth(heading(panels[0]!));
  // Above the names there is room as well.
  const rightPx = plot.plotPx + plot.rightPx - plotWidth(plot.layout).rightPx;
  for (const title of [`${counts} a cell`, counts]) {
    const beside = levelKey(levels, most, title, rightPx, -12);
    if (beside.leftPx > headingPx + 12) return { ...beside, liftPx: 0 };
  }
  return { ...levelKey(levels, most, `${counts} a cell`, rightPx, -12 - KEY_LINE_PX), liftPx: KEY_LINE_PX };
}

/** Reads and writes apart: how many touched each place at each time, in exact steps, untouched addresses folded. */
export function drawDensity(
  accesses: Accesses,
  flushTimes: readonly number[],
  scale: TimeScale,
  structuresOf: (op: Op) => readonly Named[],
  layout: Layout,
): Drawing {
  const plan = planDensity(accesses, scale, structuresOf, layout);
  const { plot, time, panels, bottomPx } = plan;
  const key = placedKey(plan);
  const axisY = bottomPx + (flushTimes.length > 0 ? STRIP_PX : 0);
  const padding = { left: plot.leftPx, right: plot.rightPx, top: HEAD_PX + key.liftPx, bottom: timeAxisPx(time) };
  const heightPx = padding.top + axisY + padding.bottom;
  const layers = [
    ...panels.flatMap((panel) => panelLayers(panel, plan)),
    ...flushStrip(flushTimes, time, bottomPx + 6),
    ...key.layers,
    ...(plan.inSectors ? [texts([{ x: 2 - plot.leftPx, y: -12, text: "sector" }], "ink-3")] : []),
    ...timeAxis(time, plot, axisY),
  ];
  return { spec: chartSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}
