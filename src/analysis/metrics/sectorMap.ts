import { type Static, Type } from "typebox";
import type { RequestBatch } from "../../model/batch.ts";
import { OP_CODE } from "../../model/ops.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { type CellPages, DISCARD_BIT, startCellPages, ZERO_BIT } from "../kernels/cellPages.ts";
import { fittingRuns } from "../kernels/cellRuns.ts";
import { MOST_TOUCHES, paintTouches, putTouch } from "../kernels/cellTouches.ts";
import { defineMetric, type View } from "../metric.ts";
import { Count } from "../schemas.ts";

/** The binary digits below 4096. */
const BELOW_ALIGNMENT = 4096 - 1;
/** A constant of this module is folded into the code; an imported one is loaded each time. */
const SECTOR = SECTOR_BYTES;
const MOST_PAGES = 1024;
const MOST_RUNS = 4096;

/** The classes of a sector, weakest first: a sector takes the strongest that touched it. */
export const SECTOR_CLASSES = ["alignedRead", "unalignedRead", "alignedWrite", "unalignedWrite"] as const;

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

/** What a request of each op leaves in a cell where it is unaligned; 0: nothing. Where it is aligned, a class is one less. */
const CODE = new Uint8Array(Object.keys(OP_CODE).length);
CODE[OP_CODE.read] = 2;
CODE[OP_CODE.write] = 4;
CODE[OP_CODE.zoneAppend] = 4;
CODE[OP_CODE.discard] = DISCARD_BIT;
CODE[OP_CODE.secureErase] = DISCARD_BIT;
CODE[OP_CODE.writeZeroes] = ZERO_BIT;

export const sectorMap = defineMetric({
  id: "sectorMap",
  schema: SectorMap,
  weight: "heavy",
  needs: ["single device"],
  start: () => startCellPages(MOST_PAGES),
  add,
  finish: figures,
});

function add(cells: CellPages, { requests, rows, rowCount }: View): void {
  for (let first = 0; first < rowCount; first += MOST_TOUCHES) {
    const count = putTouches(requests, rows, first, Math.min(first + MOST_TOUCHES, rowCount));
    paintTouches(cells, count);
  }
}

/** Gives how many. */
function putTouches(requests: RequestBatch, rows: Uint32Array, from: number, until: number): number {
  const { op, offsetBytes, lengthBytes } = requests;
  let count = 0;
  for (let k = from; k < until; k++) {
    const i = rows[k]!;
    const code = CODE[op[i]!]!;
    const length = lengthBytes[i]!;
    if (code === 0 || !(length > 0)) continue;
    const offset = offsetBytes[i]!;
    const first = Math.floor(offset / SECTOR);
    const last = Math.floor((offset + length - 1) / SECTOR);
    const unaligned = ((offset | length) & BELOW_ALIGNMENT) !== 0;
    putTouch(count++, first, last, unaligned || code >= DISCARD_BIT ? code : code - 1);
  }
  return count;
}

function figures(cells: CellPages): SectorMap {
  const { classes, discard, zeroes } = fittingRuns(cells, MOST_RUNS);
  const { cellSectors } = cells;
  const inSectors = ([first, count, ...rest]: number[]) => [first! * cellSectors, count! * cellSectors, ...rest];
  return {
    cellSectors,
    cells: {
      alignedRead: cellsOf(classes.filter((run) => run[2] === 0)),
      unalignedRead: cellsOf(classes.filter((run) => run[2] === 1)),
      alignedWrite: cellsOf(classes.filter((run) => run[2] === 2)),
      unalignedWrite: cellsOf(classes.filter((run) => run[2] === 3)),
    },
    runs: classes.map(inSectors),
    discard: { cells: cellsOf(discard), runs: discard.map(inSectors) },
    writeZeroes: { cells: cellsOf(zeroes), runs: zeroes.map(inSectors) },
  };
}

function cellsOf(runs: readonly number[][]): number {
  return runs.reduce((sum, run) => sum + run[1]!, 0);
}
