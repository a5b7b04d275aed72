import type { MetricValues } from "../analysis/summary.ts";
import type { MapClass } from "./diff.ts";

type SectorMap = MetricValues["sectorMap"];

/** A run of sectors with the same class. */
export interface ClassRun {
  readonly startSector: number;
  readonly sectors: number;
  readonly mapClass: MapClass;
}

const DISCARDED = 4;
const ZEROED = 5;
/** Which class a sector takes of several, strongest first: what wrote data, what destroyed it, what read it. */
const STRONGEST_FIRST: readonly MapClass[] = [3, 2, ZEROED, DISCARDED, 1, 0];

interface Edge {
  readonly sector: number;
  readonly mapClass: MapClass;
  /** 1 where a run of the class begins, -1 where one ends. */
  readonly step: 1 | -1;
}

/** A sector map as one list of runs, ascending and without overlap, each made of whole cells of `cellSectors`. */
export function classRuns(map: SectorMap, cellSectors: number): ClassRun[] {
  const edges = edgesOf(map, cellSectors).sort((a, b) => a.sector - b.sector);
  const open = new Array<number>(STRONGEST_FIRST.length).fill(0);
  const runs: ClassRun[] = [];
  edges.forEach(({ sector, mapClass, step }, index) => {
    open[mapClass]! += step;
    const end = edges[index + 1]?.sector ?? sector;
    const strongest = STRONGEST_FIRST.find((candidate) => open[candidate]! > 0);
    if (end > sector && strongest !== undefined) append(runs, sector, end - sector, strongest);
  });
  return runs;
}

function edgesOf({ runs, discard, writeZeroes }: SectorMap, cellSectors: number): Edge[] {
  const edgesOfRun = (start: number, sectors: number, mapClass: MapClass): Edge[] => [
    { sector: Math.floor(start / cellSectors) * cellSectors, mapClass, step: 1 },
    { sector: Math.ceil((start + sectors) / cellSectors) * cellSectors, mapClass, step: -1 },
  ];
  return [
    ...runs.flatMap(([start, sectors, mapClass]) => edgesOfRun(start!, sectors!, mapClass as MapClass)),
    ...discard.runs.flatMap(([start, sectors]) => edgesOfRun(start!, sectors!, DISCARDED)),
    ...writeZeroes.runs.flatMap(([start, sectors]) => edgesOfRun(start!, sectors!, ZEROED)),
  ];
}

function append(runs: ClassRun[], startSector: number, sectors: number, mapClass: MapClass): void {
  const last = runs.at(-1);
  if (last !== undefined && last.mapClass === mapClass && last.startSector + last.sectors === startSector)
    runs[runs.length - 1] = { ...last, sectors: last.sectors + sectors };
  else runs.push({ startSector, sectors, mapClass });
}
