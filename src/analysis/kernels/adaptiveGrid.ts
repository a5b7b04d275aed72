import {
  type AdaptiveAxis,
  covers,
  extend,
  growthFor,
  growWidth,
  placeAt,
  placeOf,
  startAxis,
} from "./adaptiveAxis.ts";
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

/** Counts a stretch in each cell of one layer that it touches: at x, from fromY to toY, the last position of it. The grid reaches there. */
export function addToGrid(grid: AdaptiveGrid, layer: number, x: number, fromY: number, toY: number): void {
  const { x: xAxis, y: yAxis, layers } = grid;
  const counts = layers[layer] ?? startLayer(grid, layer);
  const row = placeAt(xAxis, x) * COUNTERS;
  counts[(row + STARTS) * yAxis.bins + placeAt(yAxis, fromY)]!++;
  counts[(row + ENDS) * yAxis.bins + placeAt(yAxis, toY)]!++;
}

function startLayer({ x, y, layers }: AdaptiveGrid, layer: number): Float64Array {
  const counts = new Float64Array(x.bins * COUNTERS * y.bins);
  layers[layer] = counts;
  return counts;
}

/** Takes positions into the range of the grid. Once for many of them: folding touches every cell. */
export function reachInGrid(grid: AdaptiveGrid, fromX: number, toX: number, fromY: number, toY: number): void {
  const { x, y, layers } = grid;
  if (covers(x, fromX) && covers(x, toX) && covers(y, fromY) && covers(y, toY)) return;
  const xGrowth = growthFor(x, fromX, toX);
  const alongX = { outer: 1, inner: COUNTERS * y.bins };
  for (const counts of layers) if (counts !== null) foldSums(counts, x, xGrowth, alongX);
  growWidth(x, xGrowth);
  extend(x, fromX, toX);
  const yGrowth = growthFor(y, fromY, toY);
  const alongY = { outer: x.bins * COUNTERS, inner: 1 };
  for (const counts of layers) if (counts !== null) foldSums(counts, y, yGrowth, alongY);
  growWidth(y, yGrowth);
  extend(y, fromY, toY);
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
