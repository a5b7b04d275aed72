import { type Static, Type } from "typebox";
import { EVENT_CODE, type RequestBatch } from "../../model/batch.ts";
import { IS_DATA_OP } from "../kernels/dataRequest.ts";
import { type InFlight, settled } from "../kernels/inFlight.ts";
import { withMoreRoom } from "../kernels/moreRoom.ts";
import { addMoment, endRun, type NearRuns, startNearRuns } from "../kernels/nearRuns.ts";
import { defineMetric, type ScopeEnd, type View } from "../metric.ts";
import { Count, Real } from "../schemas.ts";
import { askForInFlight, type Shared } from "../shared.ts";

// Hot code reads constants of its own file.
const BIO_QUEUED = EVENT_CODE.bioQueued;
const MERGED = EVENT_CODE.merged;
const SPLIT = EVENT_CODE.split;

const Runs = Type.Object({
  count: Count,
  totalNs: Real,
  longestNs: Real,
  /** [start, end] of the first 64. */
  listed: Type.Array(Type.Array(Real, { minItems: 2, maxItems: 2 })),
});

/** When there was something to do, as btt asks it. */
const Activity = Type.Object({
  /** Bios that were queued and not yet issued or merged when another was queued on their device. */
  waitingAtQueue: Type.Union([Type.Object({ bios: Count, mean: Real, max: Count }), Type.Null()]),
  /** Stretches of time with any data request between issue and completion. */
  live: Type.Union([
    Type.Object({
      periods: Count,
      /** null where there is no period, or no gap between two. */
      meanActiveNs: Type.Union([Real, Type.Null()]),
      meanIdleNs: Type.Union([Real, Type.Null()]),
      /** Of the time from the first issue to the last completion; null where no time passes. */
      share: Type.Union([Real, Type.Null()]),
    }),
    Type.Null(),
  ]),
  /** Bios queued, each less than 0.1 s after the one before. */
  queueRuns: Type.Union([Runs, Type.Null()]),
  /** Data requests completed, each less than 0.1 s after the one before. */
  completionRuns: Type.Union([Runs, Type.Null()]),
});
export type Activity = Static<typeof Activity>;

interface State {
  readonly inFlight: InFlight;
  readonly queueRuns: NearRuns;
  readonly completionRuns: NearRuns;
  /** By device: bios that wait. */
  waiting: Float64Array;
  bios: number;
  waited: number;
  mostWaiting: number;
}

function start(shared: Shared): State {
  return {
    inFlight: askForInFlight(shared),
    queueRuns: startNearRuns(),
    completionRuns: startNearRuns(),
    waiting: new Float64Array(4),
    bios: 0,
    waited: 0,
    mostWaiting: 0,
  };
}

function add(state: State, view: View): void {
  addCompletions(state.completionRuns, view);
  addWaiting(state, view);
}

function addCompletions(runs: NearRuns, { completions, done, doneCount }: View): void {
  const { op, lengthBytes, completeNs } = completions;
  for (let k = 0; k < doneCount; k++) {
    const i = done[k]!;
    if (IS_DATA_OP[op[i]!] === 1 && lengthBytes[i]! > 0 && !Number.isNaN(completeNs[i]!))
      addMoment(runs, completeNs[i]!);
  }
}

/** Goes through events and issues in the order in which they happened. */
function addWaiting(state: State, view: View): void {
  const { requests, rows, rowCount, events, eventRows, eventCount } = view;
  const { queueRuns } = state;
  const { firstRow } = requests;
  const { kind, device, timeNs, lengthBytes, nextRow } = events;
  let { waiting, bios, waited, mostWaiting } = state;
  let r = 0;
  for (let k = 0; k < eventCount; k++) {
    const i = eventRows[k]!;
    for (; r < rowCount && firstRow + rows[r]! < nextRow[i]!; r++) issued(waiting, requests, rows[r]!);
    if (lengthBytes[i] === 0) continue;
    const code = kind[i]!;
    const on = device[i]!;
    if (on >= waiting.length) waiting = withMoreRoom(waiting, on + 1);
    if (code === BIO_QUEUED) {
      addMoment(queueRuns, timeNs[i]!);
      const before = waiting[on]!;
      bios++;
      waited += before;
      if (before > mostWaiting) mostWaiting = before;
      waiting[on] = before + 1;
    } else if (code === MERGED) leave(waiting, on);
    else if (code === SPLIT) waiting[on]!++;
  }
  for (; r < rowCount; r++) issued(waiting, requests, rows[r]!);
  state.waiting = waiting;
  state.bios = bios;
  state.waited = waited;
  state.mostWaiting = mostWaiting;
}

/** What was queued before the trace began has not been counted in. */
function leave(waiting: Float64Array, device: number): void {
  if (device < waiting.length && waiting[device]! > 0) waiting[device]!--;
}

function issued(waiting: Float64Array, { lengthBytes, device }: RequestBatch, i: number): void {
  if (lengthBytes[i]! > 0) leave(waiting, device[i]!);
}

function runsOf(runs: NearRuns): Static<typeof Runs> {
  endRun(runs);
  const { count, totalNs, longestNs, listed } = runs;
  const pairs = Array.from({ length: listed.length / 2 }, (_, i) => [listed[2 * i]!, listed[2 * i + 1]!]);
  return { count, totalNs, longestNs, listed: pairs };
}

function liveOf(inFlight: InFlight): Activity["live"] {
  const { periods, timeAtDepthNs, firstNs, nowNs } = settled(inFlight);
  const spentNs = nowNs - firstNs;
  const idleNs = timeAtDepthNs[0]!;
  const activeNs = spentNs - idleNs;
  return {
    periods,
    meanActiveNs: periods === 0 ? null : activeNs / periods,
    meanIdleNs: periods < 2 ? null : idleNs / (periods - 1),
    share: spentNs > 0 ? activeNs / spentNs : null,
  };
}

function finish(state: State, { trace }: ScopeEnd): Activity {
  const { queue, completion } = trace.recorded;
  const { bios, waited, mostWaiting } = state;
  return {
    waitingAtQueue: queue && bios > 0 ? { bios, mean: waited / bios, max: mostWaiting } : null,
    live: completion ? liveOf(state.inFlight) : null,
    queueRuns: queue && bios > 0 ? runsOf(state.queueRuns) : null,
    completionRuns: completion ? runsOf(state.completionRuns) : null,
  };
}

export const activity = defineMetric({
  id: "activity",
  schema: Activity,
  weight: "light",
  needs: ["clock"],
  start,
  add,
  finish,
});
