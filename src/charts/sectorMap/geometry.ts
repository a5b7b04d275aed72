import type { Layout } from "../chart.ts";
import { ROW_CELLS } from "./rows.ts";

/** The measures of a map: of one, or of two that are drawn side by side (wide) or as pairs of strips (narrow). */
export interface Geometry {
  readonly layout: Layout;
  readonly widthPx: number;
  readonly leftPx: number;
  readonly rightPx: number;
  readonly cellWidthPx: number;
  readonly cellHeightPx: number;
  /** From the top of a row to the top of the next. */
  readonly rowPx: number;
  /** From the top of a row to the bottom of its last strip. */
  readonly pitchPx: number;
  readonly foldPx: number;
  /** Room above the first row of a block for its label, where it does not stand beside the row. */
  readonly blockLabelPx: number;
  /** Where each map begins, from the left and from the top of a row. */
  readonly origins: readonly { readonly x: number; readonly y: number }[];
  /** From the left of the first map to the right of the last. */
  readonly mapPx: number;
  /** Between the row labels and the map, for the names of the strips. */
  readonly stripNamePx: number;
}

/** One map, two beside each other, or each row of one above the same row of the other. */
export type Arrangement = "single" | "beside" | "stacked";

const GUTTER_PX = 24;
const PAIR_GAP_PX = 1;
const STRIP_NAME_PX = 14;

/** Narrow screens have no room for maps beside each other. @param labelPx the widest row label. */
export function geometryOf(layout: Layout, arrangement: Arrangement, labelPx: number): Geometry {
  if (layout === "narrow") return arrangement === "single" ? NARROW : NARROW_PAIR;
  if (arrangement === "stacked") return wideStacked(labelPx);
  return arrangement === "single" ? wide(labelPx) : wideBeside(labelPx);
}

function wide(labelPx: number): Geometry {
  const cellPx = 11;
  const mapPx = ROW_CELLS * cellPx;
  const leftPx = Math.max(96, Math.ceil(labelPx) + 14);
  return {
    ...WIDE,
    leftPx,
    rightPx: WIDE.widthPx - leftPx - mapPx,
    cellWidthPx: cellPx,
    origins: [{ x: 0, y: 0 }],
    mapPx,
  };
}

function wideStacked(labelPx: number): Geometry {
  const stripPx = 8;
  const single = wide(labelPx + STRIP_NAME_PX);
  return {
    ...single,
    cellHeightPx: stripPx,
    pitchPx: 2 * stripPx + PAIR_GAP_PX,
    rowPx: 2 * stripPx + PAIR_GAP_PX + 5,
    origins: [
      { x: 0, y: 0 },
      { x: 0, y: stripPx + PAIR_GAP_PX },
    ],
    stripNamePx: STRIP_NAME_PX,
  };
}

function wideBeside(labelPx: number): Geometry {
  const leftPx = Math.max(70, Math.ceil(labelPx) + 14);
  const rightPx = 96;
  const cellPx = Math.floor(((WIDE.widthPx - leftPx - rightPx - GUTTER_PX) / 2 / ROW_CELLS) * 10) / 10;
  const x = ROW_CELLS * cellPx + GUTTER_PX;
  const origins = [
    { x: 0, y: 0 },
    { x, y: 0 },
  ];
  return { ...WIDE, leftPx, rightPx, cellWidthPx: cellPx, origins, mapPx: x + ROW_CELLS * cellPx };
}

const WIDE = {
  layout: "wide",
  widthPx: 944,
  cellHeightPx: 11,
  rowPx: 14,
  pitchPx: 11,
  foldPx: 22,
  blockLabelPx: 0,
  stripNamePx: 0,
} as const;

const NARROW: Geometry = {
  layout: "narrow",
  widthPx: 358,
  leftPx: 3,
  rightPx: 3,
  cellWidthPx: 5.5,
  cellHeightPx: 7,
  rowPx: 9,
  pitchPx: 7,
  foldPx: 18,
  blockLabelPx: 17,
  origins: [{ x: 0, y: 0 }],
  mapPx: ROW_CELLS * 5.5,
  stripNamePx: 0,
};

const NARROW_PAIR: Geometry = {
  ...NARROW,
  leftPx: 17,
  cellWidthPx: 5.3,
  cellHeightPx: 6,
  rowPx: 18,
  pitchPx: 12 + PAIR_GAP_PX,
  rightPx: 358 - 17 - ROW_CELLS * 5.3,
  origins: [
    { x: 0, y: 0 },
    { x: 0, y: 6 + PAIR_GAP_PX },
  ],
  mapPx: ROW_CELLS * 5.3,
};
