import type { MetricValues } from "../analysis/summary.ts";
import { type ClassRun, classRuns } from "./classRuns.ts";
import type { Diff, SectorChange } from "./diff.ts";

type SectorMap = MetricValues["sectorMap"];
type Sectors = NonNullable<Diff["sectors"]>;

/** Both sector maps on the coarser one's cells: what one of them touched, or both, and how. */
export function compareSectors(a: SectorMap, b: SectorMap): Sectors {
  const cellSectors = Math.max(a.cellSectors, b.cellSectors);
  const runs = mergedRuns(classRuns(a, cellSectors), classRuns(b, cellSectors));
  const count = (belongs: (run: SectorChange) => boolean) =>
    runs.reduce((sum, run) => sum + (belongs(run) ? run.sectors : 0), 0);
  return {
    cellSectors,
    onlyA: count((run) => run.b === null),
    onlyB: count((run) => run.a === null),
    both: count((run) => run.a !== null && run.b !== null),
    classChanged: count((run) => run.a !== null && run.b !== null && run.a !== run.b),
    runs,
  };
}

/** Walks both lists at once; each piece ends where either side's run begins or ends. */
function mergedRuns(a: readonly ClassRun[], b: readonly ClassRun[]): SectorChange[] {
  const merged: SectorChange[] = [];
  let i = 0;
  let j = 0;
  let sector = 0;
  while (i < a.length || j < b.length) {
    const ofA = pieceAt(a[i], sector);
    const ofB = pieceAt(b[j], sector);
    const end = Math.min(ofA.end, ofB.end);
    if (ofA.mapClass !== null || ofB.mapClass !== null)
      merged.push({ startSector: sector, sectors: end - sector, a: ofA.mapClass, b: ofB.mapClass });
    sector = end;
    if (i < a.length && endOf(a[i]!) === sector) i++;
    if (j < b.length && endOf(b[j]!) === sector) j++;
  }
  return merged;
}

/** What a side has at a sector, and until where: its next run, or the gap before it. */
function pieceAt(run: ClassRun | undefined, sector: number): { mapClass: ClassRun["mapClass"] | null; end: number } {
  if (run === undefined) return { mapClass: null, end: Number.POSITIVE_INFINITY };
  if (sector < run.startSector) return { mapClass: null, end: run.startSector };
  return { mapClass: run.mapClass, end: endOf(run) };
}

function endOf({ startSector, sectors }: ClassRun): number {
  return startSector + sectors;
}
