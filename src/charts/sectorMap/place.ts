import type { Geometry } from "./geometry.ts";
import type { Fold, MapLine, Piece } from "./rows.ts";

export interface PlacedRow {
  readonly row: number;
  readonly y: number;
  readonly pieces: readonly Piece[];
  /** Whether a fold or nothing is above it. */
  readonly startsBlock: boolean;
  /** Room between it and what stands above it, for names. */
  readonly namesPx: number;
}

interface PlacedFold {
  readonly fold: Fold;
  /** Its middle. */
  readonly y: number;
}

export interface PlacedMap {
  readonly rows: readonly PlacedRow[];
  readonly folds: readonly PlacedFold[];
  readonly heightPx: number;
}

const TOP_PX = 2;

/** Gives every row and fold its height on the page. @param namesAbove room for names above a row. */
export function placeLines(
  lines: readonly MapLine[],
  { rowPx, foldPx, blockLabelPx }: Geometry,
  namesAbove: (row: number) => number,
): PlacedMap {
  const rows: PlacedRow[] = [];
  const folds: PlacedFold[] = [];
  let y = TOP_PX;
  lines.forEach((line, i) => {
    if (line.kind === "row") {
      const startsBlock = lines[i - 1]?.kind !== "row";
      const namesPx = namesAbove(line.row);
      y += (startsBlock ? blockLabelPx : 0) + namesPx;
      rows.push({ row: line.row, y, pieces: line.pieces, startsBlock, namesPx });
      y += rowPx;
    } else {
      folds.push({ fold: line, y: y + foldPx / 2 });
      y += foldPx;
    }
  });
  return { rows, folds, heightPx: y };
}
