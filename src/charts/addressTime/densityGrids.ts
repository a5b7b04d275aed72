import type { Accesses } from "../../analysis/metrics/accesses.ts";
import type { Op } from "../../model/ops.ts";
import { emptyGrid, type Grid } from "../kit/density.ts";
import { columnEdges, columnFactor } from "../kit/timeColumns.ts";
import type { TimeScale } from "../kit/timeScale.ts";
import { type RowPart, rowEdges } from "./densityRows.ts";

const COLUMN_PX = 4;

/** One op's cells as a grid for each part of the address range. */
export function densityGrids(
  { timeStartNs, timeBinNs, timeBins, byOp }: Accesses,
  op: Op,
  parts: readonly RowPart[],
  time: TimeScale,
): readonly Grid[] {
  const timeAxis = { startNs: timeStartNs, binNs: timeBinNs, bins: timeBins };
  const factor = columnFactor(timeAxis, time, COLUMN_PX);
  const xEdges = columnEdges(timeAxis, factor, time);
  const grids = parts.map((part) => emptyGrid(xEdges, rowEdges(part)));
  const cells = byOp[op]?.cells ?? [];
  for (let i = 0; i < cells.length; i += 3) {
    const bin = cells[i + 1]!;
    const which = parts.findIndex(({ firstBin, bins }) => bin >= firstBin && bin < firstBin + bins);
    const { firstBin, binsPerRow } = parts[which]!;
    const row = Math.floor((bin - firstBin) / binsPerRow);
    grids[which]!.counts[row * (xEdges.length - 1) + Math.floor(cells[i]! / factor)]! += cells[i + 2]!;
  }
  return grids;
}

function touches(cells: readonly number[]): number {
  return cells.reduce((sum, value, i) => (i % 3 === 2 ? sum + value : sum), 0);
}

/** Whether the grids count requests: not where rows join bins, and a request in two of these counts twice. */
export function countsRequests({ byOp }: Accesses, parts: readonly RowPart[]): boolean {
  if (parts.every(({ binsPerRow }) => binsPerRow === 1)) return true;
  return Object.values(byOp).every(({ requests, cells }) => touches(cells) === requests);
}
