import { bytesText, countText } from "../model/quantities.ts";
import { SECTOR_BYTES } from "../model/units.ts";
import { onlyDevice } from "./devices.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";

/** Classes of the sector map from here on are writes. */
const FIRST_WRITE_CLASS = 2;
/** Partition tables, and boot loaders in the first MiB. */
const TABLE_SECTORS = 2048;
/** The copy of a GPT at the end of the disk. */
const COPY_SECTORS = 34;

type Range = readonly [first: number, end: number];

interface Gap {
  readonly range: Range;
  /** "between vda1 and vda2". */
  readonly place: string;
}

/** Where no write belongs; null where the layout or the disk's size is not known. */
function gapsOf(evidence: Evidence): Gap[] | null {
  const { partitions } = evidence.trace;
  const bytes = onlyDevice(evidence)?.bytes ?? null;
  if (bytes === null || partitions.length === 0 || partitions.some(({ sectors }) => sectors === null)) return null;
  const gaps: Gap[] = [];
  let free = TABLE_SECTORS;
  let before: string | null = null;
  const known = [...partitions, ...besidePartitions(evidence)].sort((a, b) => a.startSector - b.startSector);
  for (const { name, startSector, sectors } of known) {
    const place = before === null ? `before ${name}` : `between ${before} and ${name}`;
    if (startSector > free) gaps.push({ range: [free, startSector], place });
    if (startSector + sectors! >= free) before = name;
    free = Math.max(free, startSector + sectors!);
  }
  const end = Math.floor(bytes / SECTOR_BYTES) - COPY_SECTORS;
  return end > free ? [...gaps, { range: [free, end], place: `after ${before}` }] : gaps;
}

/** What a layout has on the disk itself: tables of partitions, metadata of RAID. */
function besidePartitions({ trace: { layout, devices } }: Evidence): Evidence["trace"]["partitions"] {
  if (!layout || devices.length !== 1) return [];
  return layout.bands
    .filter(({ kind, within }) => within === null && kind !== "partition")
    .map(({ name, fromBytes, lengthBytes }) => ({
      name,
      startSector: Math.floor(fromBytes / SECTOR_BYTES),
      sectors: Math.ceil(lengthBytes / SECTOR_BYTES),
    }));
}

export const outsidePartitions: Finding = {
  id: "outside-partitions",
  question: "Is anything written outside every partition?",
  why: "What is written between partitions belongs to no filesystem: the wrong device was named, or the partition table is not the one in use. Boot loaders do it on purpose, in the first MiB; elsewhere it overwrites what nobody looks for.",
  source: {
    title: "UEFI 2.10, GUID partition table",
    url: "https://uefi.org/specs/UEFI/2.10/05_GUID_Partition_Table_Format.html",
  },
  judge(evidence) {
    const gaps = gapsOf(evidence);
    const map = figure(evidence, "sectorMap");
    if (gaps === null || map === null) return null;
    const stray = map.runs.flatMap(([first, count, kind]): Gap[] => {
      if (kind! < FIRST_WRITE_CLASS) return [];
      return gaps.flatMap(({ range: [from, to], place }): Gap[] => {
        const start = Math.max(from + map.cellSectors - 1, first!);
        const end = Math.min(to - map.cellSectors + 1, first! + count!);
        return end > start ? [{ range: [start, end], place }] : [];
      });
    });
    const [lowest] = stray;
    if (lowest === undefined) return null;
    const sectors = stray.reduce((sum, { range: [from, to] }) => sum + to - from, 0);
    return {
      severity: "medium",
      title: `${map.cellSectors > 1 ? "About " : ""}${bytesText(sectors * SECTOR_BYTES)} written outside every partition`,
      evidence: `The lowest such sector is ${countText(lowest.range[0])}, ${lowest.place}. Not counted: the first MiB and the last 34 sectors, where partition tables and boot loaders lie.`,
      advice:
        "Check that the layout is that of this disk (sfdisk --dump), and who writes there (the charts by process): a wrong offset or the disk in place of its partition.",
      chart: "sector-map",
    };
  },
};
