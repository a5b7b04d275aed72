import { type BioBatch, EVENT_CODE, type EventBatch } from "../../model/batch.ts";
import { addToHistogram, type LogHistogram, startLogHistogram } from "./logHistogram.ts";

/** Phases in btt's unit: one value a queued bio with bytes. */
export interface BioPhases {
  readonly q2q: LogHistogram;
  readonly q2g: LogHistogram;
  readonly g2i: LogHistogram;
  readonly i2d: LogHistogram;
  readonly q2m: LogHistogram;
  readonly m2d: LogHistogram;
  readonly q2d: LogHistogram;
  readonly d2c: LogHistogram;
  readonly q2c: LogHistogram;
  previousQueueNs: number;
}

export function startBioPhases(): BioPhases {
  return {
    q2q: startLogHistogram(),
    q2g: startLogHistogram(),
    g2i: startLogHistogram(),
    i2d: startLogHistogram(),
    q2m: startLogHistogram(),
    m2d: startLogHistogram(),
    q2d: startLogHistogram(),
    d2c: startLogHistogram(),
    q2c: startLogHistogram(),
    previousQueueNs: Number.NaN,
  };
}

/** Adds queue events of every device; as in btt, a pair that does not increase counts as 1 ns. */
export function addQueueEvents(phases: BioPhases, events: EventBatch, rows: Uint32Array, rowCount: number): void {
  const { kind, timeNs, lengthBytes } = events;
  let previous = phases.previousQueueNs;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    if (kind[i] !== EVENT_CODE.bioQueued || lengthBytes[i] === 0) continue;
    const gap = timeNs[i]! - previous;
    if (!Number.isNaN(gap)) addToHistogram(phases.q2q, Math.max(gap, 1));
    previous = timeNs[i]!;
  }
  phases.previousQueueNs = previous;
}

/** Adds what became of completed bios: one that made a request has G and I, one that was merged has M. */
export function addBios(phases: BioPhases, bios: BioBatch, rows: Uint32Array, rowCount: number): void {
  const { queueNs, getRequestNs, insertNs, mergeNs, issueNs, completeNs } = bios;
  addPhase(phases.q2g, bios, false, queueNs, getRequestNs, rows, rowCount);
  addPhase(phases.g2i, bios, false, getRequestNs, insertNs, rows, rowCount);
  addPhase(phases.i2d, bios, false, insertNs, issueNs, rows, rowCount);
  addPhase(phases.q2m, bios, true, queueNs, mergeNs, rows, rowCount);
  addPhase(phases.m2d, bios, true, mergeNs, issueNs, rows, rowCount);
  addPhase(phases.q2d, bios, null, queueNs, issueNs, rows, rowCount);
  addPhase(phases.d2c, bios, null, issueNs, completeNs, rows, rowCount);
  addPhase(phases.q2c, bios, null, queueNs, completeNs, rows, rowCount);
}

/** @param merged whether merged bios take part, or the others, or (null) both. */
function addPhase(
  into: LogHistogram,
  { lengthBytes, mergeNs }: BioBatch,
  merged: boolean | null,
  from: Float64Array,
  to: Float64Array,
  rows: Uint32Array,
  rowCount: number,
): void {
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const duration = to[i]! - from[i]!;
    if (!(duration >= 0) || lengthBytes[i] === 0) continue;
    if (merged !== null && merged === Number.isNaN(mergeNs[i]!)) continue;
    addToHistogram(into, duration);
  }
}
