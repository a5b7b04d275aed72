import type { BioBatch } from "../../model/batch.ts";
import { OPS } from "../../model/ops.ts";
import { addBioPhases, type BioPhases, type ChosenBios, mergeBioPhases, startBioPhases } from "./bioPhases.ts";
import { BLOCK_ROWS, putGroup, sortBlock } from "./block.ts";
import { type Places, placeIn, startPlaces } from "./places.ts";

/** Devices, processes and cgroups with figures of their own; those met later are together. */
const MOST_DEVICES = 32;
const MOST_PROCESSES = 32;
const MOST_CGROUPS = 32;
/** Kinds of bios with figures of their own: a device, a process and an op. */
const MOST_KINDS = 64;
const OP_CODES = OPS.length;
const PROCESS_PLACES = MOST_PROCESSES + 1;
const DEVICES_AND_OPS = (MOST_DEVICES + 1) * OP_CODES;
const NO_CGROUP = MOST_CGROUPS + 1;

/** What became of bios with bytes, by device, op, process and cgroup. */
export interface CompletedBios {
  readonly devices: Places;
  readonly processes: Places;
  readonly cgroups: Places;
  /** Places of kinds, by (device · ops + op) · processes + process, as places. */
  readonly kinds: Places;
  /** A bio is counted once, with those of its kind; one of a kind that came late by process, and again by device and op. */
  readonly byKind: BioPhases;
  readonly lateByDeviceAndOp: BioPhases;
  readonly lateByProcess: BioPhases;
  readonly byCgroup: BioPhases;
}

export function startCompletedBios(): CompletedBios {
  return {
    devices: startPlaces(MOST_DEVICES),
    processes: startPlaces(MOST_PROCESSES),
    cgroups: startPlaces(MOST_CGROUPS),
    kinds: startPlaces(MOST_KINDS),
    byKind: startBioPhases(),
    lateByDeviceAndOp: startBioPhases(),
    lateByProcess: startBioPhases(),
    byCgroup: startBioPhases(),
  };
}

// Nothing is kept here from one block to the next.
const chosen: ChosenBios = {
  places: new Uint32Array(BLOCK_ROWS),
  count: 0,
  merged: new Uint16Array(BLOCK_ROWS),
  mergedCount: 0,
};

/** Places of those whose kind came late. */
const late = new Uint32Array(BLOCK_ROWS);

/** Adds the bios of a batch. */
export function addCompletedBios(state: CompletedBios, bios: BioBatch, rows: Uint32Array, rowCount: number): void {
  for (let first = 0; first < rowCount; first += BLOCK_ROWS) {
    choose(bios, rows, first, Math.min(first + BLOCK_ROWS, rowCount));
    addByCgroup(state, bios);
    const lateCount = addByKind(state, bios);
    if (lateCount === 0) continue;
    choose(bios, late, 0, lateCount);
    addLate(state, bios);
  }
}

/** Chooses those with bytes. */
function choose({ lengthBytes, mergeNs }: BioBatch, rows: Uint32Array, first: number, until: number): void {
  const { places, merged } = chosen;
  let count = 0;
  let mergedCount = 0;
  for (let k = first; k < until; k++) {
    const i = rows[k]!;
    if (lengthBytes[i] === 0) continue;
    if (!Number.isNaN(mergeNs[i]!)) merged[mergedCount++] = count;
    places[count++] = i;
  }
  chosen.count = count;
  chosen.mergedCount = mergedCount;
}

function addByCgroup({ cgroups, byCgroup }: CompletedBios, bios: BioBatch): void {
  const { places, count } = chosen;
  if (!isInCgroup(bios)) return;
  for (let k = 0; k < count; k++) {
    const cgroup = bios.cgroup[places[k]!]!;
    putGroup(k, cgroup === 0 ? NO_CGROUP : placeIn(cgroups, cgroup));
  }
  sortBlock(NO_CGROUP + 1, count);
  addBioPhases(byCgroup, bios, chosen, NO_CGROUP);
}

/** Whether any of the chosen bios is. */
function isInCgroup({ cgroup }: BioBatch): boolean {
  const { places, count } = chosen;
  for (let k = 0; k < count; k++) if (cgroup[places[k]!] !== 0) return true;
  return false;
}

/** Gives how many came late. */
function addByKind({ devices, processes, kinds, byKind }: CompletedBios, bios: BioBatch): number {
  const { places, count } = chosen;
  const { device, op, process } = bios;
  let lateCount = 0;
  for (let k = 0; k < count; k++) {
    const i = places[k]!;
    const deviceAndOp = placeIn(devices, device[i]!) * OP_CODES + op[i]!;
    const kind = placeIn(kinds, deviceAndOp * PROCESS_PLACES + placeIn(processes, process[i]!));
    if (kind === MOST_KINDS) late[lateCount++] = i;
    putGroup(k, kind);
  }
  sortBlock(MOST_KINDS + 1, count);
  addBioPhases(byKind, bios, chosen, MOST_KINDS);
  return lateCount;
}

function addLate(state: CompletedBios, bios: BioBatch): void {
  const { places, count } = chosen;
  for (let k = 0; k < count; k++)
    putGroup(k, placeIn(state.devices, bios.device[places[k]!]!) * OP_CODES + bios.op[places[k]!]!);
  sortBlock(DEVICES_AND_OPS, count);
  addBioPhases(state.lateByDeviceAndOp, bios, chosen, DEVICES_AND_OPS);
  for (let k = 0; k < count; k++) putGroup(k, placeIn(state.processes, bios.process[places[k]!]!));
  sortBlock(PROCESS_PLACES, count);
  addBioPhases(state.lateByProcess, bios, chosen, PROCESS_PLACES);
}

type Phases = ReturnType<typeof mergeBioPhases>;

/** The phases of all bios, of a device (by its place), or of an op. */
export function phasesOf(state: CompletedBios, device: number | null, op: number | null): Phases {
  const isOf = (deviceAndOp: number): boolean =>
    (device === null || Math.floor(deviceAndOp / OP_CODES) === device) &&
    (op === null || deviceAndOp % OP_CODES === op);
  const isKindOf = (kind: number): boolean => isOf(Math.floor(state.kinds.met[kind]! / PROCESS_PLACES));
  return mergeBioPhases([
    [state.byKind, isKindOf],
    [state.lateByDeviceAndOp, isOf],
  ]);
}

/** The phases of some processes, by their places. */
export function phasesOfProcesses(
  { kinds, byKind, lateByProcess }: CompletedBios,
  places: ReadonlySet<number>,
): Phases {
  return mergeBioPhases([
    [byKind, (kind) => places.has(kinds.met[kind]! % PROCESS_PLACES)],
    [lateByProcess, (process) => places.has(process)],
  ]);
}

/** The phases of some cgroups, by their places. */
export function phasesOfCgroups({ byCgroup }: CompletedBios, places: ReadonlySet<number>): Phases {
  return mergeBioPhases([[byCgroup, (cgroup) => places.has(cgroup)]]);
}
