import { type Static, Type } from "typebox";
import { OPS } from "../../model/ops.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { axisStart, binsInUse } from "../kernels/adaptiveAxis.ts";
import { type AdaptiveGrid, addToGrid, gridCells, startGrid } from "../kernels/adaptiveGrid.ts";
import { reachDataRequests } from "../kernels/dataGrid.ts";
import { IS_DATA_OP } from "../kernels/dataRequest.ts";
import { defineMetric, type View } from "../metric.ts";
import { ByOp, Count, Real } from "../schemas.ts";

const MOST_BINS = 256;

/** Data requests over time and address: a two-dimensional histogram whose cells double in width as the range grows. */
export const Accesses = Type.Object({
  /** Left edge of time bin 0, a multiple of timeBinNs. */
  timeStartNs: Real,
  timeBinNs: Real,
  timeBins: Count,
  /** Lower edge of address bin 0, a multiple of addressBinBytes. */
  addressStartBytes: Count,
  addressBinBytes: Count,
  addressBins: Count,
  /** Sparse cells, flattened: time bin, address bin, requests that touch it, ascending by time, then address. */
  byOp: ByOp(Type.Object({ requests: Count, cells: Type.Array(Count) })),
});
export type Accesses = Static<typeof Accesses>;

interface State {
  readonly grid: AdaptiveGrid;
  readonly requests: Float64Array;
}

export const accesses = defineMetric({
  id: "accesses",
  schema: Accesses,
  weight: "heavy",
  needs: ["single device"],
  start: (): State => ({
    grid: startGrid(OPS.length, MOST_BINS, 1, SECTOR_BYTES),
    requests: new Float64Array(OPS.length),
  }),
  add,
  finish: ({ grid, requests }): Accesses => ({
    timeStartNs: axisStart(grid.x),
    timeBinNs: grid.x.width,
    timeBins: binsInUse(grid.x),
    addressStartBytes: axisStart(grid.y),
    addressBinBytes: grid.y.width,
    addressBins: binsInUse(grid.y),
    byOp: byOp(grid, requests),
  }),
});

function add({ grid, requests }: State, view: View): void {
  const { rows, rowCount } = view;
  const { op, offsetBytes, lengthBytes, issueNs } = view.requests;
  const movesData = IS_DATA_OP;
  reachDataRequests(grid, view);
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const length = lengthBytes[i]!;
    const code = op[i]!;
    if (movesData[code] === 0 || !(length > 0)) continue;
    const offset = offsetBytes[i]!;
    requests[code]!++;
    addToGrid(grid, code, issueNs[i]!, offset, offset + length - 1);
  }
}

function byOp(grid: AdaptiveGrid, requests: Float64Array): Accesses["byOp"] {
  const found: Accesses["byOp"] = {};
  for (let code = 0; code < OPS.length; code++)
    if (requests[code]! > 0) found[OPS[code]!] = { requests: requests[code]!, cells: gridCells(grid, code) };
  return found;
}
