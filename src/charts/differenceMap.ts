import type { Summary } from "../analysis/summary.ts";
import type { Diff, MapClass, SectorChange } from "../compare/diff.ts";
import { counted, countText } from "../model/quantities.ts";
import { SECTOR_BYTES } from "../model/units.ts";
import type { ComparisonChart, DataTable, Figure } from "./chart.ts";
import { absent } from "./kit/metricValue.ts";
import { table } from "./kit/table.ts";
import { cellWords, drawMap, planOf, type SectorMaps } from "./sectorMap/drawMap.ts";
import type { Key } from "./sectorMap/keys.ts";
import { classLook, classOf, DISCARDED, type Look, UNTOUCHED, ZEROED } from "./sectorMap/looks.ts";
import { pairOnDevice } from "./sectorMap/pair.ts";
import { cellsIn, type Segment } from "./sectorMap/segments.ts";

/** Two sector maps in the same rows: grey where both are the same, in its class where they differ. */
export const differenceMap: ComparisonChart = {
  id: "difference-map",
  title: "What did only one of them touch?",
  label: "Sector maps",
  map: true,
  figure: (diff, a, b) => {
    if (diff.sectors === null) return absent(["single device"]);
    return diff.sectors.runs.length === 0 ? null : differenceFigure(diff, diff.sectors, a, b);
  },
};

type Sectors = NonNullable<Diff["sectors"]>;

function differenceFigure(diff: Diff, sectors: Sectors, a: Summary, b: Summary): Figure {
  const maps = mapsOf(diff, sectors, a, b);
  const plan = planOf(maps);
  const answer = answerOf(maps.segments);
  return {
    answer,
    alternativeText: [
      `Two sector maps in the same rows. ${answer} ${cellWords(plan.cellSectors)}`,
      ...maps.starts.map(({ label, sector }) => `${label} starts at sector ${countText(sector)}.`),
    ].join(" "),
    note: null,
    table: tableOf(sectors),
    draw: (layout) => drawMap(maps, plan, layout),
  };
}

function mapsOf(diff: Diff, { runs, cellSectors }: Sectors, a: Summary, b: Summary): SectorMaps {
  const segments = runs.map(segmentOf);
  return {
    segments,
    cellSectors,
    ...pairOnDevice(diff, a, b),
    keys: keysOf(segments),
    titles: [`A · ${diff.a.title}`, `B · ${diff.b.title}`],
    remark: "What is the same in both is grey.",
    arrangement: "beside",
  };
}

function segmentOf({ startSector, sectors, a, b }: SectorChange): Segment {
  return { first: startSector, end: startSector + sectors, looks: [lookOf(a), lookOf(b)] };
}

const LOOKS: Readonly<Record<MapClass, Look>> = {
  0: classLook(0),
  1: classLook(1),
  2: classLook(2),
  3: classLook(3),
  4: DISCARDED,
  5: ZEROED,
};

function lookOf(mapClass: MapClass | null): Look {
  return mapClass === null ? UNTOUCHED : LOOKS[mapClass];
}

const CLASS_KEYS: readonly Key[] = [
  { look: classLook(0), text: "read, aligned" },
  { look: classLook(1), text: "read, unaligned" },
  { look: classLook(2), text: "write, aligned" },
  { look: classLook(3), text: "write, unaligned" },
  { look: ZEROED, text: "write zeroes" },
  { look: DISCARDED, text: "discard" },
];

/** Only what is there: the classes of what differs, then the greys. */
function keysOf(segments: readonly Segment[]): readonly Key[] {
  const differing = new Set(segments.filter((segment) => !same(segment)).flatMap(({ looks }) => looks));
  const both = segments.filter(same).map(({ looks }) => looks[0]!);
  const greys: Key[] = [];
  if (both.some(isRead)) greys.push({ look: classLook(0), text: "same in both, read", same: true });
  if (!both.every(isRead)) greys.push({ look: classLook(2), text: "same in both, other", same: true });
  return [...CLASS_KEYS.filter(({ look }) => differing.has(look)), ...greys];
}

function same({ looks }: Segment): boolean {
  return looks[0] === looks[1];
}

function isRead(look: Look): boolean {
  return classOf(look) === 0 || classOf(look) === 1;
}

function answerOf(segments: readonly Segment[]): string {
  const onlyA = cellsIn(segments, (looks) => looks[1] === UNTOUCHED);
  const onlyB = cellsIn(segments, (looks) => looks[0] === UNTOUCHED);
  const both = cellsIn(segments, (looks) => looks.every((look) => look !== UNTOUCHED));
  const alike = cellsIn(segments, ([a, b]) => a === b);
  if (alike === both && onlyA + onlyB === 0) return `Both touched the same ${counted(both, "sector")} in the same way.`;
  const changed = both === alike ? "" : `, ${countText(both - alike)} of those in different ways`;
  const touched = `${counted(onlyA, "sector")} ${onlyA === 1 ? "was" : "were"} touched only by A`;
  return `${touched}, ${countText(onlyB)} only by B and ${countText(both)} by both${changed}.`;
}

const CLASS_WORDS = ["aligned read", "unaligned read", "aligned write", "unaligned write", "discard", "write zeroes"];

function tableOf({ runs }: Sectors): DataTable {
  return table(
    [
      ["firstSector", "first sector", "sector"],
      ["sectors", "sectors", "count"],
      ["lengthBytes", "length", "bytes"],
      ["a", "A", "text"],
      ["b", "B", "text"],
    ],
    runs.map(({ startSector, sectors, a, b }) => [startSector, sectors, sectors * SECTOR_BYTES, word(a), word(b)]),
  );
}

function word(mapClass: MapClass | null): string {
  return mapClass === null ? "untouched" : CLASS_WORDS[mapClass]!;
}
