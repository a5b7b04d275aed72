import type { DataTable } from "../../charts/chart.ts";
import { table } from "../../charts/kit/table.ts";
import type { Diff, MapClass } from "../../compare/diff.ts";
import { counted } from "../../model/quantities.ts";
import { SECTOR_BYTES } from "../../model/units.ts";

/** The sectors that only one side touched. */
export interface OnlyView {
  readonly heading: string;
  readonly table: DataTable;
  readonly rest: string | null;
}

const MOST_RANGES = 50;
const CLASS_WORDS = ["aligned read", "unaligned read", "aligned write", "unaligned write", "discard", "write-zeroes"];

/** What only A touched, then what only B touched; empty where the sides cannot be laid over each other. */
export function onlyViews({ sectors }: Diff): readonly OnlyView[] {
  if (sectors === null) return [];
  return [
    onlyView("Only in A", sectors.onlyA, runsOf(sectors.runs, "a", "b")),
    onlyView("Only in B", sectors.onlyB, runsOf(sectors.runs, "b", "a")),
  ];
}

interface Run {
  readonly startSector: number;
  readonly sectors: number;
  readonly mapClass: MapClass;
}

function runsOf(runs: NonNullable<Diff["sectors"]>["runs"], here: "a" | "b", there: "a" | "b"): readonly Run[] {
  return runs.flatMap(({ startSector, sectors, [here]: mapClass, [there]: other }) =>
    mapClass === null || other !== null ? [] : [{ startSector, sectors, mapClass }],
  );
}

function onlyView(name: string, sectors: number, runs: readonly Run[]): OnlyView {
  const largest = [...runs]
    .sort((a, b) => b.sectors - a.sectors || a.startSector - b.startSector)
    .slice(0, MOST_RANGES);
  const rest = runs.length - largest.length;
  return {
    heading:
      sectors === 0 ? `${name}: nothing` : `${name}: ${counted(sectors, "sector")} in ${counted(runs.length, "range")}`,
    table: table(
      [
        ["firstSector", "First", "sector"],
        ["lastSector", "Last", "sector"],
        ["bytes", "Length", "bytes"],
        ["class", "Class", "text"],
      ],
      largest.map(({ startSector, sectors: length, mapClass }) => [
        startSector,
        startSector + length - 1,
        length * SECTOR_BYTES,
        CLASS_WORDS[mapClass] ?? null,
      ]),
    ),
    rest: rest === 0 ? null : `The ${MOST_RANGES} largest; ${counted(rest, "smaller range")} more in diff.json.`,
  };
}
