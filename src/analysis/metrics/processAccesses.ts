import { type Static, Type } from "typebox";
import { SECTOR_BYTES } from "../../model/units.ts";
import { axisStart, binsInUse } from "../kernels/adaptiveAxis.ts";
import { type AdaptiveGrid, addToGrid, gridCells, startGrid } from "../kernels/adaptiveGrid.ts";
import { reachDataRequests } from "../kernels/dataGrid.ts";
import { IS_DATA_OP } from "../kernels/dataRequest.ts";
import { defineMetric, type ScopeEnd, type View } from "../metric.ts";
import { Count, Real } from "../schemas.ts";

const MOST_BINS = 64;
/** Processes with a histogram of their own, the first to come; later ones share the last. */
const LANES = 64;
const MOST_NAMES = 5;

const Touched = {
  requests: Count,
  /** Sparse cells, flattened: time bin, address bin, requests that touch it, ascending by time, then address. */
  cells: Type.Array(Count),
};

/** Data requests over time and address, by the name of the process: the five with the most requests, the rest together. */
export const ProcessAccesses = Type.Object({
  /** Left edge of time bin 0, a multiple of timeBinNs. */
  timeStartNs: Real,
  timeBinNs: Real,
  timeBins: Count,
  /** Lower edge of address bin 0, a multiple of addressBinBytes. */
  addressStartBytes: Count,
  addressBinBytes: Count,
  addressBins: Count,
  processes: Type.Array(Type.Object({ name: Type.String(), ...Touched })),
  others: Type.Object(Touched),
});
export type ProcessAccesses = Static<typeof ProcessAccesses>;
type Touched = ProcessAccesses["others"];

interface State {
  readonly grid: AdaptiveGrid;
  /** By lane. */
  readonly requests: Float64Array;
}

function add({ grid, requests }: State, view: View): void {
  const { rows, rowCount } = view;
  const { op, offsetBytes, lengthBytes, issueNs, process } = view.requests;
  const movesData = IS_DATA_OP;
  reachDataRequests(grid, view);
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const length = lengthBytes[i]!;
    if (movesData[op[i]!] === 0 || !(length > 0)) continue;
    const offset = offsetBytes[i]!;
    const lane = Math.min(process[i]!, LANES - 1);
    requests[lane]!++;
    addToGrid(grid, lane, issueNs[i]!, offset, offset + length - 1);
  }
}

/** What several lanes touched, together. */
function touchedBy({ grid, requests }: State, lanes: readonly number[]): Touched {
  const counts = new Float64Array(MOST_BINS * MOST_BINS);
  for (const lane of lanes) {
    const cells = gridCells(grid, lane);
    for (let i = 0; i < cells.length; i += 3) counts[cells[i]! * MOST_BINS + cells[i + 1]!]! += cells[i + 2]!;
  }
  const cells: number[] = [];
  for (let place = 0; place < counts.length; place++)
    if (counts[place]! > 0) cells.push(Math.floor(place / MOST_BINS), place % MOST_BINS, counts[place]!);
  return { requests: lanes.reduce((sum, lane) => sum + requests[lane]!, 0), cells };
}

/** The lanes of each name; the last lane has no single one. */
function lanesByName({ requests }: State, { trace }: ScopeEnd): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (let lane = 0; lane < LANES - 1; lane++) {
    if (requests[lane] === 0) continue;
    const name = trace.processes[lane]?.name ?? "";
    found.set(name, [...(found.get(name) ?? []), lane]);
  }
  return found;
}

function finish(state: State, end: ScopeEnd): ProcessAccesses {
  const { grid } = state;
  const named = [...lanesByName(state, end)]
    .map(([name, lanes]) => ({ name, lanes, ...touchedBy(state, lanes) }))
    .sort((a, b) => b.requests - a.requests || (a.name < b.name ? -1 : 1));
  const rest = named.slice(MOST_NAMES).flatMap(({ lanes }) => lanes);
  return {
    timeStartNs: axisStart(grid.x),
    timeBinNs: grid.x.width,
    timeBins: binsInUse(grid.x),
    addressStartBytes: axisStart(grid.y),
    addressBinBytes: grid.y.width,
    addressBins: binsInUse(grid.y),
    processes: named.slice(0, MOST_NAMES).map(({ lanes: _, ...each }) => each),
    others: touchedBy(state, [...rest, LANES - 1]),
  };
}

export const processAccesses = defineMetric({
  id: "processAccesses",
  schema: ProcessAccesses,
  weight: "heavy",
  needs: ["process", "single device"],
  start: (): State => ({ grid: startGrid(LANES, MOST_BINS, 1, SECTOR_BYTES), requests: new Float64Array(LANES) }),
  add,
  finish,
});
