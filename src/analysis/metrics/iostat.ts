import { type Static, Type } from "typebox";
import { EVENT_CODE } from "../../model/batch.ts";
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
  isEmpty,
  placeAt,
  placeOf,
  startAxis,
} from "../kernels/adaptiveAxis.ts";
import { IS_DATA_OP } from "../kernels/dataRequest.ts";
import { foldSums, inOrder } from "../kernels/fold.ts";
import { type InFlight, settled } from "../kernels/inFlight.ts";
import { defineMetric, type ScopeEnd, type View } from "../metric.ts";
import { ByOp, Count, Real } from "../schemas.ts";
import { askForInFlight, type Shared } from "../shared.ts";

const MOST_BINS = 128;
// Hot code reads constants of its own file.
const BIO_QUEUED = EVENT_CODE.bioQueued;
const MERGED = EVENT_CODE.merged;

/**
 * What iostat's columns are made of, in equal stretches of time, as sums: rates and means follow from them.
 * rrqm/s and wrqm/s: merges / bin. r/s, w/s, d/s: requests / bin, counted when issued. rkB/s and so on: bytes / bin.
 * avgrq-sz: bytes / requests. avgqu-sz: queuedNs / bin. await: waitNs / completed. svctm: serviceNs / completed.
 * %util: busyNs / bin.
 */
export const Iostat = Type.Object({
  /** Left edge of bin 0, a multiple of binNs. */
  startNs: Real,
  binNs: Real,
  bins: Count,
  byOp: ByOp(
    Type.Object({
      requests: Type.Array(Count),
      bytes: Type.Array(Count),
      /** null where queue events, and with them merges, are not recorded. */
      merges: Type.Union([Type.Array(Count), Type.Null()]),
    }),
  ),
  /** Data requests completed. */
  completed: Type.Array(Count),
  /** Their time from issue to completion. */
  serviceNs: Type.Array(Real),
  /** Their time from queueing to completion; null where queue times are not recorded. */
  waitNs: Type.Union([Type.Array(Real), Type.Null()]),
  /** Time that requests spent in the bin between queueing and completion, together; of those that completed. */
  queuedNs: Type.Union([Type.Array(Real), Type.Null()]),
  /** Time with any data request between issue and completion. */
  busyNs: Type.Array(Real),
});
export type Iostat = Static<typeof Iostat>;

interface State {
  readonly time: AdaptiveAxis;
  /** [op][place on the time axis] */
  readonly requests: Float64Array;
  readonly bytes: Float64Array;
  readonly merges: Float64Array;
  /** By place. */
  readonly completed: Float64Array;
  readonly serviceNs: Float64Array;
  readonly waitNs: Float64Array;
  readonly queuedNs: Float64Array;
  readonly inFlight: InFlight;
  /** Whether bios have events of their own. */
  hasBios: boolean;
}

function start(shared: Shared): State {
  const ofOps = (): Float64Array => new Float64Array(OPS.length * MOST_BINS);
  return {
    time: startAxis(MOST_BINS, 1),
    requests: ofOps(),
    bytes: ofOps(),
    merges: ofOps(),
    completed: new Float64Array(MOST_BINS),
    serviceNs: new Float64Array(MOST_BINS),
    waitNs: new Float64Array(MOST_BINS),
    queuedNs: new Float64Array(MOST_BINS),
    inFlight: askForInFlight(shared),
    hasBios: false,
  };
}

function add(state: State, view: View): void {
  addIssued(state, view);
  addMerged(state, view);
  addCompleted(state, view);
}

/** Times do not run backwards, so that nearly all are in the bin of the one before. */
function addIssued(state: State, { requests: batch, rows, rowCount }: View): void {
  const { time, requests, bytes } = state;
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
      place = placeFor(state, atNs);
      untilNs = binEnd(time, atNs);
    }
    requests[code * MOST_BINS + place]!++;
    bytes[code * MOST_BINS + place]! += length;
  }
}

function addMerged(state: State, { events, eventRows, eventCount }: View): void {
  const { kind, op, timeNs } = events;
  for (let k = 0; k < eventCount; k++) {
    const i = eventRows[k]!;
    if (kind[i] === BIO_QUEUED) state.hasBios = true;
    else if (kind[i] === MERGED && timeNs[i]! >= 0) state.merges[op[i]! * MOST_BINS + placeFor(state, timeNs[i]!)]!++;
  }
}

function addCompleted(state: State, { completions, done, doneCount }: View): void {
  const { time, completed, serviceNs, waitNs, queuedNs } = state;
  const { op, lengthBytes, queueNs, issueNs, completeNs } = completions;
  let beginNs = Number.POSITIVE_INFINITY;
  let untilNs = Number.NEGATIVE_INFINITY;
  let place = 0;
  for (let k = 0; k < doneCount; k++) {
    const i = done[k]!;
    const atNs = completeNs[i]!;
    if (IS_DATA_OP[op[i]!] === 0 || !(lengthBytes[i]! > 0) || Number.isNaN(atNs)) continue;
    const fromNs = Number.isNaN(queueNs[i]!) ? issueNs[i]! : queueNs[i]!;
    if (!(atNs < untilNs && atNs >= beginNs)) {
      place = placeFor(state, atNs);
      untilNs = binEnd(time, atNs);
      beginNs = untilNs - time.width;
    }
    completed[place]!++;
    if (atNs > issueNs[i]!) serviceNs[place]! += atNs - issueNs[i]!;
    if (atNs > fromNs) waitNs[place]! += atNs - fromNs;
    if (fromNs >= beginNs && fromNs <= atNs) queuedNs[place]! += atNs - fromNs;
    else {
      addStretch(state, Math.max(0, fromNs), atNs);
      untilNs = Number.NEGATIVE_INFINITY;
    }
  }
}

function addStretch(state: State, fromNs: number, toNs: number): void {
  placeFor(state, fromNs);
  const { time, queuedNs } = state;
  const last = Math.floor(toNs / time.width);
  for (let bin = Math.floor(fromNs / time.width); bin <= last; bin++) {
    const spentNs = Math.min(toNs, (bin + 1) * time.width) - Math.max(fromNs, bin * time.width);
    if (spentNs > 0) queuedNs[placeOf(time, bin)]! += spentNs;
  }
}

/** Where the values of a time from 0 on are kept; makes room for it. */
function placeFor(state: State, atNs: number): number {
  if (!covers(state.time, atNs)) widen(state, atNs);
  return placeAt(state.time, atNs);
}

function widen({ time, requests, bytes, merges, ...ofAll }: State, atNs: number): void {
  const growth = growthFor(time, atNs, atNs);
  const lanes = { outer: OPS.length, inner: 1 };
  for (const values of [requests, bytes, merges]) foldSums(values, time, growth, lanes);
  for (const values of [ofAll.completed, ofAll.serviceNs, ofAll.waitNs, ofAll.queuedNs]) foldSums(values, time, growth);
  growWidth(time, growth);
  extend(time, atNs, atNs);
}

/** The busy time of each bin in use, from an axis whose bins are as wide or narrower. */
function busyIn({ inFlight, time }: State): number[] {
  const busy = new Array<number>(binsInUse(time)).fill(0);
  const { time: own, busyNs } = settled(inFlight);
  if (isEmpty(own)) return busy;
  for (let bin = own.low; bin <= own.high; bin++)
    busy[Math.floor((bin * own.width) / time.width) - time.low]! += busyNs[placeOf(own, bin)]!;
  return busy;
}

function finish(state: State, { trace }: ScopeEnd): Iostat {
  const { time, completed, serviceNs, waitNs, queuedNs } = state;
  const { queue } = trace.recorded;
  const laneOf = (values: Float64Array, op: number): number[] =>
    inOrder(values.subarray(op * MOST_BINS, (op + 1) * MOST_BINS), time);
  const byOp: Iostat["byOp"] = {};
  for (const [code, op] of OPS.entries()) {
    const requests = laneOf(state.requests, code);
    const merges = laneOf(state.merges, code);
    if (![...requests, ...merges].some((count) => count > 0)) continue;
    byOp[op] = { requests, bytes: laneOf(state.bytes, code), merges: queue && state.hasBios ? merges : null };
  }
  return {
    startNs: axisStart(time),
    binNs: time.width,
    bins: binsInUse(time),
    byOp,
    completed: inOrder(completed, time),
    serviceNs: inOrder(serviceNs, time),
    waitNs: queue ? inOrder(waitNs, time) : null,
    queuedNs: queue ? inOrder(queuedNs, time) : null,
    busyNs: busyIn(state),
  };
}

export const iostat = defineMetric({
  id: "iostat",
  schema: Iostat,
  weight: "heavy",
  needs: ["clock", "completion"],
  start,
  add,
  finish,
});
