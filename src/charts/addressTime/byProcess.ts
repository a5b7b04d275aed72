import type { Accesses } from "../../analysis/metrics/accesses.ts";
import type { ProcessAccesses } from "../../analysis/metrics/processAccesses.ts";
import { bytesText, countText } from "../../model/quantities.ts";
import { textWidth } from "../../theme/textWidth.ts";
import type { Drawing, Layout } from "../chart.ts";
import { plotBeside, timeAxisPx, timesBelow, valueGrid, zeroNote } from "../kit/axes.ts";
import { density, levelKey, mostIn } from "../kit/density.ts";
import { countLevels } from "../kit/levels.ts";
import { px } from "../kit/pixels.ts";
import { chartSpec, type Layer, rules, texts } from "../kit/spec.ts";
import { cutToWidth } from "../kit/text.ts";
import type { TimeScale } from "../kit/timeScale.ts";
import { densityGrids } from "./densityGrids.ts";
import { addressMarks } from "./densityPlan.ts";
import { densityStretches, panelPx, type RowPart, rowParts } from "./densityRows.ts";

/** What one process touched. */
export interface Touching {
  readonly name: string;
  readonly requests: number;
  readonly cells: readonly number[];
}

const PANEL_PX = 96;
const HEAD_PX = 28;
const KEY_PX = 22;
const BETWEEN_PX = 20;

/** The cells of one or more processes, as cells of one kind of request. */
function asAccesses(value: ProcessAccesses, touching: readonly Touching[]): Accesses {
  const requests = touching.reduce((sum, each) => sum + each.requests, 0);
  return { ...value, byOp: { other: { requests, cells: touching.flatMap(({ cells }) => cells) } } };
}

function heading({ name, requests }: Touching, widthPx: number): string {
  const count = ` · ${countText(requests)}`;
  return `${cutToWidth(name, widthPx - textWidth(count))}${count}`;
}

/** Dashed lines where addresses are left out; how much, in the first panel. */
function folds(parts: readonly RowPart[], widthPx: number, isFirst: boolean): readonly Layer[] {
  return parts.slice(1).flatMap((part, i) => {
    const y = px((part.bottomPx + parts[i]!.topPx) / 2);
    const text = isFirst ? `${bytesText(part.fromBytes - parts[i]!.toBytes)} untouched` : "";
    const lines = [{ x: 0, x2: px(widthPx - (isFirst ? textWidth(text) + 8 : 0)), y, y2: y }];
    const label = isFirst ? [texts([{ x: widthPx, y, text }], "ink-3", "right")] : [];
    return [rules(lines, "ink-3", { strokeDash: [3, 3] }), ...label];
  });
}

/** A small density panel for each process, on common axes and with common steps, untouched addresses folded. */
export function drawByProcess(
  value: ProcessAccesses,
  touching: readonly Touching[],
  scale: TimeScale,
  layout: Layout,
): Drawing {
  const all = asAccesses(value, touching);
  const stretches = densityStretches(all);
  const heightPx = panelPx(stretches.length, PANEL_PX);
  const parts = rowParts(all, stretches, heightPx);
  const { marks, inSectors } = addressMarks(parts);
  const plot = plotBeside(marks, layout);
  const across = layout === "wide" ? 2 : 1;
  const widthPx = (plot.plotPx - (across - 1) * BETWEEN_PX) / across;
  const time = { ...scale, plotPx: widthPx };
  const grids = touching.map((each) => densityGrids(asAccesses(value, [each]), "other", parts, time));
  const most = Math.max(...grids.flat().map(mostIn));
  const levels = countLevels(most);
  const lines = Math.ceil(touching.length / across);
  const floorPx = lines * (heightPx + HEAD_PX) - HEAD_PX;
  const lefts = Array.from({ length: across }, (_, i) => px(i * (widthPx + BETWEEN_PX)));
  const panels = touching.flatMap((each, i) => {
    const leftPx = lefts[i % across]!;
    const topPx = Math.floor(i / across) * (heightPx + HEAD_PX);
    const moved = grids[i]!.map((grid) => ({
      ...grid,
      xEdges: grid.xEdges.map((x) => px(x + leftPx)),
      yEdges: grid.yEdges.map((y) => px(y + topPx)),
    }));
    return [
      ...moved.flatMap((grid) => density(grid, levels, "n")),
      texts([{ x: leftPx, y: topPx - 12, text: heading(each, widthPx) }], "ink"),
    ];
  });
  const rowLayers = Array.from({ length: lines }, (_, line) => {
    const topPx = line * (heightPx + HEAD_PX);
    const lowered = parts.map((part) => ({ ...part, topPx: part.topPx + topPx, bottomPx: part.bottomPx + topPx }));
    const ofLine = marks.map(({ y, text }) => ({ y: px(y + topPx), text }));
    return [...valueGrid(ofLine, plot.plotPx), ...folds(lowered, plot.plotPx, line === 0)];
  }).flat();
  const counts = "touches a cell";
  const padding = { left: plot.leftPx, right: plot.rightPx, top: KEY_PX + HEAD_PX, bottom: timeAxisPx(scale) };
  const layers = [
    ...rowLayers,
    ...panels,
    ...levelKey(levels, most, counts, plot.plotPx, -12 - KEY_PX).layers,
    ...(inSectors ? [texts([{ x: 2 - plot.leftPx, y: -12, text: "sector" }], "ink-3")] : []),
    ...lefts.flatMap((leftPx) => timesBelow(time, leftPx, floorPx, plot)),
    ...zeroNote(scale, floorPx),
  ];
  const total = padding.top + floorPx + padding.bottom;
  return { spec: chartSpec(plot.widthPx, total, padding, layers), widthPx: plot.widthPx, heightPx: total };
}
