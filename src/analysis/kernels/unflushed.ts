import { type CountsOverTime, countAt, reach, startCounts } from "./countsOverTime.ts";
import { type DepthOverTime, setDepth, startDepth } from "./depthOverTime.ts";
import { addToHistogram, type LogHistogram, startLogHistogram } from "./logHistogram.ts";
import { withMoreRoom } from "./moreRoom.ts";

/** Numbers kept for each device, beside each other. */
const WRITTEN_BYTES = 0;
const WRITES = 1;
const SAFE_BYTES = 2;
const SAFE_WRITES = 3;
/** What was written at the device's latest moment of writing, and that moment. */
const NOW_BYTES = 4;
const NOW_WRITES = 5;
const NOW_NS = 6;
/** When the previous flush began, and what had been written by then. */
const FLUSH_NS = 7;
const FLUSH_BYTES = 8;
const PER_DEVICE = 9;

/** Of more flushes under way than that, the oldest are taken for ones that never end. */
const MOST_FLUSHES_UNDER_WAY = 4096;

/** What had been written when a flush began. */
interface Covered {
  readonly bytes: number;
  readonly writes: number;
}

/**
 * What the devices have been given and no flush has made durable, over time.
 * All that happens at one moment counts as one change, so that it does not matter in which order it comes:
 * a flush covers what was written before the moment at which it began.
 */
export interface Unflushed {
  readonly bytes: DepthOverTime;
  readonly flushes: CountsOverTime;
  readonly gapNs: LogHistogram;
  readonly flushedBytes: LogHistogram;
  readonly underWay: Map<number, Covered>;
  devices: Float64Array;
  /** The latest moment; NaN before the first one. */
  nowNs: number;
  nowBytes: number;
  nowWrites: number;
  peakBytes: number;
  peakWrites: number;
  peakNs: number;
}

export function startUnflushed(bins: number): Unflushed {
  return {
    bytes: startDepth(bins),
    flushes: startCounts(bins),
    gapNs: startLogHistogram(),
    flushedBytes: startLogHistogram(),
    underWay: new Map(),
    devices: new Float64Array(0),
    nowNs: Number.NaN,
    nowBytes: 0,
    nowWrites: 0,
    peakBytes: 0,
    peakWrites: 0,
    peakNs: Number.NaN,
  };
}

/** Bytes were written that a loss of power would take. */
export function write(state: Unflushed, device: number, bytes: number, atNs: number): void {
  moveTo(state, atNs);
  const at = placeOfDevice(state, device);
  const { devices } = state;
  if (devices[at + NOW_NS] !== atNs) {
    devices[at + NOW_NS] = atNs;
    devices[at + NOW_BYTES] = 0;
    devices[at + NOW_WRITES] = 0;
  }
  devices[at + NOW_BYTES]! += bytes;
  devices[at + NOW_WRITES]!++;
  devices[at + WRITTEN_BYTES]! += bytes;
  devices[at + WRITES]!++;
  state.nowBytes += bytes;
  state.nowWrites++;
}

/** A flush begins, in a row of the trace; it covers what was written before this moment. */
export function beginFlush(state: Unflushed, device: number, row: number, atNs: number): void {
  moveTo(state, atNs);
  const at = placeOfDevice(state, device);
  const { devices, underWay } = state;
  const inThisMoment = devices[at + NOW_NS] === atNs;
  const bytes = devices[at + WRITTEN_BYTES]! - (inThisMoment ? devices[at + NOW_BYTES]! : 0);
  const writes = devices[at + WRITES]! - (inThisMoment ? devices[at + NOW_WRITES]! : 0);
  countFlush(state, at, bytes, atNs);
  underWay.set(row, { bytes, writes });
  if (underWay.size > MOST_FLUSHES_UNDER_WAY) underWay.delete(underWay.keys().next().value!);
}

/** A flush has ended; one that failed has made nothing durable. */
export function endFlush(state: Unflushed, device: number, row: number, atNs: number, failed: boolean): void {
  moveTo(state, atNs);
  const covered = state.underWay.get(row);
  state.underWay.delete(row);
  if (covered !== undefined && !failed) makeDurable(state, placeOfDevice(state, device), covered.bytes, covered.writes);
}

/** A flush of which only the place among the writes is known: it covers all before it. */
export function flushAtOnce(state: Unflushed, device: number, atNs: number): void {
  moveTo(state, atNs);
  const at = placeOfDevice(state, device);
  const { devices } = state;
  countFlush(state, at, devices[at + WRITTEN_BYTES]!, atNs);
  makeDurable(state, at, devices[at + WRITTEN_BYTES]!, devices[at + WRITES]!);
}

function countFlush(
  { flushes, gapNs, flushedBytes, devices }: Unflushed,
  at: number,
  bytes: number,
  atNs: number,
): void {
  countAt(flushes, atNs);
  const gap = atNs - devices[at + FLUSH_NS]!;
  if (gap >= 0) addToHistogram(gapNs, gap);
  addToHistogram(flushedBytes, Math.max(0, bytes - devices[at + FLUSH_BYTES]!));
  devices[at + FLUSH_NS] = atNs;
  devices[at + FLUSH_BYTES] = bytes;
}

function makeDurable(state: Unflushed, at: number, bytes: number, writes: number): void {
  const { devices } = state;
  if (writes <= devices[at + SAFE_WRITES]!) return;
  state.nowBytes -= bytes - devices[at + SAFE_BYTES]!;
  state.nowWrites -= writes - devices[at + SAFE_WRITES]!;
  devices[at + SAFE_BYTES] = bytes;
  devices[at + SAFE_WRITES] = writes;
}

/** Time goes on to a moment that is not before now. */
export function moveTo(state: Unflushed, atNs: number): void {
  if (atNs <= state.nowNs) return;
  if (!Number.isNaN(state.nowNs)) settle(state);
  else reach(state.flushes, atNs);
  state.nowNs = atNs;
}

/** Settles the latest moment; everything is told then. */
export function settle(state: Unflushed): void {
  if (Number.isNaN(state.nowNs)) return;
  setDepth(state.bytes, state.nowNs, state.nowBytes, state.nowBytes);
  reach(state.flushes, state.nowNs);
  if (state.nowBytes <= state.peakBytes) return;
  state.peakBytes = state.nowBytes;
  state.peakWrites = state.nowWrites;
  state.peakNs = state.nowNs;
}

function placeOfDevice(state: Unflushed, device: number): number {
  const at = device * PER_DEVICE;
  if (at >= state.devices.length) makeRoom(state, at);
  return at;
}

function makeRoom(state: Unflushed, at: number): void {
  const from = state.devices.length;
  state.devices = withMoreRoom(state.devices, at + PER_DEVICE);
  for (let device = from; device < state.devices.length; device += PER_DEVICE) {
    state.devices[device + NOW_NS] = Number.NaN;
    state.devices[device + FLUSH_NS] = Number.NaN;
  }
}
