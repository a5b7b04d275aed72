import type { Geometry } from "./geometry.ts";
import type { Fold, MapLine, Piece } from "./rows.ts";

export interface PlacedRow {
  readonly row: number;
  readonly y: number;
  readonly pieces: readonly Piece[];
  /** Whether a fold or nothing is above it. */
  readonly startsBlock: boolean;
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

/** Gives every row and fold its height on the page. */
export function placeLines(lines: readonly MapLine[], { rowPx, foldPx, blockLabelPx }: Geometry): PlacedMap {
  const rows: PlacedRow[] = [];
  const folds: PlacedFold[] = [];
  let y = TOP_PX;
  lines.forEach((line, i) => {
    if (line.kind === "row") {
      const startsBlock = lines[i - 1]?.kind !== "row";
      if (startsBlock) y += blockLabelPx;
      rows.push({ row: line.row, y, pieces: line.pieces, startsBlock });
      y += rowPx;
    } else {
      folds.push({ fold: line, y: y + foldPx / 2 });
      y += foldPx;
    }
  });
  return { rows, folds, heightPx: y };
}
