import type { Accesses } from "../../analysis/metrics/accesses.ts";
import type { Op } from "../../model/ops.ts";
import { bytesText, countText } from "../../model/quantities.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import type { Layout } from "../chart.ts";
import { type Mark, plotBeside } from "../kit/axes.ts";
import { type Grid, mostIn } from "../kit/density.ts";
import { countLevels } from "../kit/levels.ts";
import { opsIn } from "../kit/opStyle.ts";
import { px } from "../kit/pixels.ts";
import type { PlotWidth } from "../kit/plotWidth.ts";
import { binarySteps, multiplesWithin } from "../kit/steps.ts";
import type { Named } from "../kit/structures.ts";
import type { TimeScale } from "../kit/timeScale.ts";
import { countsRequests, densityGrids } from "./densityGrids.ts";
import { densityStretches, panelPx, type RowPart, rowParts } from "./densityRows.ts";
import { namesPx } from "./names.ts";

const GAP_PX = 34;
const PX_A_LABEL = 30;

export interface DensityPanel {
  readonly op: Op;
  readonly requests: number;
  readonly topPx: number;
  /** One for each part of the address range; rows count from the panel's top. */
  readonly grids: readonly Grid[];
  /** What these requests touched. */
  readonly structures: readonly Named[];
}

/** Where everything of a density chart stands. */
export interface DensityPlan {
  readonly plot: PlotWidth;
  readonly time: TimeScale;
  readonly parts: readonly RowPart[];
  /** Addresses at the left of each panel, from its top. */
  readonly marks: readonly Mark[];
  readonly inSectors: boolean;
  readonly panels: readonly DensityPanel[];
  readonly panelPx: number;
  readonly bottomPx: number;
  readonly most: number;
  readonly levels: readonly number[];
  /** What a cell counts. */
  readonly counts: "requests" | "touches";
}

function basePx(panels: number, layout: Layout): number {
  if (panels === 1) return layout === "wide" ? 200 : 160;
  if (panels === 2) return layout === "wide" ? 136 : 120;
  return 96;
}

/** Round addresses within a part; as round as there are, where it is small. */
function roundAddresses({ fromBytes, toBytes, topPx, bottomPx }: RowPart): readonly number[] {
  const most = Math.max(1, Math.floor((bottomPx - topPx) / PX_A_LABEL));
  let { step } = binarySteps(toBytes - fromBytes, most);
  while (step > SECTOR_BYTES && multiplesWithin(step, fromBytes, toBytes).length === 0) step /= 2;
  return multiplesWithin(step, fromBytes, toBytes);
}

/** As bytes; as sectors where bytes in three digits would repeat. */
export function addressMarks(parts: readonly RowPart[]): Pick<DensityPlan, "marks" | "inSectors"> {
  const places = parts.flatMap((part) => {
    const pxPerByte = (part.bottomPx - part.topPx) / (part.toBytes - part.fromBytes);
    return roundAddresses(part).map((bytes) => ({
      bytes,
      y: px(part.bottomPx - (bytes - part.fromBytes) * pxPerByte),
    }));
  });
  const inBytes = places.map(({ bytes }) => (bytes === 0 ? "0" : bytesText(bytes)));
  const inSectors = new Set(inBytes).size < inBytes.length;
  const text = (bytes: number, i: number) => (inSectors ? countText(bytes / SECTOR_BYTES) : inBytes[i]!);
  return { inSectors, marks: places.map(({ bytes, y }, i) => ({ y, text: text(bytes, i) })) };
}

/** A panel for each op that occurs, all with the same folds and the same steps of density. */
export function planDensity(
  accesses: Accesses,
  scale: TimeScale,
  structuresOf: (op: Op) => readonly Named[],
  layout: Layout,
): DensityPlan {
  const ops = opsIn(accesses.byOp).filter((op) => accesses.byOp[op]!.cells.length > 0);
  const stretches = densityStretches(accesses);
  const heightPx = panelPx(stretches.length, basePx(ops.length, layout));
  const parts = rowParts(accesses, stretches, heightPx);
  const { marks, inSectors } = addressMarks(parts);
  const structures = ops.map(structuresOf);
  const plot = plotBeside(marks, layout, namesPx(structures.flat(), layout));
  const time = { ...scale, plotPx: plot.plotPx };
  const panels = ops.map((op, i) => ({
    op,
    requests: accesses.byOp[op]!.requests,
    topPx: i * (heightPx + GAP_PX),
    grids: densityGrids(accesses, op, parts, time),
    structures: structures[i]!,
  }));
  const most = Math.max(...panels.flatMap(({ grids }) => grids.map(mostIn)));
  const bottomPx = panels.at(-1)!.topPx + heightPx;
  const counts = countsRequests(accesses, parts) ? "requests" : "touches";
  return {
    plot,
    time,
    parts,
    marks,
    inSectors,
    panels,
    panelPx: heightPx,
    bottomPx,
    most,
    levels: countLevels(most),
    counts,
  };
}
