import { type Static, Type } from "typebox";
import { addBios, addQueueEvents, type BioPhases, startBioPhases } from "../kernels/bioPhases.ts";
import { addDurations, type Durations, durationsOf } from "../kernels/durations.ts";
import { addGaps, type Gaps, startGaps } from "../kernels/gaps.ts";
import { histogramCount, type LogHistogram, mergeHistograms } from "../kernels/logHistogram.ts";
import { groupedBuckets } from "../kernels/octaves.ts";
import { PhaseFigures, phaseFigures } from "../kernels/phaseFigures.ts";
import { defineMetric, type View } from "../metric.ts";
import { ByOp, byOp, Optionally, Real } from "../schemas.ts";

/** The phases of a request's life, named as btt names them. */
const PHASES = ["q2q", "q2g", "g2i", "i2d", "q2m", "m2d", "q2d", "d2c", "q2c"] as const;
export type Phase = (typeof PHASES)[number];

export type { PhaseFigures };

const ByPhase = Optionally(PHASES, PhaseFigures);

/** How long each phase took. Percentiles are nearest rank from buckets of at most 1 % error; the rest is exact. */
export const Latency = Type.Object({
  /** Over the data requests with bytes, one value a request. */
  phases: ByPhase,
  /** q2q: since the previous data request of that op. */
  byOp: ByOp(ByPhase),
  /** In btt's unit: one value a queued bio, merged ones included. Empty where bios are not recorded. */
  perBio: ByPhase,
  /** Distribution of d2c: [lower edge, upper edge, requests] of the buckets that occur (at most 5 % wide), ascending. */
  d2cBuckets: ByOp(Type.Array(Type.Array(Real, { minItems: 3, maxItems: 3 }))),
});
export type Latency = Static<typeof Latency>;

type ByPhase = Static<typeof ByPhase>;

/** Four buckets of the histogram are at most 3.1 % wide. */
const BUCKETS_TOGETHER = 4;

interface State {
  readonly gaps: Gaps;
  readonly q2g: Durations;
  readonly g2i: Durations;
  readonly i2d: Durations;
  readonly q2d: Durations;
  readonly d2c: Durations;
  readonly q2c: Durations;
  readonly bios: BioPhases;
}

function start(): State {
  return { gaps: startGaps(), q2g: [], g2i: [], i2d: [], q2d: [], d2c: [], q2c: [], bios: startBioPhases() };
}

function add(state: State, view: View): void {
  const { completions, done, doneCount } = view;
  const { queueNs, getRequestNs, insertNs, issueNs, completeNs } = completions;
  addGaps(state.gaps, view.requests, view.rows, view.rowCount);
  addDurations(state.q2g, completions, queueNs, getRequestNs, done, doneCount);
  addDurations(state.g2i, completions, getRequestNs, insertNs, done, doneCount);
  addDurations(state.i2d, completions, insertNs, issueNs, done, doneCount);
  addDurations(state.q2d, completions, queueNs, issueNs, done, doneCount);
  addDurations(state.d2c, completions, issueNs, completeNs, done, doneCount);
  addDurations(state.q2c, completions, queueNs, completeNs, done, doneCount);
  addQueueEvents(state.bios, view.events, view.eventRows, view.eventCount);
  addBios(state.bios, view.bios, view.bioRows, view.bioCount);
}

/** The figures of the phases that have a value; `histogramsOf` gives a phase's numbers in parts. */
function byPhase(histogramsOf: (phase: Phase) => readonly LogHistogram[]): ByPhase {
  const result: ByPhase = {};
  for (const phase of PHASES) {
    const parts = histogramsOf(phase).filter((part) => histogramCount(part) > 0);
    if (parts.length > 0) result[phase] = phaseFigures(mergeHistograms(parts));
  }
  return result;
}

/** A phase of an op, or (null) of every data request. */
function requestPhase({ gaps, ...durations }: State, op: number | null, phase: Phase): readonly LogHistogram[] {
  if (phase === "q2m" || phase === "m2d") return [];
  if (phase !== "q2q") return durationsOf(durations[phase], op);
  const histogram = op === null ? gaps.all : gaps.byOp[op];
  return histogram === undefined ? [] : [histogram];
}

function phasesOfOp(state: State, op: number): ByPhase | null {
  const phases = byPhase((phase) => requestPhase(state, op, phase));
  return Object.keys(phases).length === 0 ? null : phases;
}

function d2cBucketsOfOp({ d2c }: State, op: number): number[][] | null {
  const parts = durationsOf(d2c, op);
  return parts.length === 0 ? null : groupedBuckets(mergeHistograms(parts), BUCKETS_TOGETHER);
}

export const latency = defineMetric({
  id: "latency",
  schema: Latency,
  weight: "light",
  needs: ["clock"],
  start,
  add,
  finish: (state: State): Latency => ({
    phases: byPhase((phase) => requestPhase(state, null, phase)),
    byOp: byOp((op) => phasesOfOp(state, op)),
    perBio: byPhase((phase) => [state.bios[phase]]),
    d2cBuckets: byOp((op) => d2cBucketsOfOp(state, op)),
  }),
});
