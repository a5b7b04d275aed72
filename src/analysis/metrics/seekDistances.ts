import { type Static, Type } from "typebox";
import { addDistance, type Distances, distanceCount, distanceFigures, startDistances } from "../kernels/distances.ts";
import { PER_DEVICE, roomForDevice, startPrevious } from "../kernels/previous.ts";
import { defineMetric, type View } from "../metric.ts";
import { ByOp, byOp, Count, Real } from "../schemas.ts";

/** [lower edge of the distance in bytes (a power of two), requests], ascending, only those that occur. */
const Octaves = Type.Array(Type.Array(Count, { minItems: 2, maxItems: 2 }));

const Figures = Type.Object({
  /** Requests that have a previous one. */
  count: Count,
  /** Distance 0. */
  sequential: Count,
  meanAbsoluteBytes: Real,
  p50AbsoluteBytes: Count,
  p90AbsoluteBytes: Count,
  maxAbsoluteBytes: Count,
  backward: Octaves,
  forward: Octaves,
});

/** From the end of the previous data request on the device (in byOp: of that op) to the start of this one. */
export const SeekDistances = Type.Object({ all: Figures, byOp: ByOp(Figures) });
export type SeekDistances = Static<typeof SeekDistances>;

interface State {
  readonly all: Distances;
  readonly byOp: (Distances | undefined)[];
  previousEnd: Float64Array;
}

function add(state: State, { requests, rows, rowCount }: View): void {
  const { op, device, offsetBytes, lengthBytes } = requests;
  const { all, byOp: ofOps } = state;
  let ends = state.previousEnd;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const length = lengthBytes[i]!;
    if (length === 0) continue;
    const code = op[i]!;
    const base = device[i]! * PER_DEVICE;
    if (base >= ends.length) ends = roomForDevice(ends, device[i]!);
    const own = base + 1 + code;
    const offset = offsetBytes[i]!;
    addDistance(all, offset - ends[base]!);
    ofOps[code] ??= startDistances();
    addDistance(ofOps[code], offset - ends[own]!);
    ends[base] = offset + length;
    ends[own] = offset + length;
  }
  state.previousEnd = ends;
}

export const seekDistances = defineMetric({
  id: "seekDistances",
  schema: SeekDistances,
  weight: "light",
  needs: [],
  start: (): State => ({ all: startDistances(), byOp: [], previousEnd: startPrevious() }),
  add,
  finish: (state: State): SeekDistances => ({
    all: distanceFigures(state.all),
    byOp: byOp((op) => {
      const distances = state.byOp[op];
      return distances === undefined || distanceCount(distances) === 0 ? null : distanceFigures(distances);
    }),
  }),
});
