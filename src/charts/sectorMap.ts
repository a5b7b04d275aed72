import type { SectorMap } from "../analysis/metrics/sectorMap.ts";
import type { Summary } from "../analysis/summary.ts";
import { bytesText, counted, countText, listed } from "../model/quantities.ts";
import { SECTOR_BYTES } from "../model/units.ts";
import type { Chart, DataTable, Figure } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { foldedTo, structuresOf, structuresText } from "./kit/structures.ts";
import { table } from "./kit/table.ts";
import { cellWords, drawMap, planOf, type SectorMaps } from "./sectorMap/drawMap.ts";
import type { Key } from "./sectorMap/keys.ts";
import { classLook, classOf, DISCARDED, hasOverlay, ZEROED } from "./sectorMap/looks.ts";
import { cellsIn, rangesIn, type Segment, segmentsOf } from "./sectorMap/segments.ts";
import { deviceOf, partitionStarts } from "./sectorMap/starts.ts";

/** More structures than that fold into "12 files". */
const MOST_NAMED = 48;

/** Which sectors were touched, and how: a cell for each, rows that nobody touched folded. */
export const sectorMap: Chart = {
  id: "sector-map",
  title: "Which sectors were touched, and how?",
  label: "Sector map",
  map: true,
  metrics: ["sectorMap"],
  figure: (summary, scope) => figureOf(summary, scope, "sectorMap", (map) => mapFigure(summary, scope, map)),
};

function mapFigure(summary: Summary, scope: string, map: SectorMap): Figure | null {
  const maps = mapsOf(summary, scope, map);
  if (maps.segments.length === 0) return null;
  const plan = planOf(maps);
  const answer = answerOf(map, maps);
  return {
    answer,
    alternativeText: [
      `Map of the touched sectors in rows. ${answer} ${cellWords(plan.cellSectors)}`,
      ...maps.starts.map(({ label, sector }) => `${label} at sector ${countText(sector)}.`),
    ]
      .join(" ")
      .concat(structuresText(maps.structures)),
    note: null,
    table: runsTable(map),
    draw: (layout) => drawMap(maps, plan, layout),
  };
}

function mapsOf(summary: Summary, scope: string, map: SectorMap): SectorMaps {
  const segments = segmentsOf(map);
  const structures = foldedTo(MOST_NAMED, structuresOf(summary, scope));
  return {
    segments,
    cellSectors: map.cellSectors,
    deviceBytes: deviceOf(summary, scope)?.bytes ?? null,
    starts: partitionStarts(summary, scope).map(({ sector, name }) => ({ sector, label: `${name} starts`, map: 0 })),
    structures,
    keys: keysOf(map),
    titles: [],
    arrangement: "single",
    remark: `${remarkOf(map, segments)}${structures.length === 0 ? "" : " A line above cells names what lies there."}`,
  };
}

function remarkOf({ cellSectors }: SectorMap, segments: readonly Segment[]): string {
  const counts = `Counts are sectors${cellSectors === 1 ? "" : ", in whole cells"}.`;
  const hidden = cellsIn(segments, ([look]) => classOf(look!) >= 2 && hasOverlay(look!));
  if (hidden === 0) return counts;
  return `${counts} ${countText(hidden)} that were discarded or zeroed show that they were also written.`;
}

function keysOf({ cells, discard, writeZeroes, cellSectors }: SectorMap): readonly Key[] {
  const key = (look: number, name: string, count: number) => ({ look, name, count: count * cellSectors });
  return [
    key(classLook(0), "read, aligned", cells.alignedRead),
    key(classLook(1), "read, unaligned", cells.unalignedRead),
    key(classLook(2), "write, aligned", cells.alignedWrite),
    key(classLook(3), "write, unaligned", cells.unalignedWrite),
    key(ZEROED, "write zeroes", writeZeroes.cells),
    key(DISCARDED, "discard", discard.cells),
  ]
    .filter(({ count }) => count > 0)
    .map(({ look, name, count }) => ({ look, text: `${name} · ${countText(count)}` }));
}

/** "1 637 of 20 480 sectors were touched, in 23 ranges: 130 written (all by requests unaligned to 4 KiB) and 49 only read." */
function answerOf(map: SectorMap, { segments, deviceBytes }: SectorMaps): string {
  const { cells, discard, writeZeroes, cellSectors } = map;
  const touched = cellsIn(segments, () => true);
  const of =
    deviceBytes === null
      ? counted(touched, "sector")
      : `${countText(touched)} of ${counted(Math.ceil(deviceBytes / SECTOR_BYTES), "sector")}`;
  const was = touched === 1 ? "was" : "were";
  const written = (cells.alignedWrite + cells.unalignedWrite) * cellSectors;
  const read = (cells.alignedRead + cells.unalignedRead) * cellSectors;
  const parts = [
    ...(written > 0
      ? [`${countText(written)} written (${byUnaligned(cells.unalignedWrite * cellSectors, written)})`]
      : []),
    ...(read > 0 ? [`${countText(read)} only read`] : []),
    ...(writeZeroes.cells > 0 ? [`${countText(writeZeroes.cells * cellSectors)} zeroed`] : []),
    ...(discard.cells > 0 ? [`${countText(discard.cells * cellSectors)} discarded`] : []),
  ];
  const size = bytesText(touched * SECTOR_BYTES);
  return cellSectors === 1
    ? `${of} ${was} touched (${size}), in ${counted(rangesIn(segments), "range")}: ${listed(parts)}.`
    : `About ${of} ${was} touched (${size}), counted in whole cells of ${countText(cellSectors)} sectors: ${listed(parts)}.`;
}

function byUnaligned(unaligned: number, written: number): string {
  if (unaligned === 0) return "all by requests aligned to 4 KiB";
  return `${unaligned === written ? "all" : `${countText(unaligned)} of them`} by requests unaligned to 4 KiB`;
}

const CLASS_WORDS = ["aligned read", "unaligned read", "aligned write", "unaligned write"] as const;

function runsTable({ runs, discard, writeZeroes }: SectorMap): DataTable {
  const rows = [
    ...runs.map(([first, length, sectorClass]) => runRow(first!, length!, CLASS_WORDS[sectorClass!]!)),
    ...writeZeroes.runs.map(([first, length]) => runRow(first!, length!, "write zeroes")),
    ...discard.runs.map(([first, length]) => runRow(first!, length!, "discard")),
  ];
  return table(
    [
      ["firstSector", "first sector", "sector"],
      ["sectors", "sectors", "count"],
      ["offsetBytes", "offset", "bytes"],
      ["lengthBytes", "length", "bytes"],
      ["class", "class", "text"],
    ],
    rows.sort((a, b) => a[0] - b[0]),
  );
}

function runRow(first: number, length: number, name: string): [number, number, number, number, string] {
  return [first, length, first * SECTOR_BYTES, length * SECTOR_BYTES, name];
}
