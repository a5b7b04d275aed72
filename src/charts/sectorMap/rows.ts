import type { Look } from "./looks.ts";
import { coarsened, type Segment } from "./segments.ts";

export const ROW_CELLS = 64;
/** More lines than this make cells coarser; beyond the coarsest, the map is cut. */
export const MOST_LINES = 120;
/** 1 GiB to a cell. */
const COARSEST_CELL_SECTORS = 2 ** 21;
/**
 * So many full rows that look alike are drawn as the first and a fold; fewer where the map would be too long otherwise.
 */
const FEWEST_REPEATED = [12, 4] as const;

/** Part of a row: columns [from, to) that look alike. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly looks: readonly Look[];
}

interface Row {
  readonly kind: "row";
  readonly row: number;
  readonly pieces: readonly Piece[];
}

/** Rows that are not drawn: nothing touched them, they repeat the row above, or the map was cut before them. */
export interface Fold {
  readonly kind: "untouched" | "repeated" | "cut";
  readonly row: number;
  readonly rows: number;
}

export type MapLine = Row | Fold;

export interface MapPlan {
  readonly cellSectors: number;
  readonly lines: readonly MapLine[];
  /** How many cells the device has, or null. */
  readonly deviceCells: number | null;
}

export interface MapExtent {
  readonly cellSectors: number;
  readonly deviceSectors: number | null;
  /** Sectors whose rows are drawn even when nothing touched them. */
  readonly markedSectors: readonly number[];
}

/** Which rows are drawn, in the finest cells with which they are few enough. */
export function planRows(segments: readonly Segment[], extent: MapExtent): MapPlan {
  let cells = coarsened(segments, extent.cellSectors);
  for (let cellSectors = extent.cellSectors; ; cellSectors *= 2) {
    const grid = gridOf(cells, extent, cellSectors);
    const lines = linesThatFit(grid);
    if (lines !== null) return { cellSectors, lines, deviceCells: grid.deviceCells };
    if (cellSectors >= COARSEST_CELL_SECTORS) {
      return { cellSectors, lines: cut(linesOf(grid, FEWEST_REPEATED[1])), deviceCells: grid.deviceCells };
    }
    cells = coarsened(cells, 2);
  }
}

/** The map in cells of one size. */
interface Grid {
  readonly cells: readonly Segment[];
  readonly stretches: readonly Stretch[];
  readonly deviceCells: number | null;
}

function gridOf(cells: readonly Segment[], { markedSectors, deviceSectors }: MapExtent, cellSectors: number): Grid {
  const markedRows = markedSectors.map((sector) => Math.floor(sector / cellSectors / ROW_CELLS));
  const deviceCells = deviceSectors === null ? null : Math.ceil(deviceSectors / cellSectors);
  return { cells, stretches: stretchesOf(cells, markedRows), deviceCells };
}

function linesThatFit(grid: Grid): readonly MapLine[] | null {
  // Every stretch has a line at least.
  if (grid.stretches.length > MOST_LINES) return null;
  for (const fewest of FEWEST_REPEATED) {
    const lines = linesOf(grid, fewest);
    if (lines.length <= MOST_LINES) return lines;
  }
  return null;
}

/** Rows [from, to) that belong together; in a uniform stretch every row is full and looks the same. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly uniform: boolean;
}

function stretchesOf(cells: readonly Segment[], markedRows: readonly number[]): readonly Stretch[] {
  const mixed = new Set(markedRows);
  const uniform: Stretch[] = [];
  for (const { first, end } of cells) {
    const from = Math.ceil(first / ROW_CELLS);
    const to = Math.floor(end / ROW_CELLS);
    if (first % ROW_CELLS !== 0) mixed.add(from - 1);
    if (end % ROW_CELLS !== 0) mixed.add(to);
    if (from < to) uniform.push(...without({ from, to, uniform: true }, markedRows));
  }
  return [...uniform, ...[...mixed].map((row) => ({ from: row, to: row + 1, uniform: false }))].sort(
    (a, b) => a.from - b.from,
  );
}

/** The stretch without the marked rows, which are drawn by themselves. */
function without(stretch: Stretch, rows: readonly number[]): readonly Stretch[] {
  const inside = rows.filter((row) => row >= stretch.from && row < stretch.to).sort((a, b) => a - b);
  const starts = [stretch.from, ...inside.map((row) => row + 1)];
  return starts
    .map((from, i) => ({ ...stretch, from, to: inside[i] ?? stretch.to }))
    .filter(({ from, to }) => from < to);
}

function linesOf({ stretches, cells, deviceCells }: Grid, fewestRepeated: number): readonly MapLine[] {
  const lines: MapLine[] = [];
  const pieces = pieceReader(cells);
  const row = (index: number) => lines.push({ kind: "row", row: index, pieces: pieces(index) });
  let next = 0;
  for (const { from, to, uniform } of stretches) {
    lines.push(...untouched(next, from));
    const folded = uniform && to - from >= fewestRepeated;
    row(from);
    if (folded) lines.push({ kind: "repeated", row: from + 1, rows: to - from - 1 });
    else for (let index = from + 1; index < to; index++) row(index);
    next = to;
  }
  return [...lines, ...untouched(next, Math.ceil((deviceCells ?? 0) / ROW_CELLS))];
}

/** One untouched row is drawn, two or more are folded. */
function untouched(from: number, to: number): readonly MapLine[] {
  if (to <= from) return [];
  if (to === from + 1) return [{ kind: "row", row: from, pieces: [] }];
  return [{ kind: "untouched", row: from, rows: to - from }];
}

/** Gives the pieces of a row; rows must be asked for in ascending order. */
function pieceReader(cells: readonly Segment[]): (row: number) => readonly Piece[] {
  let next = 0;
  return (row) => {
    const start = row * ROW_CELLS;
    const pieces: Piece[] = [];
    while (next < cells.length && cells[next]!.end <= start) next++;
    for (let i = next; i < cells.length && cells[i]!.first < start + ROW_CELLS; i++) {
      const { first, end, looks } = cells[i]!;
      pieces.push({ from: Math.max(0, first - start), to: Math.min(ROW_CELLS, end - start), looks });
    }
    return pieces;
  };
}

function cut(lines: readonly MapLine[]): readonly MapLine[] {
  const kept = lines.slice(0, MOST_LINES);
  const first = lines[MOST_LINES]!;
  const last = lines.at(-1)!;
  const end = last.row + (last.kind === "row" ? 1 : last.rows);
  return [...kept, { kind: "cut", row: first.row, rows: end - first.row }];
}
