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

/** Where no write belongs; null where the layout or the disk's size is not known. */
function gapsOf(evidence: Evidence): Range[] | null {
  const { partitions } = evidence.trace;
  const bytes = onlyDevice(evidence)?.bytes ?? null;
  if (bytes === null || partitions.length === 0 || partitions.some(({ sectors }) => sectors === null)) return null;
  const gaps: Range[] = [];
  let free = TABLE_SECTORS;
  for (const { startSector, sectors } of [...partitions].sort((a, b) => a.startSector - b.startSector)) {
    if (startSector > free) gaps.push([free, startSector]);
    free = Math.max(free, startSector + sectors!);
  }
  const end = Math.floor(bytes / SECTOR_BYTES) - COPY_SECTORS;
  return end > free ? [...gaps, [free, end]] : gaps;
}

/**
 * What is written between partitions belongs to no filesystem: the wrong device was named, or the partition table is not the one in use.
 * https://uefi.org/specs/UEFI/2.10/05_GUID_Partition_Table_Format.html
 */
export const outsidePartitions: Finding = {
  id: "outside-partitions",
  question: "Is anything written outside every partition?",
  judge(evidence) {
    const gaps = gapsOf(evidence);
    const map = figure(evidence, "sectorMap");
    if (gaps === null || map === null) return null;
    const stray = map.runs.flatMap(([first, count, kind]): Range[] => {
      if (kind! < FIRST_WRITE_CLASS) return [];
      return gaps.flatMap(([from, to]): Range[] => {
        const start = Math.max(from + map.cellSectors - 1, first!);
        const end = Math.min(to - map.cellSectors + 1, first! + count!);
        return end > start ? [[start, end]] : [];
      });
    });
    const [place] = stray;
    if (place === undefined) return null;
    const sectors = stray.reduce((sum, [from, to]) => sum + to - from, 0);
    return {
      severity: "medium",
      title: `${map.cellSectors > 1 ? "About " : ""}${bytesText(sectors * SECTOR_BYTES)} are written outside every partition`,
      evidence: `The first such write touches sector ${countText(place[0])}.`,
      advice: "Check that the layout is that of this disk, and who writes there.",
      chart: "sector-map",
    };
  },
};
