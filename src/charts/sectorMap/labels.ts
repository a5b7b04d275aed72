import { bytesText, counted, countText } from "../../model/quantities.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { colour } from "../../theme/colours.ts";
import { textWidth } from "../../theme/textWidth.ts";
import { stroke, strokes } from "../kit/shapes.ts";
import { type Label, type Layer, rules, texts } from "../kit/spec.ts";
import { cutToWidth } from "../kit/text.ts";
import type { Geometry } from "./geometry.ts";
import type { PlacedMap, PlacedRow } from "./place.ts";
import { type Fold, ROW_CELLS } from "./rows.ts";

/** Where a partition starts. */
export interface Start {
  readonly sector: number;
  readonly label: string;
  /** On which of the maps. */
  readonly map: number;
}

export interface Scale {
  readonly cellSectors: number;
  readonly deviceBytes: number | null;
  readonly starts: readonly Start[];
  /** Touched sectors from a sector on: what a cut leaves out. */
  touchedFrom(sector: number): number;
}

const RIGHT_OF_MAP_PX = 10;

export function rowLabel(row: number, cellSectors: number): string {
  return countText(row * ROW_CELLS * cellSectors);
}

function rowBytes(row: number, { cellSectors }: Scale): number {
  return row * ROW_CELLS * cellSectors * SECTOR_BYTES;
}

/** The addresses of the rows: beside them on wide screens, above each block on narrow ones. */
export function addressLayers({ rows }: PlacedMap, geometry: Geometry, scale: Scale): readonly Layer[] {
  return geometry.layout === "wide" ? besideRows(rows, geometry, scale) : aboveBlocks(rows, scale);
}

function besideRows(rows: readonly PlacedRow[], geometry: Geometry, scale: Scale): readonly Layer[] {
  const { mapPx, rightPx, pitchPx, stripNamePx } = geometry;
  const sectors = rows.map(({ row, y }) => ({
    x: -10 - stripNamePx,
    y: y + pitchPx / 2,
    text: rowLabel(row, scale.cellSectors),
  }));
  const offsets = rowsWithOffset(rows);
  const roomPx = rightPx - RIGHT_OF_MAP_PX - 2;
  const remarks = rows.flatMap(({ row, y }): Label[] => {
    const offset = offsets.has(row) ? bytesText(rowBytes(row, scale)) : "";
    const starting = startsIn(row, scale).map(({ label }) => label);
    const text = remark(offset, starting, roomPx);
    return text === "" ? [] : [{ x: mapPx + RIGHT_OF_MAP_PX, y: y + pitchPx / 2, text }];
  });
  return [texts(sectors, "ink-2", "right"), texts(remarks, "ink-3")];
}

/** An offset and what starts in its row; where there is no room for both, the offset is what other rows say too. */
function remark(offset: string, starting: readonly string[], roomPx: number): string {
  const whole = [offset, ...starting].filter((text) => text !== "").join(" · ");
  const text = textWidth(whole) <= roomPx || starting.length === 0 ? whole : starting.join(" · ");
  return cutToWidth(text, roomPx);
}

/** The first row of each block, and every eighth below it. */
function rowsWithOffset(rows: readonly PlacedRow[]): ReadonlySet<number> {
  let since = 0;
  return new Set(
    rows
      .filter(({ startsBlock }) => {
        since = startsBlock ? 0 : since + 1;
        return since % 8 === 0;
      })
      .map(({ row }) => row),
  );
}

function aboveBlocks(rows: readonly PlacedRow[], scale: Scale): readonly Layer[] {
  const labels = rows
    .filter(({ startsBlock }) => startsBlock)
    .map(({ row, y, namesPx }) => ({
      x: 0,
      y: y - 10 - namesPx,
      text: `sector ${rowLabel(row, scale.cellSectors)} · ${bytesText(rowBytes(row, scale))}`,
    }));
  return [texts(labels, "ink-2")];
}

function startsIn(row: number, { starts, cellSectors }: Scale): readonly Start[] {
  return starts.filter(({ sector }) => Math.floor(sector / cellSectors / ROW_CELLS) === row);
}

/** A short bar where a partition starts. */
export function startLayers({ rows }: PlacedMap, geometry: Geometry, scale: Scale): readonly Layer[] {
  const { origins, cellWidthPx, cellHeightPx } = geometry;
  const lines = rows.flatMap(({ row, y }) =>
    startsIn(row, scale).map(({ sector, map }) => {
      const origin = origins[map]!;
      const x = origin.x + ((sector / scale.cellSectors) % ROW_CELLS) * cellWidthPx;
      return { x, x2: x, y: y + origin.y - 2, y2: y + origin.y + cellHeightPx + 2 };
    }),
  );
  return lines.length === 0 ? [] : [rules(lines, "mark", { strokeWidth: 1.5 })];
}

/** What is not drawn, in words and with a dashed line. */
export function foldLayers({ folds }: PlacedMap, { mapPx }: Geometry, scale: Scale): readonly Layer[] {
  if (folds.length === 0) return [];
  const labels = folds.map(({ fold, y }) => ({ x: 0, y, text: cutToWidth(foldText(fold, scale), mapPx) }));
  const dashes = labels
    .map(({ text, y }) => ({ from: textWidth(text) + 8, y }))
    .filter(({ from }) => from < mapPx - 12)
    .map(({ from, y }) => stroke(from, y, mapPx, y));
  return [strokes(dashes, { stroke: colour("ink-3"), strokeWidth: 1, strokeDash: [3, 3] }), texts(labels, "ink-3")];
}

function foldText({ kind, row, rows }: Fold, scale: Scale): string {
  const end = Math.min(rowBytes(row + rows, scale), scale.deviceBytes ?? Number.POSITIVE_INFINITY);
  const bytes = bytesText(Math.max(0, end - rowBytes(row, scale)));
  if (kind === "untouched") return `${counted(rows, "row")} untouched · ${bytes}`;
  if (kind === "repeated") return `${counted(rows, "more row")} like this · ${bytes}`;
  const touched = scale.touchedFrom(row * ROW_CELLS * scale.cellSectors);
  return `cut here · ${counted(rows, "more row")} · ${bytes}, ${counted(touched, "touched sector")}`;
}

/** From such cells on, offsets read better in bytes. */
const COARSE_CELL_SECTORS = 64;

function offsetText(sectors: number, cellSectors: number): string {
  if (sectors === 0 || cellSectors < COARSE_CELL_SECTORS) return `+${countText(sectors)}`;
  return `+${bytesText(sectors * SECTOR_BYTES)}`;
}

/** Offsets in the row above each map. */
export function rulerLayer({ origins, cellWidthPx, layout }: Geometry, { cellSectors }: Scale): Layer {
  const roomPx = textWidth(offsetText(ROW_CELLS * cellSectors - 1, cellSectors)) + 10;
  const least = layout === "narrow" || origins.some(({ x }) => x > 0) ? 16 : 8;
  const step = [8, 16, 32].find((columns) => columns >= least && columns * cellWidthPx > roomPx) ?? ROW_CELLS;
  const columns = Array.from({ length: ROW_CELLS / step }, (_, i) => i * step);
  const lefts = [...new Set(origins.map(({ x }) => x))];
  return texts(
    lefts.flatMap((left) =>
      columns.map((column) => ({
        x: left + column * cellWidthPx,
        y: -12,
        text: offsetText(column * cellSectors, cellSectors),
      })),
    ),
    "ink-3",
  );
}

/** "A" and "B" beside the strips of each block, where two maps are drawn as pairs of strips. */
export function stripLayers({ rows }: PlacedMap, { origins, cellHeightPx }: Geometry): readonly Layer[] {
  const [first, second] = origins;
  if (second === undefined || second.x !== first!.x) return [];
  const labels = rows
    .filter(({ startsBlock }) => startsBlock)
    .flatMap(({ y }) =>
      origins.map((origin, map) => ({
        x: -5,
        y: y + origin.y + cellHeightPx / 2 + (map === 0 ? -1 : 2),
        text: "AB".charAt(map),
      })),
    );
  return [texts(labels, "ink-2", "right", { fontSize: 10 })];
}
