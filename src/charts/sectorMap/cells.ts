import { colour, type Token } from "../../theme/colours.ts";
import { areas, insideOutline, type Rectangle, rectangle, type Stroke, stroke, strokes } from "../kit/shapes.ts";
import type { Layer } from "../kit/spec.ts";
import type { Geometry } from "./geometry.ts";
import { classOf, DISCARDED, type Look, UNTOUCHED, ZEROED } from "./looks.ts";
import type { PlacedRow } from "./place.ts";
import { type Piece, ROW_CELLS } from "./rows.ts";

/** A stretch of cells on the page. */
export interface Block {
  readonly x: number;
  readonly y: number;
  readonly cells: number;
  readonly look: Look;
  /** Whether the other map looks the same here. */
  readonly same: boolean;
}

type CellSize = Pick<Geometry, "cellWidthPx" | "cellHeightPx" | "layout">;

/** Every cell of the maps, a path for each kind of mark. */
export function cellLayers(
  rows: readonly PlacedRow[],
  geometry: Geometry,
  deviceCells: number | null,
): readonly Layer[] {
  const blocks = geometry.origins.flatMap((_, map) => rows.flatMap((row) => blocksOf(row, map, geometry)));
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

function isRead({ look }: Block): boolean {
  return classOf(look) === 0 || classOf(look) === 1;
}

function isWrite({ look }: Block): boolean {
  return classOf(look) >= 2;
}

/** No data moved: only discarded or zeroed. */
function isHollow({ look }: Block): boolean {
  return classOf(look) < 0;
}

function has({ look }: Block, overlay: Look): boolean {
  return (look & overlay) !== 0;
}

function blocksOf({ y, pieces }: PlacedRow, map: number, geometry: Geometry): readonly Block[] {
  const origin = geometry.origins[map]!;
  return joined(pieces, map).map(({ from, to, look, same }) => ({
    x: origin.x + from * geometry.cellWidthPx,
    y: y + origin.y,
    cells: to - from,
    look,
    same,
  }));
}

/** The pieces as one map sees them: what differs only in the other map is joined. */
function joined(pieces: readonly Piece[], map: number) {
  const own: { from: number; to: number; look: Look; same: boolean }[] = [];
  for (const { from, to, looks } of pieces) {
    const look = looks[map]!;
    const same = looks.length > 1 && looks.every((other) => other === look);
    const last = own.at(-1);
    if (look === UNTOUCHED) continue;
    if (last !== undefined && last.to === from && last.look === look && last.same === same) last.to = to;
    else own.push({ from, to, look, same });
  }
  return own;
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

/** What a cell carries: a stroke from (x, y) to (x2, y2), in shares of the cell. */
type Mark = readonly [x: number, y: number, x2: number, y2: number];

const READ_DIAGONAL: readonly Mark[] = [[0.14, 0.88, 0.86, 0.12]];
const WRITE_DIAGONAL: readonly Mark[] = [[0.1, 0.92, 0.9, 0.08]];
const CROSS: readonly Mark[] = [
  [0.25, 0.25, 0.75, 0.75],
  [0.25, 0.75, 0.75, 0.25],
];
const DOT: readonly Mark[] = [[0.36, 0.5, 0.64, 0.5]];
/** On what was also read, above the diagonal. What was also written shows only that: a mark would look like a misalignment. */
const SMALL_CROSS: readonly Mark[] = [
  [0.12, 0.14, 0.44, 0.46],
  [0.12, 0.46, 0.44, 0.14],
];
const SMALL_DOT: readonly Mark[] = [[0.16, 0.3, 0.4, 0.3]];

function markLayers(blocks: readonly Block[], size: CellSize): readonly Layer[] {
  const px = size.layout === "wide" ? WIDE_MARK_PX : NARROW_MARK_PX;
  const discarded = blocks.filter((block) => has(block, DISCARDED));
  const zeroed = blocks.filter((block) => has(block, ZEROED));
  const marks = (of: readonly Block[], mark: readonly Mark[], token: Token, strokeWidth: number) =>
    of.length === 0 ? [] : [strokes(marked(of, mark, size), { stroke: colour(token), strokeWidth })];
  return [
    ...marks(
      blocks.filter(({ look }) => classOf(look) === 1),
      READ_DIAGONAL,
      "read-hatch",
      px.readDiagonal,
    ),
    ...marks(
      blocks.filter(({ look }) => classOf(look) === 3),
      WRITE_DIAGONAL,
      "write-hatch",
      px.writeDiagonal,
    ),
    ...marks(discarded.filter(isHollow), CROSS, "discard", px.cross),
    ...marks(discarded.filter(isRead), SMALL_CROSS, "discard", px.cross),
    ...marks(zeroed.filter(isHollow), DOT, "zero", px.dot),
    ...marks(zeroed.filter(isRead), SMALL_DOT, "zero", px.smallDot),
  ];
}

const WIDE_MARK_PX = { readDiagonal: 1.4, writeDiagonal: 1.6, cross: 1.2, dot: 3, smallDot: 2.6 } as const;
const NARROW_MARK_PX = { readDiagonal: 0.9, writeDiagonal: 1, cross: 0.8, dot: 1.8, smallDot: 1.4 } as const;

function marked(
  blocks: readonly Block[],
  mark: readonly Mark[],
  { cellWidthPx, cellHeightPx }: CellSize,
): readonly Stroke[] {
  return blocks.flatMap((block) =>
    Array.from({ length: block.cells }, (_, i) => block.x + i * cellWidthPx).flatMap((left) =>
      mark.map(([x, y, x2, y2]) =>
        stroke(
          left + x * cellWidthPx,
          block.y + y * cellHeightPx,
          left + x2 * cellWidthPx,
          block.y + y2 * cellHeightPx,
        ),
      ),
    ),
  );
}
