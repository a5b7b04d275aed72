import type { SectorMap } from "../analysis/metrics/sectorMap.ts";
import type { Summary } from "../analysis/summary.ts";
import type { Diff } from "../compare/diff.ts";
import { counted, countText, listed } from "../model/quantities.ts";
import { SECTOR_BYTES } from "../model/units.ts";
import type { Absent, ComparisonChart, DataTable, Figure } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { table } from "./kit/table.ts";
import { cellWords, drawMap, planOf, type SectorMaps } from "./sectorMap/drawMap.ts";
import type { Key } from "./sectorMap/keys.ts";
import { classLook, classOf, DISCARDED, hasOverlay, type Look, UNTOUCHED, ZEROED } from "./sectorMap/looks.ts";
import { pairOnDevice } from "./sectorMap/pair.ts";
import { cellsIn, paired, type Segment, segmentsOf } from "./sectorMap/segments.ts";

/** Both sector maps whole, each row of A above the same row of B. */
export const comparedMaps: ComparisonChart = {
  id: "sector-maps",
  title: "Which sectors did each touch, and how?",
  label: "Both maps",
  map: true,
  figure: (diff, a, b) => {
    const mapA = mapOf(a, diff.a.scope);
    const mapB = mapOf(b, diff.b.scope);
    if (mapA === null || mapB === null) return null;
    if ("absent" in mapA) return mapA;
    return "absent" in mapB ? mapB : mapsFigure(diff, a, b, [mapA.value, mapB.value]);
  },
};

function mapOf(summary: Summary, scope: string): { readonly value: SectorMap } | Absent | null {
  return figureOf(summary, scope, "sectorMap", (value) => ({ value }));
}

function mapsFigure(diff: Diff, a: Summary, b: Summary, [mapA, mapB]: readonly [SectorMap, SectorMap]): Figure | null {
  const segments = paired(segmentsOf(mapA), segmentsOf(mapB));
  if (segments.length === 0) return null;
  const maps: SectorMaps = {
    segments,
    cellSectors: Math.max(mapA.cellSectors, mapB.cellSectors),
    ...pairOnDevice(diff, a, b),
    keys: KEYS.filter(({ shows }) => segments.some(({ looks }) => looks.some(shows))),
    titles: [],
    remark: "Each row of A stands above the same row of B.",
    arrangement: "stacked",
  };
  const plan = planOf(maps);
  const answer = answerOf(maps);
  return {
    answer,
    alternativeText: `Two sector maps, each row of A above the same row of B. ${answer} ${cellWords(plan.cellSectors)}`,
    note: null,
    table: tableOf(segments),
    draw: (layout) => drawMap(maps, plan, layout),
  };
}

const KEYS: readonly (Key & { shows(look: Look): boolean })[] = [
  ...["read, aligned", "read, unaligned", "write, aligned", "write, unaligned"].map((text, sectorClass) => ({
    look: classLook(sectorClass),
    text,
    shows: (look: Look) => classOf(look) === sectorClass,
  })),
  { look: ZEROED, text: "write zeroes", shows: (look) => (look & ZEROED) !== 0 },
  { look: DISCARDED, text: "discard", shows: (look) => (look & DISCARDED) !== 0 },
];

/** "A touched 1 637 sectors: 1 002 written and 635 only read; B touched …" */
function answerOf({ segments, cellSectors }: SectorMaps): string {
  const cells = cellSectors === 1 ? "" : `In whole cells of ${countText(cellSectors)} sectors, `;
  return `${cells}${["A", "B"].map((name, map) => sideWords(name, segments, map)).join("; ")}.`;
}

function sideWords(name: string, segments: readonly Segment[], map: number): string {
  const count = (matches: (look: Look) => boolean) => cellsIn(segments, (looks) => matches(looks[map]!));
  const touched = count((look) => look !== UNTOUCHED);
  if (touched === 0) return `${name} touched none`;
  const parts = [
    [count((look) => classOf(look) >= 2), "written"],
    [count((look) => classOf(look) === 0 || classOf(look) === 1), "only read"],
    [count((look) => classOf(look) < 0 && hasOverlay(look)), "only discarded or zeroed"],
  ] as const;
  const said = parts.flatMap(([sectors, word]) => (sectors === 0 ? [] : [`${countText(sectors)} ${word}`]));
  return `${name} touched ${counted(touched, "sector")}: ${listed(said)}`;
}

function tableOf(segments: readonly Segment[]): DataTable {
  return table(
    [
      ["side", "side", "text"],
      ["firstSector", "first sector", "sector"],
      ["sectors", "sectors", "count"],
      ["lengthBytes", "length", "bytes"],
      ["class", "class", "text"],
    ],
    ["A", "B"].flatMap((side, map) =>
      joined(segments, map).map(({ first, end, look }) => [
        side,
        first,
        end - first,
        (end - first) * SECTOR_BYTES,
        KEYS.filter(({ shows }) => shows(look))
          .map(({ text }) => text)
          .join(" and "),
      ]),
    ),
  );
}

/** The stretches of one map: what differs only in the other is joined. */
function joined(segments: readonly Segment[], map: number): readonly { first: number; end: number; look: Look }[] {
  const own: { first: number; end: number; look: Look }[] = [];
  for (const { first, end, looks } of segments) {
    const look = looks[map]!;
    const last = own.at(-1);
    if (look === UNTOUCHED) continue;
    if (last?.end === first && last.look === look) last.end = end;
    else own.push({ first, end, look });
  }
  return own;
}
