import { type Static, Type } from "typebox";
import { isRecorded } from "../kernels/block.ts";
import { phasesOf } from "../kernels/completedBios.ts";
import { addDurations, type Durations, durationsOf } from "../kernels/durations.ts";
import { addGaps, type Gaps, startGaps } from "../kernels/gaps.ts";
import { histogramCount, type LogHistogram, mergeHistograms } from "../kernels/logHistogram.ts";
import { groupedBuckets } from "../kernels/octaves.ts";
import { PhaseFigures, phaseFigures } from "../kernels/phaseFigures.ts";
import { defineMetric, type View } from "../metric.ts";
import { ByOp, byOp, Optionally, Real } from "../schemas.ts";
import { askForBios, type Bios, type Shared } from "../shared.ts";

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
  readonly bios: Bios;
}

function start(shared: Shared): State {
  return { gaps: startGaps(), q2g: [], g2i: [], i2d: [], q2d: [], d2c: [], q2c: [], bios: askForBios(shared) };
}

function add(state: State, view: View): void {
  const { completions, done, doneCount } = view;
  const { queueNs, getRequestNs, insertNs, issueNs, completeNs } = completions;
  addGaps(state.gaps, view.requests, view.rows, view.rowCount);
  const phases = [
    { into: state.q2g, from: queueNs, to: getRequestNs },
    { into: state.q2d, from: queueNs, to: issueNs },
    { into: state.d2c, from: issueNs, to: completeNs },
    { into: state.q2c, from: queueNs, to: completeNs },
  ];
  if (isRecorded(insertNs, done, 0, doneCount)) {
    phases.push({ into: state.g2i, from: getRequestNs, to: insertNs });
    phases.push({ into: state.i2d, from: insertNs, to: issueNs });
  }
  addDurations(phases, completions, done, doneCount);
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

function perBio({ queued, completed }: Bios): ByPhase {
  const histograms = { ...phasesOf(completed, null, null), q2q: queued.all.q2q };
  return byPhase((phase) => [histograms[phase]]);
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
    perBio: perBio(state.bios),
    d2cBuckets: byOp((op) => d2cBucketsOfOp(state, op)),
  }),
});
