import { bytesText, counted } from "../../model/quantities.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { textWidth } from "../../theme/textWidth.ts";
import type { Drawing, Layout } from "../chart.ts";
import { chartSpec, type Layer, texts } from "../kit/spec.ts";
import type { Named } from "../kit/structures.ts";
import { cutToWidth, wrapped } from "../kit/text.ts";
import { cellLayers } from "./cells.ts";
import { type Arrangement, type Geometry, geometryOf } from "./geometry.ts";
import { type Key, keyLayers, placeKeys } from "./keys.ts";
import {
  addressLayers,
  foldLayers,
  rowLabel,
  rulerLayer,
  type Scale,
  type Start,
  startLayers,
  stripLayers,
} from "./labels.ts";
import { NAMES_PX, namedRows, nameLayers } from "./names.ts";
import { placeLines } from "./place.ts";
import { type MapPlan, planRows, ROW_CELLS } from "./rows.ts";
import type { Segment } from "./segments.ts";

/** One sector map, or two that are drawn in the same rows. */
export interface SectorMaps {
  /** In sectors; each has a look for each map. */
  readonly segments: readonly Segment[];
  /** The finest cell that the data have. */
  readonly cellSectors: number;
  readonly deviceBytes: number | null;
  readonly starts: readonly Start[];
  /** What is named above the cells. */
  readonly structures: readonly Named[];
  readonly keys: readonly Key[];
  /** Above each map where there are two. */
  readonly titles: readonly string[];
  /** A sentence for below the keys. */
  readonly remark: string;
  /** Beside each other, what is the same in both maps is grey; stacked, each shows all that it has. */
  readonly arrangement: Arrangement;
}

const RULER_PX = 24;
const TITLE_PX = 24;
const CAPTION_LINE_PX = 17;
const BOTTOM_PX = 4;

export function planOf({ segments, cellSectors, deviceBytes, starts }: SectorMaps): MapPlan {
  return planRows(segments, {
    cellSectors,
    deviceSectors: deviceBytes === null ? null : Math.ceil(deviceBytes / SECTOR_BYTES),
    markedSectors: starts.map(({ sector }) => sector),
  });
}

/** What a cell and a row of the map are. */
export function cellWords(cellSectors: number): string {
  const cell = bytesText(cellSectors * SECTOR_BYTES);
  const row = bytesText(ROW_CELLS * cellSectors * SECTOR_BYTES);
  if (cellSectors === 1) return `Each cell is one sector (${cell}), wider gaps are 4 KiB apart, a row is ${row}.`;
  return `Each cell is ${counted(cellSectors, "sector")} (${cell}) and shows the strongest access in them, a row is ${row}.`;
}

/** The picture: keys, words, ruler, then rows and folds. */
export function drawMap(maps: SectorMaps, plan: MapPlan, layout: Layout): Drawing {
  const scale = scaleOf(maps, plan);
  const geometry = geometryOf(layout, maps.arrangement, widestRowLabel(plan));
  const named = namedRows(plan.lines, maps.structures, plan.cellSectors);
  const placed = placeLines(plan.lines, geometry, (row) => (named.has(row) ? NAMES_PX : 0));
  const header = headerOf(maps, plan, geometry);
  const layer = [
    ...cellLayers(placed.rows, geometry, plan.deviceCells, maps.arrangement === "beside"),
    ...startLayers(placed, geometry, scale),
    ...nameLayers(placed, geometry, maps.structures, plan.cellSectors, named),
    ...foldLayers(placed, geometry, scale),
    ...addressLayers(placed, geometry, scale),
    ...stripLayers(placed, geometry),
    rulerLayer(geometry, scale),
    ...header.layers,
  ];
  const { widthPx, leftPx, rightPx } = geometry;
  const heightPx = Math.ceil(header.heightPx + placed.heightPx + BOTTOM_PX);
  const padding = { left: leftPx, right: rightPx, top: header.heightPx, bottom: BOTTOM_PX };
  return { spec: chartSpec(widthPx, heightPx, padding, layer), widthPx, heightPx };
}

function scaleOf({ segments, deviceBytes, starts }: SectorMaps, { cellSectors }: MapPlan): Scale {
  const touchedFrom = (sector: number) =>
    segments.reduce((sum, { first, end }) => sum + Math.max(0, end - Math.max(first, sector)), 0);
  return { cellSectors, deviceBytes, starts, touchedFrom };
}

function widestRowLabel({ lines, cellSectors }: MapPlan): number {
  const last = lines.findLast(({ kind }) => kind === "row");
  return last === undefined ? 0 : textWidth(rowLabel(last.row, cellSectors));
}

interface Header {
  readonly layers: readonly Layer[];
  readonly heightPx: number;
}

function headerOf({ keys, titles, remark }: SectorMaps, { cellSectors }: MapPlan, geometry: Geometry): Header {
  const { widthPx, leftPx, rightPx, layout, origins } = geometry;
  const roomPx = layout === "wide" ? widthPx - leftPx : widthPx - leftPx - rightPx;
  const placedKeys = placeKeys(keys, roomPx, layout);
  const caption = wrapped(`${cellWords(cellSectors)} ${remark}`.trim(), roomPx);
  const beside = layout === "wide" && (origins[1]?.x ?? 0) > 0;
  const captionTop = placedKeys.heightPx + 4;
  const captionEnd = captionTop + caption.length * CAPTION_LINE_PX + 4;
  const heightPx = captionEnd + (beside ? TITLE_PX : 0) + RULER_PX;
  const captionLabels = caption.map((text, i) => ({ x: 0, y: captionTop + 9 + i * CAPTION_LINE_PX - heightPx, text }));
  const titlePx = (origins[1]?.x ?? 0) - 24;
  const titleLabels = titles.map((title, map) => ({
    x: origins[map]!.x,
    y: -34,
    text: cutToWidth(title, titlePx, 13),
  }));
  return {
    layers: [
      ...keyLayers(placedKeys, -heightPx),
      texts(captionLabels, "ink-3"),
      ...(beside ? [texts(titleLabels, "ink", "left", { fontSize: 13 })] : []),
    ],
    heightPx,
  };
}
