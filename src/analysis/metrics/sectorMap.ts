import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { Count } from "../schemas.ts";

/** The classes of a sector, weakest first: a sector takes the strongest that touched it. */
export const SECTOR_CLASSES = ["alignedRead", "unalignedRead", "alignedWrite", "unalignedWrite"] as const;
export type SectorClass = (typeof SECTOR_CLASSES)[number];

/** [first sector, sectors], in ascending order, never touching each other. */
const Runs = Type.Array(Type.Array(Count, { minItems: 2, maxItems: 2 }));
const Overlay = Type.Object({ cells: Count, runs: Runs });

/** Which sectors were touched, and how; alignment at 4096 bytes. */
export const SectorMap = Type.Object({
  /** Sectors to a cell: 1 while the runs fit their budget, then doubled until they do. */
  cellSectors: Count,
  cells: Type.Object({ alignedRead: Count, unalignedRead: Count, alignedWrite: Count, unalignedWrite: Count }),
  /** [first sector, sectors, index into SECTOR_CLASSES], ascending; both are multiples of cellSectors. */
  runs: Type.Array(Type.Array(Count, { minItems: 3, maxItems: 3 })),
  discard: Overlay,
  writeZeroes: Overlay,
});
export type SectorMap = Static<typeof SectorMap>;

export const sectorMap = defineMetric({
  id: "sectorMap",
  schema: SectorMap,
  weight: "heavy",
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): SectorMap => {
    throw new Error("not written yet");
  },
});
