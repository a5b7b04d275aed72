import { type Static, Type } from "typebox";
import { EVENT_CODE } from "../../model/batch.ts";
import { OPS } from "../../model/ops.ts";
import {
  addBio,
  addDuration,
  addQueued,
  BIO_PHASES,
  type BioPhases,
  mergeBioPhases,
  startBioPhases,
} from "../kernels/bioPhases.ts";
import {
  addToHistogram,
  histogramCount,
  histogramMax,
  histogramMean,
  histogramMin,
  histogramSum,
  type LogHistogram,
  startLogHistogram,
} from "../kernels/logHistogram.ts";
import { PhaseFigures, phaseFigures } from "../kernels/phaseFigures.ts";
import { defineMetric, type ScopeEnd, type View } from "../metric.ts";
import { ByOp, Count, Optionally, Real } from "../schemas.ts";

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
/** Devices and processes with figures of their own; those met later are together. */
const MOST_DEVICES = 32;
const MOST_PROCESSES = 32;
const MOST_CGROUPS = 32;

/**
 * Devices and processes of events, or of completed bios. Each family is met in its own order: which of the two comes first
 * depends on how the trace was cut into chunks.
 */
interface Met {
  /** Indexes of the devices, in the order in which they were met. */
  readonly devices: number[];
  readonly processes: number[];
  /** At device × ops + op; the last device stands for all that came late. */
  readonly byDeviceAndOp: (BioPhases | undefined)[];
  readonly byProcess: (BioPhases | undefined)[];
}

interface State {
  readonly events: Met;
  readonly bios: Met;
  readonly cgroups: number[];
  readonly byCgroup: (BioPhases | undefined)[];
  /** Previous queue times of all, of each op and of each device. */
  readonly all: BioPhases;
  readonly ofOp: (BioPhases | undefined)[];
  readonly ofDevice: (BioPhases | undefined)[];
  readonly sizes: LogHistogram;
  queuedBios: number;
}

function noneMet(): Met {
  return { devices: [], processes: [], byDeviceAndOp: [], byProcess: [] };
}

function start(): State {
  return {
    events: noneMet(),
    bios: noneMet(),
    cgroups: [],
    byCgroup: [],
    all: startBioPhases(),
    ofOp: [],
    ofDevice: [],
    sizes: startLogHistogram(),
    queuedBios: 0,
  };
}

/** The place of a number in a list that grows up to `most`; `most` where it is full. */
function placeIn(list: number[], value: number, most: number): number {
  for (let i = 0; i < list.length; i++) if (list[i] === value) return i;
  if (list.length < most) list.push(value);
  return list[list.length - 1] === value ? list.length - 1 : most;
}

function add(state: State, view: View): void {
  addRequests(state, view);
  addEvents(state, view);
  addCompleted(state, view);
}

function addRequests({ sizes }: State, { requests, rows, rowCount }: View): void {
  for (let k = 0; k < rowCount; k++) {
    const length = requests.lengthBytes[rows[k]!]!;
    if (length > 0) addToHistogram(sizes, length);
  }
}

function addEvents(state: State, { events, eventRows, eventCount }: View): void {
  const met = state.events;
  const { kind, op, device, timeNs, lengthBytes, extra } = events;
  for (let k = 0; k < eventCount; k++) {
    const i = eventRows[k]!;
    if (kind[i] === EVENT_CODE.bioQueued && lengthBytes[i] !== 0) {
      state.queuedBios++;
      addQueued(state.all, timeNs[i]!);
      addQueued(at(state.ofOp, op[i]!), timeNs[i]!);
      addQueued(at(state.ofDevice, placeIn(met.devices, device[i]!, MOST_DEVICES)), timeNs[i]!);
      addQueued(at(met.byProcess, placeIn(met.processes, extra[i]!, MOST_PROCESSES)), timeNs[i]!);
    } else if (kind[i] === EVENT_CODE.remapped && lengthBytes[i] !== 0) {
      addDuration(groupOf(met, device[i]!, op[i]!).q2a, extra[i]!);
    }
  }
}

function addCompleted(state: State, { bios, bioRows, bioCount }: View): void {
  const met = state.bios;
  for (let k = 0; k < bioCount; k++) {
    const i = bioRows[k]!;
    if (bios.lengthBytes[i] === 0) continue;
    addBio(groupOf(met, bios.device[i]!, bios.op[i]!), bios, i);
    addBio(at(met.byProcess, placeIn(met.processes, bios.process[i]!, MOST_PROCESSES)), bios, i);
    const cgroup = bios.cgroup[i]!;
    if (cgroup !== 0) addBio(at(state.byCgroup, placeIn(state.cgroups, cgroup, MOST_CGROUPS)), bios, i);
  }
}

function at(list: (BioPhases | undefined)[], place: number): BioPhases {
  const known = list[place];
  if (known !== undefined) return known;
  while (list.length < place) list.push(undefined);
  const fresh = startBioPhases();
  list[place] = fresh;
  return fresh;
}

function groupOf({ byDeviceAndOp, devices }: Met, device: number, op: number): BioPhases {
  return at(byDeviceAndOp, placeIn(devices, device, MOST_DEVICES) * OPS.length + op);
}

type Histograms = ReturnType<typeof mergeBioPhases>;

/** The phases of some groups, with the q2q of another: it does not follow from those of its parts. */
function together(groups: readonly (BioPhases | undefined)[], queued: BioPhases | undefined): Histograms {
  const present = groups.filter((group) => group !== undefined);
  return { ...mergeBioPhases(present), q2q: queued?.q2q ?? startLogHistogram() };
}

function byPhase(histograms: Histograms): ByPhase {
  const phases: ByPhase = {};
  for (const phase of BIO_PHASES)
    if (histogramCount(histograms[phase]) > 0) phases[phase] = phaseFigures(histograms[phase]);
  return phases;
}

function phasesByOp({ events, bios, ofOp }: State): Btt["byOp"] {
  const found: Btt["byOp"] = {};
  for (const [code, op] of OPS.entries()) {
    const ofThis = (_: unknown, place: number) => place % OPS.length === code;
    const own = [...events.byDeviceAndOp.filter(ofThis), ...bios.byDeviceAndOp.filter(ofThis)];
    const phases = byPhase(together(own, ofOp[code]));
    if (Object.keys(phases).length > 0) found[op] = phases;
  }
  return found;
}

/** Those with the most bios first; ties as they come. */
function heaviest<Group extends { readonly bios: number }>(groups: readonly Group[]): Group[] {
  return [...groups].sort((a, b) => b.bios - a.bios).slice(0, MOST_LISTED);
}

function phasesByDevice({ events, bios, ofDevice }: State): Btt["byDevice"] {
  const devices = [...new Set([...events.devices, ...bios.devices])].sort((a, b) => a - b);
  if (devices.length < 2) return [];
  const groups = devices.map((device) => {
    const own = [...ofPlace(events, device), ...ofPlace(bios, device)];
    const histograms = together(own, ofDevice[events.devices.indexOf(device)]);
    return { device, bios: histogramCount(histograms.q2c), phases: byPhase(histograms) };
  });
  return heaviest(groups);
}

/** The groups of a device, if it was met. */
function ofPlace({ devices, byDeviceAndOp }: Met, device: number): readonly (BioPhases | undefined)[] {
  const place = devices.indexOf(device);
  return place < 0 ? [] : byDeviceAndOp.slice(place * OPS.length, (place + 1) * OPS.length);
}

function phasesByProcess({ events, bios }: State, { trace }: ScopeEnd): Btt["byProcess"] {
  if (!trace.recorded.process) return [];
  const named = ({ processes, byProcess }: Met) =>
    processes.map((process, place): Named => [trace.processes[process]!.name, byProcess[place]]);
  return phasesByName([...named(events), ...named(bios)]);
}

function phasesByCgroup({ cgroups, byCgroup }: State, { trace }: ScopeEnd): Btt["byCgroup"] {
  return phasesByName(cgroups.map((cgroup, place): Named => [trace.cgroups[cgroup]!.name, byCgroup[place]]));
}

type Named = readonly [name: string, phases: BioPhases | undefined];

/** Ties in the order of their names. */
function phasesByName(named: readonly Named[]): Btt["byProcess"] {
  const byName = new Map<string, BioPhases[]>();
  for (const [name, phases] of named) {
    const own = byName.get(name) ?? [];
    if (phases !== undefined) own.push(phases);
    byName.set(name, own);
  }
  const groups = [...byName].map(([name, own]) => {
    const histograms = mergeBioPhases(own);
    return { name, bios: histogramCount(histograms.q2c), phases: byPhase(histograms) };
  });
  return heaviest(groups.filter(({ bios }) => bios > 0).sort((a, b) => (a.name < b.name ? -1 : 1)));
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

function mergeOf({ queuedBios, sizes }: State): Btt["merge"] {
  const issuedRequests = histogramCount(sizes);
  return {
    queuedBios: queuedBios === 0 && issuedRequests > 0 ? null : queuedBios,
    issuedRequests,
    biosPerRequest: issuedRequests === 0 || queuedBios === 0 ? null : queuedBios / issuedRequests,
    minBytes: issuedRequests === 0 ? 0 : histogramMin(sizes),
    meanBytes: issuedRequests === 0 ? 0 : histogramMean(sizes),
    maxBytes: histogramMax(sizes),
    totalBytes: histogramSum(sizes),
  };
}

function finish(state: State, end: ScopeEnd): Btt {
  const all = together([...state.events.byDeviceAndOp, ...state.bios.byDeviceAndOp], state.all);
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
