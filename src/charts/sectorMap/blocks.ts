import type { Geometry } from "./geometry.ts";
import { classOf, type Look, UNTOUCHED } from "./looks.ts";
import type { PlacedRow } from "./place.ts";
import type { Piece } from "./rows.ts";

/** A stretch of cells on the page. */
export interface Block {
  readonly x: number;
  readonly y: number;
  readonly cells: number;
  readonly look: Look;
  /** Whether the other map looks the same here. */
  readonly same: boolean;
}

/** What the marks of a cell need to know of its size. */
export type CellSize = Pick<Geometry, "cellWidthPx" | "cellHeightPx" | "layout">;

/** Whether only reads moved data: the cell is light. */
export function isRead({ look }: Block): boolean {
  return classOf(look) === 0 || classOf(look) === 1;
}

/** Whether data was written: the cell is dark. */
export function isWrite({ look }: Block): boolean {
  return classOf(look) >= 2;
}

/** Whether no data moved: only discarded or zeroed. */
export function isHollow({ look }: Block): boolean {
  return classOf(look) < 0;
}

/** Whether the block was also discarded, or zeroed. */
export function has({ look }: Block, overlay: Look): boolean {
  return (look & overlay) !== 0;
}

/** The blocks of a row in one of the maps. @param greysSame whether what looks the same in all of them is told apart. */
export function blocksOf(
  { y, pieces }: PlacedRow,
  map: number,
  geometry: Geometry,
  greysSame: boolean,
): readonly Block[] {
  const origin = geometry.origins[map]!;
  return joined(pieces, map, greysSame).map(({ from, to, look, same }) => ({
    x: origin.x + from * geometry.cellWidthPx,
    y: y + origin.y,
    cells: to - from,
    look,
    same,
  }));
}

/** The pieces as one map sees them: what differs only in the other map is joined. */
function joined(pieces: readonly Piece[], map: number, greysSame: boolean) {
  const own: { from: number; to: number; look: Look; same: boolean }[] = [];
  for (const { from, to, looks } of pieces) {
    const look = looks[map]!;
    const same = greysSame && looks.every((other) => other === look);
    const last = own.at(-1);
    if (look === UNTOUCHED) continue;
    if (last !== undefined && last.to === from && last.look === look && last.same === same) last.to = to;
    else own.push({ from, to, look, same });
  }
  return own;
}
