import type { Accesses } from "../../analysis/metrics/accesses.ts";
import { type Stretch, shownStretches } from "../kit/addressFolds.ts";
import { opsIn } from "../kit/opStyle.ts";
import { px } from "../kit/pixels.ts";

const RULE = { shareOfRange: 1 / 16, leastBytes: 0, mostFolds: 5 };
const FOLD_PX = 20;
const LEAST_PART_PX = 16;
const CELL_PX = 4;

/** A stretch of addresses within a panel, from low at the bottom to high, in rows of whole bins. */
export interface RowPart extends Stretch {
  /** Pixels from the panel's top. */
  readonly topPx: number;
  readonly bottomPx: number;
  /** The first address bin, and the bins to a row. */
  readonly firstBin: number;
  readonly bins: number;
  readonly binsPerRow: number;
}

function touchedStretches({ addressStartBytes, addressBinBytes, byOp }: Accesses): readonly Stretch[] {
  const bins = opsIn(byOp).flatMap((op) => byOp[op]!.cells.filter((_, i) => i % 3 === 1));
  return [...new Set(bins)].map((bin) => {
    const fromBytes = addressStartBytes + bin * addressBinBytes;
    return { fromBytes, toBytes: fromBytes + addressBinBytes };
  });
}

/** Height of a panel that gives each part of the address range some rows. */
export function panelPx(parts: number, basePx: number): number {
  return basePx + Math.max(0, parts - 3) * (FOLD_PX + LEAST_PART_PX);
}

/** The touched addresses with the largest gaps left out. */
export function densityStretches(accesses: Accesses): readonly Stretch[] {
  return shownStretches(touchedStretches(accesses), RULE);
}

/** Where each stretch stands in a panel of that height. */
export function rowParts(accesses: Accesses, stretches: readonly Stretch[], heightPx: number): readonly RowPart[] {
  const { addressStartBytes, addressBinBytes } = accesses;
  const shownBytes = stretches.reduce((sum, { fromBytes, toBytes }) => sum + toBytes - fromBytes, 0);
  const freePx = heightPx - FOLD_PX * (stretches.length - 1) - LEAST_PART_PX * stretches.length;
  let bottomPx = heightPx;
  return stretches.map((stretch) => {
    const bytes = stretch.toBytes - stretch.fromBytes;
    const partPx = LEAST_PART_PX + (bytes / shownBytes) * freePx;
    const bins = Math.round(bytes / addressBinBytes);
    const binsPerRow = Math.max(1, Math.ceil((bins * CELL_PX) / partPx));
    const firstBin = Math.round((stretch.fromBytes - addressStartBytes) / addressBinBytes);
    const part = { ...stretch, topPx: px(bottomPx - partPx), bottomPx: px(bottomPx), firstBin, bins, binsPerRow };
    bottomPx -= partPx + FOLD_PX;
    return part;
  });
}

/** Where an address of a part stands, as pixels from the panel's top. */
export function rowY({ fromBytes, toBytes, topPx, bottomPx }: RowPart, bytes: number): number {
  return px(bottomPx - ((bytes - fromBytes) / (toBytes - fromBytes)) * (bottomPx - topPx));
}

/** Edges of a part's rows, from the bottom up, as pixels from the panel's top. */
export function rowEdges({ topPx, bottomPx, bins, binsPerRow }: RowPart): readonly number[] {
  const rows = Math.ceil(bins / binsPerRow);
  return Array.from({ length: rows + 1 }, (_, i) =>
    px(bottomPx - (Math.min(i * binsPerRow, bins) / bins) * (bottomPx - topPx)),
  );
}
