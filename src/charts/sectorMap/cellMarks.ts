import { colour, type Token } from "../../theme/colours.ts";
import { type Stroke, stroke, strokes } from "../kit/shapes.ts";
import type { Layer } from "../kit/spec.ts";
import { type Block, type CellSize, has, isHollow, isRead } from "./blocks.ts";
import { classOf, DISCARDED, ZEROED } from "./looks.ts";

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

const WIDE_MARK_PX = { readDiagonal: 1.4, writeDiagonal: 1.6, cross: 1.2, dot: 3, smallDot: 2.6 } as const;
const NARROW_MARK_PX = { readDiagonal: 0.9, writeDiagonal: 1, cross: 0.8, dot: 1.8, smallDot: 1.4 } as const;

/** Diagonals, crosses and dots in the cells, by what happened there. */
export function markLayers(blocks: readonly Block[], size: CellSize): readonly Layer[] {
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
