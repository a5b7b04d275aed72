import { EVENT_CODE, type EventBatch } from "../../model/batch.ts";
import { OPS } from "../../model/ops.ts";
import {
  addGroup,
  BLOCK_ROWS,
  isEmptyGroup,
  leaveInOrder,
  putGroup,
  putNumber,
  sortBlock,
  turnIntoGaps,
} from "./block.ts";
import {
  addToHistogram,
  copyOfHistogram,
  type LogHistogram,
  mergeHistograms,
  startLogHistogram,
} from "./logHistogram.ts";
import { type Places, placeIn, startPlaces } from "./places.ts";

/** Devices and processes with figures of their own; those met later are together. */
const MOST_DEVICES = 32;
const MOST_PROCESSES = 32;

// Hot code reads constants of its own file.
const BIO_QUEUED = EVENT_CODE.bioQueued;
const REMAPPED = EVENT_CODE.remapped;
const OP_CODES = OPS.length;

/** Times between neighbours among some queued bios. */
interface QueueGaps {
  q2q: LogHistogram;
  previousNs: number;
}

/** The gaps of each device, process or op. While there is only one, they are those of all. */
interface GapsBy {
  readonly places: Places;
  readonly gaps: QueueGaps[];
}

/** Bios with bytes when they are queued. */
export interface QueuedBios {
  readonly all: QueueGaps;
  readonly byOp: GapsBy;
  readonly byDevice: GapsBy;
  readonly byProcess: GapsBy;
  /** q2a at device · ops + op. */
  readonly remapped: (LogHistogram | undefined)[];
  count: number;
}

export function startQueuedBios(): QueuedBios {
  const gapsBy = (most: number): GapsBy => ({ places: startPlaces(most), gaps: [] });
  return {
    all: startGaps(),
    byOp: gapsBy(OP_CODES),
    byDevice: gapsBy(MOST_DEVICES),
    byProcess: gapsBy(MOST_PROCESSES),
    remapped: [],
    count: 0,
  };
}

function startGaps(): QueueGaps {
  return { q2q: startLogHistogram(), previousNs: Number.NaN };
}

// Nothing is kept in these from one block to the next.
const timeNs = new Float64Array(BLOCK_ROWS);
const opPlace = new Uint8Array(BLOCK_ROWS);
const devicePlace = new Uint8Array(BLOCK_ROWS);
const processPlace = new Uint8Array(BLOCK_ROWS);

/** Adds the events of a batch. */
export function addQueuedBios(state: QueuedBios, events: EventBatch, rows: Uint32Array, rowCount: number): void {
  for (let first = 0; first < rowCount; first += BLOCK_ROWS) {
    const count = choose(state, events, rows, first, Math.min(first + BLOCK_ROWS, rowCount));
    addGaps(state, state.byOp, opPlace, count);
    addGaps(state, state.byDevice, devicePlace, count);
    addGaps(state, state.byProcess, processPlace, count);
    leaveInOrder(count);
    putTimes(count);
    addGapsOfGroup(state.all, 0);
    state.count += count;
  }
}

/** Chooses the bios with bytes that were queued, and adds those that were remapped. */
function choose(state: QueuedBios, events: EventBatch, rows: Uint32Array, first: number, until: number): number {
  const [ops, devices, processes] = [state.byOp.places, state.byDevice.places, state.byProcess.places];
  const { kind, op, device, lengthBytes, extra } = events;
  let count = 0;
  for (let k = first; k < until; k++) {
    const i = rows[k]!;
    if (lengthBytes[i] === 0) continue;
    if (kind[i] === BIO_QUEUED) {
      timeNs[count] = events.timeNs[i]!;
      opPlace[count] = placeIn(ops, op[i]!);
      devicePlace[count] = placeIn(devices, device[i]!);
      processPlace[count] = placeIn(processes, extra[i]!);
      count++;
    } else if (kind[i] === REMAPPED) addRemapped(state, placeIn(devices, device[i]!) * OP_CODES + op[i]!, extra[i]!);
  }
  return count;
}

function putTimes(count: number): void {
  for (let k = 0; k < count; k++) putNumber(k, timeNs[k]!);
}

/** Adds gaps by group, before the same bios are added to those of all. */
function addGaps({ all }: QueuedBios, { places, gaps }: GapsBy, placeOf: Uint8Array, count: number): void {
  if (places.met.length < 2) {
    gaps[0] = all;
    return;
  }
  if (gaps[0] === all) gaps[0] = { q2q: copyOfHistogram(all.q2q), previousNs: all.previousNs };
  for (let k = 0; k < count; k++) putGroup(k, placeOf[k]!);
  sortBlock(places.most + 1, count);
  putTimes(count);
  for (let place = 0; place <= places.most; place++) {
    if (isEmptyGroup(place)) continue;
    while (gaps.length <= place) gaps.push(startGaps());
    addGapsOfGroup(gaps[place]!, place);
  }
}

/** As in btt, a pair that does not increase counts as 1 ns. */
function addGapsOfGroup(gaps: QueueGaps, group: number): void {
  gaps.previousNs = turnIntoGaps(group, gaps.previousNs);
  addGroup(gaps.q2q, group);
}

function addRemapped({ remapped }: QueuedBios, place: number, q2a: number): void {
  if (!(q2a >= 0)) return;
  while (remapped.length <= place) remapped.push(undefined);
  remapped[place] ??= startLogHistogram();
  addToHistogram(remapped[place]!, q2a);
}

/** q2q of a device, a process or an op, where it was met. */
export function gapsOf({ places, gaps }: GapsBy, index: number): LogHistogram | undefined {
  return gaps[places.met.indexOf(index)]?.q2q;
}

/** q2a of all bios, of a device, or of an op. */
export function remappedOf({ remapped, byDevice }: QueuedBios, device: number | null, op: number | null): LogHistogram {
  const ofDevice = device === null ? null : byDevice.places.met.indexOf(device);
  const own = remapped.filter(
    (_, place) =>
      (ofDevice === null || Math.floor(place / OP_CODES) === ofDevice) && (op === null || place % OP_CODES === op),
  );
  return mergeHistograms(own.filter((histogram) => histogram !== undefined));
}
