import { colour } from "../../theme/colours.ts";
import { textWidth } from "../../theme/textWidth.ts";
import { levelOf, levelTexts, levelTokens } from "./levels.ts";
import { px } from "./pixels.ts";
import { areas, type Rectangle, rectangle } from "./shapes.ts";
import { type Label, type Layer, texts } from "./spec.ts";

/** Counts in rows and columns; row r reaches from yEdges[r] to yEdges[r + 1], column c likewise. */
export interface Grid {
  readonly counts: Float64Array;
  readonly xEdges: readonly number[];
  readonly yEdges: readonly number[];
}

export function emptyGrid(xEdges: readonly number[], yEdges: readonly number[]): Grid {
  return { counts: new Float64Array((xEdges.length - 1) * (yEdges.length - 1)), xEdges, yEdges };
}

export function mostIn({ counts }: Grid): number {
  return counts.reduce((most, count) => Math.max(count, most), 0);
}

function cell({ xEdges, yEdges }: Grid, row: number, from: number, to: number): Rectangle {
  const x = xEdges[from]!;
  const y = Math.min(yEdges[row]!, yEdges[row + 1]!);
  return rectangle(x, y, px(xEdges[to]! - x), px(Math.abs(yEdges[row + 1]! - yEdges[row]!)));
}

/** The rectangles of each level; neighbours of one row and level are one rectangle. */
export function levelRectangles(grid: Grid, levels: readonly number[]): readonly Rectangle[][] {
  const found: Rectangle[][] = levels.map(() => []);
  const columns = grid.xEdges.length - 1;
  for (let row = 0; row < grid.yEdges.length - 1; row++) {
    for (let from = 0; from < columns; ) {
      const level = levelOf(grid.counts[row * columns + from]!, levels);
      let to = from + 1;
      while (to < columns && levelOf(grid.counts[row * columns + to]!, levels) === level) to++;
      if (level > 0) found[level - 1]!.push(cell(grid, row, from, to));
      from = to;
    }
  }
  return found;
}

/** A grid in steps of a ramp, one path a step. */
export function density(grid: Grid, levels: readonly number[], ramp: "r" | "w" | "n"): readonly Layer[] {
  const tokens = levelTokens(ramp, levels.length);
  return levelRectangles(grid, levels).flatMap((rectangles, i) =>
    rectangles.length === 0 ? [] : [areas(rectangles, { fill: colour(tokens[i]!) })],
  );
}

const SWATCH_PX = 10;

/** The key of the levels, right-aligned at x; `leftPx` is where it begins. */
export interface LevelKey {
  readonly leftPx: number;
  readonly layers: readonly Layer[];
}

export function levelKey(levels: readonly number[], most: number, title: string, rightPx: number, y: number): LevelKey {
  const tokens = levelTokens("n", levels.length);
  const labels: Label[] = [];
  const swatches: Layer[] = [];
  let x = rightPx;
  const words = levelTexts(levels, most);
  for (let i = levels.length - 1; i >= 0; i--) {
    x = px(x - textWidth(words[i]!));
    labels.push({ x, y, text: words[i]! });
    x = px(x - SWATCH_PX - 4);
    swatches.push(areas([rectangle(x, y - SWATCH_PX / 2, SWATCH_PX, SWATCH_PX)], { fill: colour(tokens[i]!) }));
    x -= 9;
  }
  x = px(x - textWidth(title));
  return { leftPx: x, layers: [texts([{ x, y, text: title }, ...labels], "ink-2"), ...swatches] };
}
