import { type Static, Type } from "typebox";
import { EVENT_CODE, type EventBatch, type RequestBatch } from "../../model/batch.ts";
import {
  type AdaptiveAxis,
  axisStart,
  binsInUse,
  covers,
  extend,
  growthFor,
  growWidth,
  placeAt,
  startAxis,
} from "../kernels/adaptiveAxis.ts";
import { addGroup, leaveInOrder, putNumber } from "../kernels/block.ts";
import { seekDistance } from "../kernels/bttSeek.ts";
import { lowerEdge } from "../kernels/buckets.ts";
import { foldSums, inOrder } from "../kernels/fold.ts";
import { addToFrequent, type Frequent, mostFrequent, startFrequent } from "../kernels/frequent.ts";
import {
  histogramCount,
  histogramMax,
  histogramMean,
  type LogHistogram,
  startLogHistogram,
} from "../kernels/logHistogram.ts";
import { percentile } from "../kernels/percentile.ts";
import { defineMetric, type ScopeEnd, type View } from "../metric.ts";
import { Count, Real } from "../schemas.ts";

/** A constant of this module is folded into the code; an imported one is loaded each time. */
const BIO_QUEUED = EVENT_CODE.bioQueued;
const MOST_BINS = 128;
const MOST_MODES = 4;

const Figures = Type.Object({
  /** Those with a previous one; btt counts the first too, as a seek from sector 0. */
  count: Count,
  /** Where the first one began: what btt counts as its seek. null: there was none. */
  firstBytes: Type.Union([Count, Type.Null()]),
  /** The start or the end lies in the previous range, or touches it. */
  none: Count,
  meanAbsoluteBytes: Real,
  p50AbsoluteBytes: Count,
  p90AbsoluteBytes: Count,
  maxAbsoluteBytes: Count,
  /** The most frequent absolute distances, at most 4; null where the trace has too many different ones to be certain. */
  modes: Type.Union([Type.Array(Type.Object({ absoluteBytes: Count, count: Count })), Type.Null()]),
});

/** How far apart neighbours are in btt's definition: bios as they are queued, data requests as they are issued. */
export const Seeks = Type.Object({
  /** null where no bio was seen to be queued. */
  q2q: Type.Union([Figures, Type.Null()]),
  d2d: Figures,
  /** Seeks other than 0 in equal stretches of time; null without a clock. */
  overTime: Type.Union([
    Type.Object({
      /** Left edge of bin 0, a multiple of binNs. */
      startNs: Real,
      binNs: Real,
      q2q: Type.Array(Count),
      d2d: Type.Array(Count),
    }),
    Type.Null(),
  ]),
});
export type Seeks = Static<typeof Seeks>;
type Figures = Static<typeof Figures>;

interface Side {
  /** Where the last one began and ended; NaN before the first. */
  lastStart: number;
  lastEnd: number;
  readonly distances: LogHistogram;
  readonly frequent: Frequent;
  readonly seeks: Float64Array;
  none: number;
  /** NaN before it. */
  first: number;
}

interface State {
  readonly q2q: Side;
  readonly d2d: Side;
  readonly time: AdaptiveAxis;
}

function startSide(): Side {
  return {
    lastStart: Number.NaN,
    lastEnd: Number.NaN,
    distances: startLogHistogram(),
    frequent: startFrequent(),
    seeks: new Float64Array(MOST_BINS),
    none: 0,
    first: Number.NaN,
  };
}

/** Few enough for their numbers to stay in a core's nearest cache from one step to the next. */
const STEP_ROWS = 1024;

// Nothing is kept in these from one step to the next.
const chosen = new Uint32Array(STEP_ROWS);
const distanceBytes = new Float64Array(STEP_ROWS);

/** Ranges in the order of their times. */
interface Ranges {
  readonly offsetBytes: Float64Array;
  readonly lengthBytes: Float64Array;
  readonly timeNs: Float64Array;
}

function add(state: State, { requests, rows, rowCount, events, eventRows, eventCount }: View): void {
  const { offsetBytes, lengthBytes, issueNs } = requests;
  const issued = { offsetBytes, lengthBytes, timeNs: issueNs };
  for (let first = 0; first < rowCount; first += STEP_ROWS) {
    const count = chooseRequests(requests, rows, first, Math.min(first + STEP_ROWS, rowCount));
    addChosen(state, state.d2d, issued, count);
  }
  for (let first = 0; first < eventCount; first += STEP_ROWS) {
    const count = chooseBios(events, eventRows, first, Math.min(first + STEP_ROWS, eventCount));
    addChosen(state, state.q2q, events, count);
  }
}

function chooseRequests({ lengthBytes }: RequestBatch, rows: Uint32Array, first: number, until: number): number {
  let count = 0;
  for (let k = first; k < until; k++) if (lengthBytes[rows[k]!]! > 0) chosen[count++] = rows[k]!;
  return count;
}

function chooseBios({ kind, lengthBytes }: EventBatch, rows: Uint32Array, first: number, until: number): number {
  let count = 0;
  for (let k = first; k < until; k++) {
    const i = rows[k]!;
    if (kind[i] === BIO_QUEUED && lengthBytes[i]! > 0) chosen[count++] = i;
  }
  return count;
}

function addChosen(state: State, side: Side, ranges: Ranges, count: number): void {
  if (count === 0) return;
  const isFirst = Number.isNaN(side.lastStart);
  if (isFirst) side.first = ranges.offsetBytes[chosen[0]!]!;
  const from = isFirst ? 1 : 0;
  measure(side, ranges, count);
  addDistances(side, from, count);
  if (count > from) countOverTime(state, side, ranges, from, count);
}

/** Writes how far each is from the one before; NaN for the first of all. */
function measure(side: Side, { offsetBytes, lengthBytes }: Ranges, count: number): void {
  let { lastStart, lastEnd } = side;
  for (let k = 0; k < count; k++) {
    const i = chosen[k]!;
    const start = offsetBytes[i]!;
    const end = start + lengthBytes[i]!;
    distanceBytes[k] = Math.abs(seekDistance(lastStart, lastEnd, start, end));
    lastStart = start;
    lastEnd = end;
  }
  side.lastStart = lastStart;
  side.lastEnd = lastEnd;
}

function addDistances({ distances, frequent }: Side, from: number, count: number): void {
  addToFrequent(frequent, distanceBytes, from, count);
  leaveInOrder(count - from);
  for (let k = from; k < count; k++) putNumber(k - from, distanceBytes[k]!);
  addGroup(distances, 0);
}

function countOverTime(state: State, side: Side, { timeNs }: Ranges, from: number, count: number): void {
  let firstNs = Number.POSITIVE_INFINITY;
  let lastNs = 0;
  for (let k = from; k < count; k++) {
    const atNs = Math.max(0, timeNs[chosen[k]!]!);
    if (atNs < firstNs) firstNs = atNs;
    if (atNs > lastNs) lastNs = atNs;
  }
  reach(state, firstNs, lastNs);
  const { time } = state;
  const { seeks } = side;
  let none = 0;
  for (let k = from; k < count; k++) {
    if (distanceBytes[k] === 0) none++;
    else seeks[placeAt(time, Math.max(0, timeNs[chosen[k]!]!))]!++;
  }
  side.none += none;
}

function reach({ time, q2q, d2d }: State, firstNs: number, lastNs: number): void {
  if (covers(time, firstNs) && covers(time, lastNs)) return;
  const growth = growthFor(time, firstNs, lastNs);
  foldSums(q2q.seeks, time, growth);
  foldSums(d2d.seeks, time, growth);
  growWidth(time, growth);
  extend(time, firstNs, lastNs);
}

/** Those that are certain to be the most frequent; null where others may be. */
function modesOf(frequent: Frequent): Figures["modes"] {
  const known = mostFrequent(frequent, 1);
  const most = known[0]?.atLeast ?? 0;
  const leastUnknown = frequent.isExact ? 0 : Math.min(...frequent.counts);
  if (leastUnknown >= most && most > 0) return null;
  if (known.some(({ atLeast, atMost }) => atLeast !== atMost && atMost >= most)) return null;
  return known
    .filter(({ atLeast }) => atLeast === most)
    .slice(0, MOST_MODES)
    .map(({ value, atLeast }) => ({ absoluteBytes: value, count: atLeast }));
}

function figures({ distances, frequent, none, first }: Side): Figures {
  const count = histogramCount(distances);
  return {
    count,
    firstBytes: Number.isNaN(first) ? null : first,
    none,
    meanAbsoluteBytes: count === 0 ? 0 : histogramMean(distances),
    p50AbsoluteBytes: count === 0 ? 0 : percentile(distances, 0.5, lowerEdge),
    p90AbsoluteBytes: count === 0 ? 0 : percentile(distances, 0.9, lowerEdge),
    maxAbsoluteBytes: histogramMax(distances),
    modes: modesOf(frequent),
  };
}

function finish({ q2q, d2d, time }: State, { trace }: ScopeEnd): Seeks {
  const { queue, clock } = trace.recorded;
  const overTime = {
    startNs: axisStart(time),
    binNs: time.width,
    q2q: inOrder(q2q.seeks, time).slice(0, binsInUse(time)),
    d2d: inOrder(d2d.seeks, time).slice(0, binsInUse(time)),
  };
  return {
    q2q: queue && !Number.isNaN(q2q.first) ? figures(q2q) : null,
    d2d: figures(d2d),
    overTime: clock ? overTime : null,
  };
}

export const seeks = defineMetric({
  id: "seeks",
  schema: Seeks,
  weight: "light",
  needs: ["single device"],
  start: (): State => ({ q2q: startSide(), d2d: startSide(), time: startAxis(MOST_BINS, 1) }),
  add,
  finish,
});
