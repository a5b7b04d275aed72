import { colour, type Token } from "../../theme/colours.ts";
import { areas, insideOutline, type Rectangle, rectangle, type Stroke, stroke, strokes } from "../kit/shapes.ts";
import type { Layer } from "../kit/spec.ts";
import { type Block, blocksOf, type CellSize, has, isHollow, isRead, isWrite } from "./blocks.ts";
import { markLayers } from "./cellMarks.ts";
import type { Geometry } from "./geometry.ts";
import { DISCARDED } from "./looks.ts";
import type { PlacedRow } from "./place.ts";
import { ROW_CELLS } from "./rows.ts";

/** Every cell of the maps, a path for each kind of mark. */
export function cellLayers(
  rows: readonly PlacedRow[],
  geometry: Geometry,
  deviceCells: number | null,
  greysSame: boolean,
): readonly Layer[] {
  const blocks = geometry.origins.flatMap((_, map) => rows.flatMap((row) => blocksOf(row, map, geometry, greysSame)));
  return [
    areas(untouched(rows, geometry, deviceCells), { fill: colour("cell-empty") }),
    ...fillLayers(blocks, geometry),
    ...gridLayers(rows, geometry),
    ...lineLayers(blocks, geometry),
  ];
}

/** What fills the cells: tone for read and write, nothing where no data moved. */
export function fillLayers(blocks: readonly Block[], size: CellSize): readonly Layer[] {
  const [same, differing] = apart(blocks);
  return [
    ...filled(same.filter(isRead), "same", size),
    ...filled(
      same.filter((block) => !isRead(block)),
      "flush",
      size,
    ),
    ...filled(differing.filter(isRead), "read-fill", size),
    ...filled(differing.filter(isWrite), "write-fill", size),
    ...filled(differing.filter(isHollow), "bg", size),
  ];
}

/** What is drawn on the cells: outlines, and the marks that tell the classes apart without hue. */
export function lineLayers(blocks: readonly Block[], size: CellSize): readonly Layer[] {
  const [, differing] = apart(blocks);
  const hollow = differing.filter(isHollow);
  return [
    ...outlined(differing.filter(isRead), "read", size),
    ...outlined(
      hollow.filter((block) => has(block, DISCARDED)),
      "discard",
      size,
    ),
    ...outlined(
      hollow.filter((block) => !has(block, DISCARDED)),
      "zero",
      size,
    ),
    ...markLayers(differing, size),
  ];
}

function apart(blocks: readonly Block[]): readonly [same: readonly Block[], differing: readonly Block[]] {
  return [blocks.filter(({ same }) => same), blocks.filter(({ same }) => !same)];
}

function untouched(rows: readonly PlacedRow[], geometry: Geometry, deviceCells: number | null): readonly Rectangle[] {
  const { origins, cellWidthPx, cellHeightPx } = geometry;
  return rows.flatMap(({ row, y, pieces }) => {
    const touchedTo = pieces.at(-1)?.to ?? 0;
    const onDevice = deviceCells === null ? ROW_CELLS : Math.min(ROW_CELLS, deviceCells - row * ROW_CELLS);
    const width = Math.max(onDevice, touchedTo) * cellWidthPx;
    return origins.map((origin) => rectangle(origin.x, y + origin.y, width, cellHeightPx));
  });
}

function filled(blocks: readonly Block[], token: Token, { cellWidthPx, cellHeightPx }: CellSize): readonly Layer[] {
  if (blocks.length === 0) return [];
  const lines = blocks.map(({ x, y, cells }) => {
    const middle = y + cellHeightPx / 2;
    return stroke(x, middle, x + cells * cellWidthPx, middle);
  });
  // A line as thick as the cell is high takes a third of a rectangle's room in the file.
  return [strokes(lines, { stroke: colour(token), strokeWidth: cellHeightPx })];
}

function outlined(blocks: readonly Block[], token: Token, { cellWidthPx, cellHeightPx }: CellSize): readonly Layer[] {
  if (blocks.length === 0) return [];
  const shapes = blocks.map(({ x, y, cells }) => insideOutline(x, y, cells * cellWidthPx, cellHeightPx));
  return [areas(shapes, { filled: false, stroke: colour(token), strokeWidth: 1 })];
}

/** Lines in the colour of the page between cells, stronger at every eighth (4 KiB where a cell is a sector). */
function gridLayers(rows: readonly PlacedRow[], { origins, cellWidthPx, pitchPx, layout }: Geometry): readonly Layer[] {
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return [];
  const between = (every: (column: number) => boolean): readonly Stroke[] =>
    origins
      .filter((origin, i) => origins.findIndex(({ x }) => x === origin.x) === i)
      .flatMap(({ x }) =>
        Array.from({ length: ROW_CELLS - 1 }, (_, i) => i + 1)
          .filter(every)
          .map((column) => stroke(x + column * cellWidthPx, first.y, x + column * cellWidthPx, last.y + pitchPx)),
      );
  const [thin, thick] = layout === "wide" ? [1, 2] : [0.5, 1.25];
  return [
    strokes(
      between((column) => column % 8 !== 0),
      { stroke: colour("bg"), strokeWidth: thin },
    ),
    strokes(
      between((column) => column % 8 === 0),
      { stroke: colour("bg"), strokeWidth: thick },
    ),
  ];
}
