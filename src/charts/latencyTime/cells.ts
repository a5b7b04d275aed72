import type { LatencyOverTime } from "../../analysis/metrics/latencyOverTime.ts";
import { emptyGrid, type Grid } from "../kit/density.ts";
import { type LogScale, logPosition } from "../kit/logScale.ts";
import { columnEdges, columnFactor } from "../kit/timeColumns.ts";
import type { TimeScale } from "../kit/timeScale.ts";

const BINS_PER_DECADE = 12;

/** Lower edge of a latency bin. */
export function latencyBinNs(bin: number): number {
  return 10 ** (bin / BINS_PER_DECADE);
}

/** The lowest and highest latency bin that occur. */
export function latencyBins({ cells }: LatencyOverTime): readonly [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 1; i < cells.length; i += 3) {
    least = Math.min(least, cells[i]!);
    most = Math.max(most, cells[i]!);
  }
  return [least, most];
}

function rowEdges(scale: LogScale): readonly number[] {
  const first = Math.round(Math.log10(scale.fromNs) * BINS_PER_DECADE);
  const last = Math.round(Math.log10(scale.toNs) * BINS_PER_DECADE);
  return Array.from({ length: last - first + 1 }, (_, i) => logPosition(scale, latencyBinNs(first + i)));
}

/** The cells as a grid of columns at least so wide; rows are latency bins. */
export function latencyGrid(value: LatencyOverTime, time: TimeScale, scale: LogScale, leastPx: number): Grid {
  const factor = columnFactor(value, time, leastPx);
  const grid = emptyGrid(columnEdges(value, factor, time), rowEdges(scale));
  const columns = grid.xEdges.length - 1;
  const firstRow = Math.round(Math.log10(scale.fromNs) * BINS_PER_DECADE);
  for (let i = 0; i < value.cells.length; i += 3) {
    const column = Math.floor(value.cells[i]! / factor);
    grid.counts[(value.cells[i + 1]! - firstRow) * columns + column]! += value.cells[i + 2]!;
  }
  return grid;
}
