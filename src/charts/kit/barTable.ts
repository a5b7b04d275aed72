import type { Token } from "../../theme/colours.ts";
import { textWidth } from "../../theme/textWidth.ts";
import type { Drawing, Layout } from "../chart.ts";
import { opBars } from "./opBars.ts";
import { WIDTH_PX } from "./plotWidth.ts";
import { chartSpec, type Layer, type Line, rules, texts } from "./spec.ts";
import { cutToWidth } from "./text.ts";

export interface BarCell {
  readonly value: number;
  readonly text: string;
  readonly token: Token;
  /** Outlined only: no data moved. */
  readonly hollow?: boolean;
}

export interface BarRow {
  readonly name: string;
  readonly cells: readonly BarCell[];
}

interface BarColumn {
  readonly title: string;
  readonly token: Token;
}

export interface BarTable {
  readonly columns: readonly BarColumn[];
  readonly rows: readonly BarRow[];
  /** Whether all columns have one scale (they have one unit), or each its own. */
  readonly oneScale: boolean;
}

const NAME_PX = { wide: 132, narrow: 98 } as const;
const RIGHT_PX = 8;
const TOP_PX = 28;
const BOTTOM_PX = 4;
const ROW_PX = 26;
const LEAST_BAR_PX = 1.5;

/** A table whose numbers have bars: a row for each name, bars from 0, the value beside its bar. */
export function barTable(barred: BarTable, layout: Layout): Drawing {
  const widthPx = WIDTH_PX[layout];
  const namePx = NAME_PX[layout];
  const heightPx = TOP_PX + barred.rows.length * ROW_PX + BOTTOM_PX;
  const plotPx = widthPx - namePx - RIGHT_PX;
  const columnPx = plotPx / barred.columns.length;
  const placed = placeCells(barred, columnPx);
  const layer: Layer[] = [
    rules(
      barred.rows.map((_, i) => ({ x: -namePx, x2: plotPx, y: i * ROW_PX - 0.5, y2: i * ROW_PX - 0.5 })),
      "grid",
    ),
    ...barLayers(placed),
    texts(
      barred.rows.map(({ name }, i) => ({ x: -namePx, y: middle(i), text: cutToWidth(name, namePx - 14) })),
      "ink",
    ),
    texts(
      placed.map(({ line, y, cell }) => ({ x: cell.value > 0 ? line.x2 + 6 : line.x, y, text: cell.text })),
      "ink-2",
    ),
    ...barred.columns.map(({ title, token }, i) => texts([{ x: i * columnPx, y: -12, text: title }], token)),
  ];
  const padding = { left: namePx, right: RIGHT_PX, top: TOP_PX, bottom: BOTTOM_PX };
  return { spec: chartSpec(widthPx, heightPx, padding, layer), widthPx, heightPx };
}

function middle(row: number): number {
  return row * ROW_PX + ROW_PX / 2;
}

interface PlacedCell {
  readonly cell: BarCell;
  readonly line: Line;
  readonly y: number;
}

function placeCells({ rows, columns, oneScale }: BarTable, columnPx: number): readonly PlacedCell[] {
  const scales = columns.map((_, column) => {
    const sharing = rows.flatMap(({ cells }) => (oneScale ? cells : cells.slice(column, column + 1)));
    const textPx = Math.max(0, ...rows.map(({ cells }) => textWidth(cells[column]?.text ?? "")));
    return { most: Math.max(1, ...sharing.map(({ value }) => value)), roomPx: columnPx - textPx - 18 };
  });
  const roomPx = Math.min(...scales.map((scale) => scale.roomPx));
  return rows.flatMap(({ cells }, row) =>
    cells.map((cell, column) => {
      const x = column * columnPx;
      const lengthPx = cell.value > 0 ? Math.max(LEAST_BAR_PX, (cell.value / scales[column]!.most) * roomPx) : 0;
      const y = middle(row);
      return { cell, line: { x, x2: x + lengthPx, y: y - 5, y2: y + 5 }, y };
    }),
  );
}

function barLayers(placed: readonly PlacedCell[]): readonly Layer[] {
  const drawn = placed.filter(({ cell }) => cell.value > 0);
  const tokens = [...new Set(drawn.map(({ cell }) => cell.token))];
  return tokens.flatMap((token) =>
    [false, true].flatMap((hollow) => {
      const alike = drawn.filter(({ cell }) => cell.token === token && (cell.hollow ?? false) === hollow);
      return opBars(
        alike.map(({ line }) => line),
        token,
        hollow,
      );
    }),
  );
}
