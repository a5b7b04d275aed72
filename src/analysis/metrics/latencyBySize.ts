import { type Static, Type } from "typebox";
import { OPS } from "../../model/ops.ts";
import { middle } from "../kernels/buckets.ts";
import { IS_DATA_OP } from "../kernels/dataRequest.ts";
import {
  addToHistogram,
  histogramCount,
  histogramMax,
  histogramMean,
  histogramMin,
  type LogHistogram,
  startLogHistogram,
} from "../kernels/logHistogram.ts";
import { percentile } from "../kernels/percentile.ts";
import { defineMetric, type View } from "../metric.ts";
import { ByOp, byOp, Count, Real } from "../schemas.ts";

const SizeClass = Type.Object({
  /** A power of two: the class holds fromBytes <= length < 2 · fromBytes. */
  fromBytes: Count,
  count: Count,
  minNs: Real,
  meanNs: Real,
  p10Ns: Real,
  p50Ns: Real,
  p90Ns: Real,
  p99Ns: Real,
  maxNs: Real,
});

/** d2c of data requests by op and size: how long requests of each size took, ascending, only sizes that occur. */
export const LatencyBySize = Type.Object({ byOp: ByOp(Type.Array(SizeClass, { minItems: 1 })) });
export type LatencyBySize = Static<typeof LatencyBySize>;
export type SizeClass = Static<typeof SizeClass>;

/** Lengths are below 2^53. */
const CLASSES = 53;

/** By op and size: op · CLASSES + class. */
type State = (LogHistogram | undefined)[];

/** The class of a length: the number of binary digits after its first. */
function classOf(length: number): number {
  return length < 2 ** 31 ? 31 - Math.clz32(length) : 31 + (31 - Math.clz32(length / 2 ** 31));
}

function add(state: State, { completions, done, doneCount }: View): void {
  const { op, lengthBytes, issueNs, completeNs } = completions;
  for (let d = 0; d < doneCount; d++) {
    const c = done[d]!;
    const length = lengthBytes[c]!;
    const latencyNs = completeNs[c]! - issueNs[c]!;
    if (IS_DATA_OP[op[c]!] === 0 || !(length > 0) || !(latencyNs >= 0)) continue;
    const key = op[c]! * CLASSES + classOf(length);
    state[key] ??= startLogHistogram();
    addToHistogram(state[key], latencyNs);
  }
}

function figures(size: number, latencies: LogHistogram): SizeClass {
  return {
    fromBytes: 2 ** size,
    count: histogramCount(latencies),
    minNs: histogramMin(latencies),
    meanNs: histogramMean(latencies),
    p10Ns: percentile(latencies, 0.1, middle),
    p50Ns: percentile(latencies, 0.5, middle),
    p90Ns: percentile(latencies, 0.9, middle),
    p99Ns: percentile(latencies, 0.99, middle),
    maxNs: histogramMax(latencies),
  };
}

function classesOf(state: State, op: number): SizeClass[] | null {
  const classes: SizeClass[] = [];
  for (let size = 0; size < CLASSES; size++) {
    const latencies = state[op * CLASSES + size];
    if (latencies !== undefined) classes.push(figures(size, latencies));
  }
  return classes.length === 0 ? null : classes;
}

export const latencyBySize = defineMetric({
  id: "latencyBySize",
  schema: LatencyBySize,
  weight: "heavy",
  needs: ["clock", "completion"],
  // One that grows by its keys would be a dictionary: slow.
  start: (): State => Array.from({ length: OPS.length * CLASSES }, () => undefined),
  add,
  finish: (state: State): LatencyBySize => ({ byOp: byOp((op) => classesOf(state, op)) }),
});
