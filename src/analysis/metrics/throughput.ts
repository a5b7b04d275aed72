import { type Static, Type } from "typebox";
import { OPS } from "../../model/ops.ts";
import {
  type AdaptiveAxis,
  axisStart,
  binEnd,
  binsInUse,
  covers,
  extend,
  growthFor,
  growWidth,
  placeAt,
  startAxis,
} from "../kernels/adaptiveAxis.ts";
import { IS_DATA_OP } from "../kernels/dataRequest.ts";
import { foldSums, inOrder } from "../kernels/fold.ts";
import { defineMetric, type View } from "../metric.ts";
import { ByOp, Count, Real } from "../schemas.ts";

const MOST_BINS = 512;

/** Bytes and data requests issued in equal stretches of time. */
export const Throughput = Type.Object({
  /** Left edge of bin 0, a multiple of binNs. */
  startNs: Real,
  binNs: Real,
  bins: Count,
  byOp: ByOp(Type.Object({ bytes: Type.Array(Count), requests: Type.Array(Count) })),
});
export type Throughput = Static<typeof Throughput>;

interface State {
  readonly time: AdaptiveAxis;
  /** [op][place on the time axis] */
  readonly bytes: Float64Array;
  readonly requests: Float64Array;
}

export const throughput = defineMetric({
  id: "throughput",
  schema: Throughput,
  weight: "heavy",
  needs: ["clock"],
  start: (): State => ({
    time: startAxis(MOST_BINS, 1),
    bytes: new Float64Array(OPS.length * MOST_BINS),
    requests: new Float64Array(OPS.length * MOST_BINS),
  }),
  add,
  finish: (state): Throughput => ({
    startNs: axisStart(state.time),
    binNs: state.time.width,
    bins: binsInUse(state.time),
    byOp: byOp(state),
  }),
});

function add(state: State, { requests: batch, rows, rowCount }: View): void {
  const { time, bytes, requests } = state;
  const { op, lengthBytes, issueNs } = batch;
  let untilNs = Number.NEGATIVE_INFINITY;
  let place = 0;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const length = lengthBytes[i]!;
    const code = op[i]!;
    if (IS_DATA_OP[code] === 0 || !(length > 0)) continue;
    const atNs = issueNs[i]!;
    if (!(atNs < untilNs)) {
      if (!covers(time, atNs)) widen(state, atNs);
      untilNs = binEnd(time, atNs);
      place = placeAt(time, atNs);
    }
    bytes[code * MOST_BINS + place]! += length;
    requests[code * MOST_BINS + place]!++;
  }
}

function widen({ time, bytes, requests }: State, atNs: number): void {
  const growth = growthFor(time, atNs, atNs);
  const lanes = { outer: OPS.length, inner: 1 };
  foldSums(bytes, time, growth, lanes);
  foldSums(requests, time, growth, lanes);
  growWidth(time, growth);
  extend(time, atNs, atNs);
}

function byOp({ time, bytes, requests }: State): Throughput["byOp"] {
  const found: Throughput["byOp"] = {};
  for (let code = 0; code < OPS.length; code++) {
    const lane = code * MOST_BINS;
    const counts = inOrder(requests.subarray(lane, lane + MOST_BINS), time);
    if (!counts.some((count) => count > 0)) continue;
    found[OPS[code]!] = { bytes: inOrder(bytes.subarray(lane, lane + MOST_BINS), time), requests: counts };
  }
  return found;
}
