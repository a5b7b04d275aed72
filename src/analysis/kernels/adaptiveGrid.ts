import { type AdaptiveAxis, covers, extend, growthFor, growWidth, placeOf, startAxis } from "./adaptiveAxis.ts";
import { foldSums } from "./fold.ts";

/** Starts and ends are counted apart: their sums fold exactly, whereas a request that lies in two cells would count twice in the doubled one. */
const STARTS = 0;
const ENDS = 1;
const COUNTERS = 2;

/** Two-dimensional histograms of stretches on y over points on x, one for each layer that occurs, on common adaptive axes. */
export interface AdaptiveGrid {
  readonly x: AdaptiveAxis;
  readonly y: AdaptiveAxis;
  /** [place on x][starts, ends][place on y]; null while the layer is empty. */
  readonly layers: (Float64Array | null)[];
}

/** An empty grid with the same number of bins on both axes. */
export function startGrid(layers: number, bins: number, xWidth: number, yWidth: number): AdaptiveGrid {
  return {
    x: startAxis(bins, xWidth),
    y: startAxis(bins, yWidth),
    layers: new Array<Float64Array | null>(layers).fill(null),
  };
}

/** Counts a stretch in each cell of one layer that it touches: at x, from fromY to toY, the last position of it. */
export function addToGrid(grid: AdaptiveGrid, layer: number, x: number, fromY: number, toY: number): void {
  if (!(covers(grid.x, x) && covers(grid.y, fromY) && covers(grid.y, toY))) widen(grid, x, fromY, toY);
  let counts = grid.layers[layer]!;
  if (counts === null) {
    counts = new Float64Array(grid.x.bins * COUNTERS * grid.y.bins);
    grid.layers[layer] = counts;
  }
  const row = placeOf(grid.x, Math.floor(x / grid.x.width)) * COUNTERS * grid.y.bins;
  counts[row + STARTS * grid.y.bins + placeOf(grid.y, Math.floor(fromY / grid.y.width))]!++;
  counts[row + ENDS * grid.y.bins + placeOf(grid.y, Math.floor(toY / grid.y.width))]!++;
}

function widen({ x: xAxis, y: yAxis, layers }: AdaptiveGrid, x: number, fromY: number, toY: number): void {
  const xGrowth = growthFor(xAxis, x, x);
  const alongX = { outer: 1, inner: COUNTERS * yAxis.bins };
  for (const counts of layers) if (counts !== null) foldSums(counts, xAxis, xGrowth, alongX);
  growWidth(xAxis, xGrowth);
  extend(xAxis, x, x);
  const yGrowth = growthFor(yAxis, fromY, toY);
  const alongY = { outer: xAxis.bins * COUNTERS, inner: 1 };
  for (const counts of layers) if (counts !== null) foldSums(counts, yAxis, yGrowth, alongY);
  growWidth(yAxis, yGrowth);
  extend(yAxis, fromY, toY);
}

/** The cells of a layer that were touched, flattened: x, y (from the first bins in use), count; ascending by x, then y. */
export function gridCells({ x, y, layers }: AdaptiveGrid, layer: number): number[] {
  const cells: number[] = [];
  const counts = layers[layer]!;
  if (counts === null) return cells;
  for (let xBin = x.low; xBin <= x.high; xBin++) {
    const row = placeOf(x, xBin) * COUNTERS * y.bins;
    let open = 0;
    for (let yBin = y.low; yBin <= y.high; yBin++) {
      const place = row + placeOf(y, yBin);
      open += counts[place + STARTS * y.bins]!;
      if (open > 0) cells.push(xBin - x.low, yBin - y.low, open);
      open -= counts[place + ENDS * y.bins]!;
    }
  }
  return cells;
}
