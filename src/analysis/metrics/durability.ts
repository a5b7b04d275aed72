import { type Static, Type } from "typebox";
import { type CompletionBatch, EVENT_CODE, type RequestBatch } from "../../model/batch.ts";
import { FLAG, OP_CODE } from "../../model/ops.ts";
import { axisStart, binsInUse } from "../kernels/adaptiveAxis.ts";
import { lowerEdge, middle } from "../kernels/buckets.ts";
import { inOrder } from "../kernels/fold.ts";
import { histogramCount, histogramMax, histogramMin, type LogHistogram } from "../kernels/logHistogram.ts";
import { octavesOf } from "../kernels/octaves.ts";
import { percentile } from "../kernels/percentile.ts";
import {
  beginFlush,
  endFlush,
  flushAtOnce,
  moveTo,
  settle,
  startUnflushed,
  type Unflushed,
  write,
} from "../kernels/unflushed.ts";
import { defineMetric, type ScopeEnd, type View } from "../metric.ts";
import { Count, Real } from "../schemas.ts";

// Constants of this module are folded into the code; imported ones are loaded each time.
const FLUSH = OP_CODE.flush;
const WRITE = OP_CODE.write;
const WRITE_ZEROES = OP_CODE.writeZeroes;
const ZONE_APPEND = OP_CODE.zoneAppend;
const FUA = FLAG.fua;
const PREFLUSH = FLAG.preflush;
const FLUSH_REQUESTED = EVENT_CODE.flushRequested;
const MOST_BINS = 512;

const Distribution = Type.Union([
  Type.Object({
    count: Count,
    min: Real,
    p50: Real,
    p90: Real,
    p99: Real,
    max: Real,
    /** [lower edge (a power of two, or 0), flushes], ascending, only those that occur. */
    octaves: Type.Array(Type.Array(Real, { minItems: 2, maxItems: 2 })),
  }),
  Type.Null(),
]);

/**
 * What a loss of power would take, if the devices have volatile write caches: writes that are complete and not durable.
 * The rule is the kernel's (Documentation/block/writeback_cache_control.rst):
 * - a write, zone append or write-zeroes is at risk from its completion on; failed ones never are;
 * - one with FUA is durable when it completes, and is never at risk;
 * - a flush covers what its device completed before the flush was issued, and makes it durable when it completes;
 * - a request that goes down with its preflush flag, and not behind a flush of its own, is a flush as well: one that was
 *   issued later than queued waited for the flush that the kernel made of its flag, and that is a request of the trace.
 * Where completions are not recorded, everything takes effect when it is issued. What is written again counts again.
 * null: the trace does not record flushes.
 */
export const Durability = Type.Union([
  Type.Object({
    startNs: Real,
    binNs: Real,
    bins: Count,
    /** Most bytes at risk in each bin. */
    unflushedBytes: Type.Array(Count),
    /** Flushes issued in each bin. */
    flushes: Type.Array(Count),
    /** The first moment with the most bytes at risk; atNs is null where there never are any. */
    peak: Type.Object({ bytes: Count, writes: Count, atNs: Type.Union([Real, Type.Null()]) }),
    /** Time-weighted, from the first request to the last completion. */
    meanBytes: Real,
    /** Share of that time with nothing at risk. */
    safeShare: Real,
    end: Type.Object({ bytes: Count, writes: Count }),
    /** Flush requests, and requests that are flushes by their preflush flag. */
    flushRequests: Count,
    preflushRequests: Count,
    /** Writes with FUA. */
    fuaWrites: Count,
    fuaBytes: Count,
    /** Writes without. */
    cachedWrites: Count,
    cachedBytes: Count,
    /** From one flush of a device to its next one. */
    betweenFlushesNs: Distribution,
    /** What was written between a flush and the one before it on its device, or the start. */
    betweenFlushesBytes: Distribution,
  }),
  Type.Null(),
]);
export type Durability = Static<typeof Durability>;

interface State {
  readonly byCompletion: Unflushed;
  /** Serves traces without completions; fed until the first one. */
  readonly byIssue: Unflushed;
  completions: boolean;
  /** Completions without a plausible time take that of the next one. */
  untimed: Ended[];
  lastNs: number;
  flushRequested: boolean;
  flushRequests: number;
  preflushRequests: number;
  fuaWrites: number;
  fuaBytes: number;
  cachedWrites: number;
  cachedBytes: number;
}

interface Ended {
  readonly row: number;
  readonly device: number;
  /** 0: no write, or none at risk. */
  readonly bytesAtRisk: number;
  readonly flush: boolean;
  readonly failed: boolean;
}

function start(): State {
  return {
    byCompletion: startUnflushed(MOST_BINS),
    byIssue: startUnflushed(MOST_BINS),
    completions: false,
    untimed: [],
    lastNs: Number.NaN,
    flushRequested: false,
    flushRequests: 0,
    preflushRequests: 0,
    fuaWrites: 0,
    fuaBytes: 0,
    cachedWrites: 0,
    cachedBytes: 0,
  };
}

function isWrite(op: number): boolean {
  return op === WRITE || op === WRITE_ZEROES || op === ZONE_APPEND;
}

/** Whether a request is a flush: by itself, or by a preflush flag with which it went down as it was queued. */
function isFlush(op: number, flags: number, queueNs: number, issueNs: number): boolean {
  return op === FLUSH || ((flags & PREFLUSH) !== 0 && !(queueNs < issueNs));
}

function bytesAtRisk(op: number, flags: number, lengthBytes: number): number {
  return isWrite(op) && (flags & FUA) === 0 ? lengthBytes : 0;
}

/** Merges issues and completions by time; a completion waits for its own issue. */
function add(state: State, view: View): void {
  const { requests, rows, rowCount, completions, done, doneCount } = view;
  const { firstRow, issueNs } = requests;
  const { row: rowOf, completeNs } = completions;
  let k = 0;
  for (let d = 0; d < doneCount; d++) {
    const c = done[d]!;
    const row = rowOf[c]!;
    const atNs = completeNs[c]!;
    while (k < rowCount) {
      const i = rows[k]!;
      if (firstRow + i > row && !(issueNs[i]! < atNs)) break;
      addIssue(state, requests, i);
      k++;
    }
    addCompletion(state, completions, c);
  }
  for (; k < rowCount; k++) addIssue(state, requests, rows[k]!);
  if (!state.flushRequested) addEvents(state, view);
}

function addIssue(state: State, requests: RequestBatch, i: number): void {
  const op = requests.op[i]!;
  const flags = requests.flags[i]!;
  const lengthBytes = requests.lengthBytes[i]!;
  const device = requests.device[i]!;
  const atNs = requests.issueNs[i]!;
  const flush = isFlush(op, flags, requests.queueNs[i]!, atNs);
  if (!(atNs <= state.lastNs)) state.lastNs = atNs;
  if (Number.isNaN(state.byCompletion.nowNs)) moveTo(state.byCompletion, atNs);
  if (flush) {
    if (op === FLUSH) state.flushRequests++;
    else state.preflushRequests++;
    beginFlush(state.byCompletion, device, requests.firstRow + i, atNs);
  }
  if (lengthBytes > 0 && isWrite(op)) countWrite(state, flags, lengthBytes);
  if (state.completions) return;
  moveTo(state.byIssue, atNs);
  if (flush) flushAtOnce(state.byIssue, device, atNs);
  const atRisk = bytesAtRisk(op, flags, lengthBytes);
  if (atRisk > 0) write(state.byIssue, device, atRisk, atNs);
}

function countWrite(state: State, flags: number, lengthBytes: number): void {
  if ((flags & FUA) !== 0) {
    state.fuaWrites++;
    state.fuaBytes += lengthBytes;
  } else {
    state.cachedWrites++;
    state.cachedBytes += lengthBytes;
  }
}

function addCompletion(state: State, completions: CompletionBatch, c: number): void {
  state.completions = true;
  const op = completions.op[c]!;
  const flags = completions.flags[c]!;
  const failed = completions.error[c]! > 0;
  const flush = isFlush(op, flags, completions.queueNs[c]!, completions.issueNs[c]!);
  const atRisk = failed ? 0 : bytesAtRisk(op, flags, completions.lengthBytes[c]!);
  const atNs = completions.completeNs[c]!;
  const device = completions.device[c]!;
  const row = completions.row[c]!;
  if (Number.isNaN(atNs)) {
    if (flush || atRisk > 0) state.untimed.push({ row, device, bytesAtRisk: atRisk, flush, failed });
    return;
  }
  if (!(atNs <= state.lastNs)) state.lastNs = atNs;
  if (state.untimed.length > 0) endUntimed(state, atNs);
  if (flush) endFlush(state.byCompletion, device, row, atNs, failed);
  if (atRisk > 0) write(state.byCompletion, device, atRisk, atNs);
}

function endUntimed({ byCompletion, untimed }: State, atNs: number): void {
  for (const { row, device, bytesAtRisk, flush, failed } of untimed.splice(0)) {
    if (flush) endFlush(byCompletion, device, row, atNs, failed);
    if (bytesAtRisk > 0) write(byCompletion, device, bytesAtRisk, atNs);
  }
}

function addEvents(state: State, { events, eventRows, eventCount }: View): void {
  for (let k = 0; k < eventCount; k++) if (events.kind[eventRows[k]!] === FLUSH_REQUESTED) state.flushRequested = true;
}

/** A format that records flags shows flushes, unless the reader says that something was not traced. */
function recordsFlushes({ flushRequested, flushRequests, preflushRequests }: State, { trace }: ScopeEnd): boolean {
  if (flushRequested || flushRequests + preflushRequests > 0) return true;
  return trace.recorded.flags && !trace.quality.notes.some(({ code }) => code === "not-traced");
}

function figures(state: State, end: ScopeEnd): Durability {
  if (!recordsFlushes(state, end)) return null;
  const unflushed = end.trace.recorded.completion ? state.byCompletion : state.byIssue;
  endUntimed(state, unflushed.nowNs);
  moveTo(unflushed, state.lastNs);
  settle(unflushed);
  const { bytes, flushes, nowBytes, nowWrites, peakBytes, peakWrites, peakNs, gapNs, flushedBytes } = unflushed;
  const spentNs = bytes.nowNs - bytes.firstNs;
  return {
    startNs: axisStart(bytes.time),
    binNs: bytes.time.width,
    bins: binsInUse(bytes.time),
    unflushedBytes: inOrder(bytes.max, bytes.time),
    flushes: inOrder(flushes.counts, flushes.time),
    peak: { bytes: peakBytes, writes: peakWrites, atNs: peakBytes > 0 ? peakNs : null },
    meanBytes: spentNs > 0 ? bytes.area.reduce((sum, part) => sum + part, 0) / spentNs : nowBytes,
    safeShare: spentNs > 0 ? bytes.timeAtDepthNs[0]! / spentNs : Number(nowBytes === 0),
    end: { bytes: nowBytes, writes: nowWrites },
    flushRequests: state.flushRequests,
    preflushRequests: state.preflushRequests,
    fuaWrites: state.fuaWrites,
    fuaBytes: state.fuaBytes,
    cachedWrites: state.cachedWrites,
    cachedBytes: state.cachedBytes,
    betweenFlushesNs: distribution(gapNs, middle),
    betweenFlushesBytes: distribution(flushedBytes, lowerEdge),
  };
}

function distribution(numbers: LogHistogram, standFor: (bucket: number) => number): Static<typeof Distribution> {
  const count = histogramCount(numbers);
  if (count === 0) return null;
  return {
    count,
    min: histogramMin(numbers),
    p50: percentile(numbers, 0.5, standFor),
    p90: percentile(numbers, 0.9, standFor),
    p99: percentile(numbers, 0.99, standFor),
    max: histogramMax(numbers),
    octaves: octavesOf(numbers),
  };
}

export const durability = defineMetric({
  id: "durability",
  schema: Durability,
  weight: "heavy",
  needs: [],
  start,
  add,
  finish: figures,
});
