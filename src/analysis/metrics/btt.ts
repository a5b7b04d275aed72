import { type Static, Type } from "typebox";
import { OPS } from "../../model/ops.ts";
import { BIO_PHASES, type BioPhase } from "../kernels/bioPhases.ts";
import { type CompletedBios, phasesOf, phasesOfCgroups, phasesOfProcesses } from "../kernels/completedBios.ts";
import { addToExactSum, type ExactSum, exactMean, sumOf } from "../kernels/exactSum.ts";
import {
  histogramCount,
  histogramSum,
  type LogHistogram,
  mergeHistograms,
  startLogHistogram,
} from "../kernels/logHistogram.ts";
import { PhaseFigures, phaseFigures } from "../kernels/phaseFigures.ts";
import { gapsOf, type QueuedBios, remappedOf } from "../kernels/queuedBios.ts";
import { defineMetric, type ScopeEnd, type View } from "../metric.ts";
import { ByOp, Count, Optionally, Real } from "../schemas.ts";
import { askForBios, type Shared } from "../shared.ts";

const ByPhase = Optionally(BIO_PHASES, PhaseFigures);
type ByPhase = Static<typeof ByPhase>;

/** btt's columns, and m2d, which it leaves out: without it they do not add up to the whole. */
const OVERHEAD_PHASES = ["q2g", "g2i", "q2m", "i2d", "m2d", "d2c"] as const;

const Overhead = Optionally(OVERHEAD_PHASES, Type.Object({ sumNs: Real, shareOfQ2c: Real }));

/**
 * btt's tables in btt's unit: each queued bio with bytes counts, those merged into another's request too; a bio that
 * was split counts once for each part. Where a request carries several bios, d2c counts for each of them.
 */
export const Btt = Type.Object({
  phases: ByPhase,
  /** q2q: since the previous bio of that op. */
  byOp: ByOp(ByPhase),
  /** The 8 with the most bios by the process that queued them, names together; q2q is that of each process id. */
  byProcess: Type.Array(Type.Object({ name: Type.String(), bios: Count, phases: ByPhase })),
  /** Completed bios of processes that are not listed. */
  otherBios: Count,
  /** The same by cgroup, without q2q; bios whose cgroup is not recorded are in none. */
  byCgroup: Type.Array(Type.Object({ name: Type.String(), bios: Count, phases: ByPhase })),
  /** Only where there are several: the 8 with the most bios. */
  byDevice: Type.Array(Type.Object({ device: Count, bios: Count, phases: ByPhase })),
  /** The sum of each phase, and its share of the sum of q2c. */
  overhead: Overhead,
  merge: Type.Object({
    /** #Q; null where requests have queue times and bios have no events of their own. */
    queuedBios: Type.Union([Count, Type.Null()]),
    /** #D: data requests. */
    issuedRequests: Count,
    /** #Q / #D; null where nothing was issued or #Q is not known. */
    biosPerRequest: Type.Union([Real, Type.Null()]),
    minBytes: Count,
    meanBytes: Real,
    maxBytes: Count,
    totalBytes: Count,
  }),
});
export type Btt = Static<typeof Btt>;

const MOST_LISTED = 8;
interface State {
  readonly queued: QueuedBios;
  readonly completed: CompletedBios;
  issuedRequests: number;
  readonly totalBytes: ExactSum;
  minBytes: number;
  maxBytes: number;
}

function start(shared: Shared): State {
  const { queued, completed } = askForBios(shared);
  const totalBytes = { high: 0, low: 0 };
  return { queued, completed, issuedRequests: 0, totalBytes, minBytes: Number.POSITIVE_INFINITY, maxBytes: 0 };
}

function add(state: State, { requests, rows, rowCount }: View): void {
  const { lengthBytes } = requests;
  const { totalBytes } = state;
  let { issuedRequests, minBytes, maxBytes } = state;
  for (let k = 0; k < rowCount; k++) {
    const length = lengthBytes[rows[k]!]!;
    if (!(length > 0)) continue;
    issuedRequests++;
    addToExactSum(totalBytes, length);
    if (length < minBytes) minBytes = length;
    if (length > maxBytes) maxBytes = length;
  }
  state.issuedRequests = issuedRequests;
  state.minBytes = minBytes;
  state.maxBytes = maxBytes;
}

type Histograms = Record<BioPhase, LogHistogram>;

/** The phases of completed bios, with q2q and q2a of queued ones: empty where they are not known. */
function together(
  phases: ReturnType<typeof phasesOf>,
  q2q: LogHistogram = startLogHistogram(),
  q2a: LogHistogram = startLogHistogram(),
): Histograms {
  return { ...phases, q2q, q2a };
}

function byPhase(histograms: Histograms): ByPhase {
  const phases: ByPhase = {};
  for (const phase of BIO_PHASES)
    if (histogramCount(histograms[phase]) > 0) phases[phase] = phaseFigures(histograms[phase]);
  return phases;
}

function phasesByOp({ queued, completed }: State): Btt["byOp"] {
  const found: Btt["byOp"] = {};
  for (const [code, op] of OPS.entries()) {
    const own = phasesOf(completed, null, code);
    const phases = byPhase(together(own, gapsOf(queued.byOp, code), remappedOf(queued, null, code)));
    if (Object.keys(phases).length > 0) found[op] = phases;
  }
  return found;
}

/** Those with the most bios first; ties as they come. */
function heaviest<Group extends { readonly bios: number }>(groups: readonly Group[]): Group[] {
  return [...groups].sort((a, b) => b.bios - a.bios).slice(0, MOST_LISTED);
}

function phasesByDevice({ queued, completed }: State): Btt["byDevice"] {
  const devices = [...new Set([...queued.byDevice.places.met, ...completed.devices.met])].sort((a, b) => a - b);
  if (devices.length < 2) return [];
  const groups = devices.map((device) => {
    const own = phasesOf(completed, completed.devices.met.indexOf(device), null);
    const histograms = together(own, gapsOf(queued.byDevice, device), remappedOf(queued, device, null));
    return { device, bios: histogramCount(histograms.q2c), phases: byPhase(histograms) };
  });
  return heaviest(groups);
}

/** Processes with the same name are together. */
function phasesByProcess({ queued, completed }: State, { trace }: ScopeEnd): Btt["byProcess"] {
  if (!trace.recorded.process) return [];
  const named = placesByName(completed.processes.met, trace.processes);
  const whenQueued = placesByName(queued.byProcess.places.met, trace.processes);
  const groups = [...named].map(([name, places]) => {
    const q2q = [...(whenQueued.get(name) ?? [])].map((place) => queued.byProcess.gaps[place]!.q2q);
    return groupOf(name, together(phasesOfProcesses(completed, places), mergeHistograms(q2q)));
  });
  return heaviest(inOrderOfName(groups));
}

function phasesByCgroup({ completed }: State, { trace }: ScopeEnd): Btt["byCgroup"] {
  const named = placesByName(completed.cgroups.met, trace.cgroups);
  return heaviest(
    inOrderOfName([...named].map(([name, places]) => groupOf(name, together(phasesOfCgroups(completed, places))))),
  );
}

function placesByName(met: readonly number[], named: readonly { readonly name: string }[]): Map<string, Set<number>> {
  const byName = new Map<string, Set<number>>();
  for (const [place, index] of met.entries()) {
    const { name } = named[index]!;
    byName.set(name, (byName.get(name) ?? new Set()).add(place));
  }
  return byName;
}

function groupOf(name: string, histograms: Histograms): Btt["byProcess"][number] {
  return { name, bios: histogramCount(histograms.q2c), phases: byPhase(histograms) };
}

/** Those with bios; of as many bios, names decide. */
function inOrderOfName(groups: Btt["byProcess"]): Btt["byProcess"] {
  return groups.filter(({ bios }) => bios > 0).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function overheadOf(histograms: Histograms): Btt["overhead"] {
  const whole = histogramSum(histograms.q2c);
  const overhead: Btt["overhead"] = {};
  if (whole === 0) return overhead;
  for (const phase of OVERHEAD_PHASES) {
    const sumNs = histogramSum(histograms[phase]);
    if (histogramCount(histograms[phase]) > 0) overhead[phase] = { sumNs, shareOfQ2c: sumNs / whole };
  }
  return overhead;
}

function mergeOf({ queued, issuedRequests, totalBytes, minBytes, maxBytes }: State): Btt["merge"] {
  const queuedBios = queued.count;
  return {
    queuedBios: queuedBios === 0 && issuedRequests > 0 ? null : queuedBios,
    issuedRequests,
    biosPerRequest: issuedRequests === 0 || queuedBios === 0 ? null : queuedBios / issuedRequests,
    minBytes: issuedRequests === 0 ? 0 : minBytes,
    meanBytes: issuedRequests === 0 ? 0 : exactMean(totalBytes, issuedRequests),
    maxBytes,
    totalBytes: sumOf(totalBytes),
  };
}

function finish(state: State, end: ScopeEnd): Btt {
  const { queued, completed } = state;
  const all = together(phasesOf(completed, null, null), queued.all.q2q, remappedOf(queued, null, null));
  const byProcess = phasesByProcess(state, end);
  const listed = byProcess.reduce((sum, { bios }) => sum + bios, 0);
  return {
    phases: byPhase(all),
    byOp: phasesByOp(state),
    byProcess,
    otherBios: histogramCount(all.q2c) - listed,
    byCgroup: phasesByCgroup(state, end),
    byDevice: phasesByDevice(state),
    overhead: overheadOf(all),
    merge: mergeOf(state),
  };
}

export const btt = defineMetric({
  id: "btt",
  schema: Btt,
  weight: "light",
  needs: ["clock", "queue"],
  start,
  add,
  finish,
});
