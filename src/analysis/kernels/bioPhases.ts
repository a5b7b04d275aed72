import { type BioBatch, EVENT_CODE, type EventBatch } from "../../model/batch.ts";
import { addToHistogram, type LogHistogram, mergeHistograms, startLogHistogram } from "./logHistogram.ts";

/** The steps of a bio's life, named as btt names them and in its order. */
export const BIO_PHASES = ["q2q", "q2a", "q2g", "s2g", "g2i", "q2m", "i2d", "m2d", "q2d", "d2c", "q2c"] as const;
export type BioPhase = (typeof BIO_PHASES)[number];

/** Phases in btt's unit: one value a queued bio with bytes. */
export type BioPhases = Readonly<Record<BioPhase, LogHistogram>> & { previousQueueNs: number };

export function startBioPhases(): BioPhases {
  return {
    q2q: startLogHistogram(),
    q2a: startLogHistogram(),
    q2g: startLogHistogram(),
    s2g: startLogHistogram(),
    g2i: startLogHistogram(),
    q2m: startLogHistogram(),
    i2d: startLogHistogram(),
    m2d: startLogHistogram(),
    q2d: startLogHistogram(),
    d2c: startLogHistogram(),
    q2c: startLogHistogram(),
    previousQueueNs: Number.NaN,
  };
}

/** Adds queue events of every device. */
export function addQueueEvents(phases: BioPhases, events: EventBatch, rows: Uint32Array, rowCount: number): void {
  const { kind, timeNs, lengthBytes } = events;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    if (kind[i] === EVENT_CODE.bioQueued && lengthBytes[i] !== 0) addQueued(phases, timeNs[i]!);
  }
}

/** Adds a queue event; as in btt, a pair that does not increase counts as 1 ns. */
export function addQueued(phases: BioPhases, timeNs: number): void {
  const gap = timeNs - phases.previousQueueNs;
  if (!Number.isNaN(gap)) addToHistogram(phases.q2q, gap > 1 ? gap : 1);
  phases.previousQueueNs = timeNs;
}

/** Adds what became of completed bios. */
export function addBios(phases: BioPhases, bios: BioBatch, rows: Uint32Array, rowCount: number): void {
  for (let k = 0; k < rowCount; k++) if (bios.lengthBytes[rows[k]!] !== 0) addBio(phases, bios, rows[k]!);
}

/** Adds what became of a completed bio with bytes: one that made a request has G and I, one that was merged has M. */
export function addBio(phases: BioPhases, bios: BioBatch, i: number): void {
  const queueNs = bios.queueNs[i]!;
  const mergeNs = bios.mergeNs[i]!;
  const issueNs = bios.issueNs[i]!;
  const completeNs = bios.completeNs[i]!;
  if (Number.isNaN(mergeNs)) {
    const getRequestNs = bios.getRequestNs[i]!;
    const insertNs = bios.insertNs[i]!;
    addDuration(phases.q2g, getRequestNs - queueNs);
    addDuration(phases.s2g, getRequestNs - bios.sleepNs[i]!);
    addDuration(phases.g2i, insertNs - getRequestNs);
    addDuration(phases.i2d, issueNs - insertNs);
  } else {
    addDuration(phases.q2m, mergeNs - queueNs);
    addDuration(phases.m2d, issueNs - mergeNs);
  }
  addDuration(phases.q2d, issueNs - queueNs);
  addDuration(phases.d2c, completeNs - issueNs);
  addDuration(phases.q2c, completeNs - queueNs);
}

/** Adds a duration; one that is not known, or of a clock that ran backwards, is none. */
export function addDuration(into: LogHistogram, duration: number): void {
  if (duration >= 0) addToHistogram(into, duration);
}

/** Each phase's numbers of all the given groups. */
export function mergeBioPhases(groups: readonly BioPhases[]): Record<BioPhase, LogHistogram> {
  const merged = BIO_PHASES.map((phase) => [phase, mergeHistograms(groups.map((group) => group[phase]))] as const);
  return Object.fromEntries(merged) as Record<BioPhase, LogHistogram>;
}
