import type { BioBatch } from "../../model/batch.ts";
import { addGroups, isRecorded, putDurations, putNumber } from "./block.ts";
import { type LogHistogram, mergeHistograms } from "./logHistogram.ts";

/** The steps of a bio's life, named as btt names them and in its order. */
export const BIO_PHASES = ["q2q", "q2a", "q2g", "s2g", "g2i", "q2m", "i2d", "m2d", "q2d", "d2c", "q2c"] as const;
export type BioPhase = (typeof BIO_PHASES)[number];

/** Phases that are known when the bio is complete: one value a queued bio with bytes. */
const COMPLETED_PHASES = ["q2g", "s2g", "g2i", "q2m", "i2d", "m2d", "q2d", "d2c", "q2c"] as const;
type CompletedPhase = (typeof COMPLETED_PHASES)[number];

/** The phases of several groups of bios: the histograms of each phase by group. */
export type BioPhases = Readonly<Record<CompletedPhase, (LogHistogram | undefined)[]>>;

export function startBioPhases(): BioPhases {
  return { q2g: [], s2g: [], g2i: [], q2m: [], i2d: [], m2d: [], q2d: [], d2c: [], q2c: [] };
}

/** Some bios of a batch: their places in it, and the rows of the block of those that were merged into another's request. */
export interface ChosenBios {
  readonly places: Uint32Array;
  count: number;
  readonly merged: Uint16Array;
  mergedCount: number;
}

/** Adds bios that are sorted: one that made a request has G and I, one that was merged has M. */
export function addBioPhases(phases: BioPhases, bios: BioBatch, chosen: ChosenBios, groups: number): void {
  const { queueNs, sleepNs, getRequestNs, insertNs, mergeNs, issueNs, completeNs } = bios;
  addIfMade(phases.q2g, queueNs, getRequestNs, chosen, groups);
  if (isRecorded(sleepNs, chosen.places, 0, chosen.count)) addIfMade(phases.s2g, sleepNs, getRequestNs, chosen, groups);
  if (isRecorded(insertNs, chosen.places, 0, chosen.count)) {
    addIfMade(phases.g2i, getRequestNs, insertNs, chosen, groups);
    addIfMade(phases.i2d, insertNs, issueNs, chosen, groups);
  }
  if (chosen.mergedCount > 0) addPhase(phases.q2m, queueNs, mergeNs, chosen, groups);
  if (chosen.mergedCount > 0) addPhase(phases.m2d, mergeNs, issueNs, chosen, groups);
  addPhase(phases.q2d, queueNs, issueNs, chosen, groups);
  addPhase(phases.d2c, issueNs, completeNs, chosen, groups);
  addPhase(phases.q2c, queueNs, completeNs, chosen, groups);
}

type Histograms = (LogHistogram | undefined)[];

function addPhase(into: Histograms, from: Float64Array, to: Float64Array, chosen: ChosenBios, groups: number): void {
  if (putDurations(from, to, chosen.places, 0, chosen.count)) addGroups(into, groups);
}

function addIfMade(into: Histograms, from: Float64Array, to: Float64Array, chosen: ChosenBios, groups: number): void {
  if (!putDurations(from, to, chosen.places, 0, chosen.count)) return;
  for (let k = 0; k < chosen.mergedCount; k++) putNumber(chosen.merged[k]!, Number.NaN);
  addGroups(into, groups);
}

/** Each phase's numbers of the groups that are chosen of several lists. */
export function mergeBioPhases(
  chosen: readonly (readonly [BioPhases, isChosen: (group: number) => boolean])[],
): Record<CompletedPhase, LogHistogram> {
  const merged = COMPLETED_PHASES.map((phase) => {
    const parts = chosen.flatMap(([phases, isChosen]) => phases[phase].filter((_, group) => isChosen(group)));
    return [phase, mergeHistograms(parts.filter((part) => part !== undefined))] as const;
  });
  return Object.fromEntries(merged) as Record<CompletedPhase, LogHistogram>;
}
