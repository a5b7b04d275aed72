import { type Static, Type } from "typebox";
import { EVENT_CODE } from "../../model/batch.ts";
import {
  type AdaptiveAxis,
  axisStart,
  binsInUse,
  covers,
  extend,
  growthFor,
  growWidth,
  placeOf,
  startAxis,
} from "../kernels/adaptiveAxis.ts";
import { type LastPlace, seekDistance, startLastPlace } from "../kernels/bttSeek.ts";
import { lowerEdge } from "../kernels/buckets.ts";
import { foldSums, inOrder } from "../kernels/fold.ts";
import { addToFrequent, type Frequent, mostFrequent, startFrequent } from "../kernels/frequent.ts";
import {
  addToHistogram,
  histogramCount,
  histogramMax,
  histogramMean,
  type LogHistogram,
  startLogHistogram,
} from "../kernels/logHistogram.ts";
import { percentile } from "../kernels/percentile.ts";
import { defineMetric, type ScopeEnd, type View } from "../metric.ts";
import { Count, Real } from "../schemas.ts";

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
  readonly last: LastPlace;
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
    last: startLastPlace(),
    distances: startLogHistogram(),
    frequent: startFrequent(),
    seeks: new Float64Array(MOST_BINS),
    none: 0,
    first: Number.NaN,
  };
}

function add(state: State, { requests, rows, rowCount, events, eventRows, eventCount }: View): void {
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const length = requests.lengthBytes[i]!;
    if (length > 0) addSeek(state, state.d2d, requests.offsetBytes[i]!, length, requests.issueNs[i]!);
  }
  for (let k = 0; k < eventCount; k++) {
    const i = eventRows[k]!;
    const length = events.lengthBytes[i]!;
    if (events.kind[i] === EVENT_CODE.bioQueued && length > 0)
      addSeek(state, state.q2q, events.offsetBytes[i]!, length, events.timeNs[i]!);
  }
}

function addSeek(state: State, side: Side, offset: number, length: number, atNs: number): void {
  const distance = Math.abs(seekDistance(side.last, offset, offset + length));
  if (Number.isNaN(distance)) {
    side.first = offset;
    return;
  }
  addToHistogram(side.distances, distance);
  addToFrequent(side.frequent, distance);
  const place = placeAt(state, Math.max(0, atNs));
  if (distance === 0) side.none++;
  else side.seeks[place]!++;
}

function placeAt({ time, q2q, d2d }: State, atNs: number): number {
  if (!covers(time, atNs)) {
    const growth = growthFor(time, atNs, atNs);
    foldSums(q2q.seeks, time, growth);
    foldSums(d2d.seeks, time, growth);
    growWidth(time, growth);
    extend(time, atNs, atNs);
  }
  return placeOf(time, Math.floor(atNs / time.width));
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
