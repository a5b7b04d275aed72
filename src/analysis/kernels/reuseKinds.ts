import { GROUPS, spreadOf } from "./blockSample.ts";
import { addManyToHistogram, type LogHistogram, startLogHistogram } from "./logHistogram.ts";

/** What a block's access is to the one before it on the same block: the later is named first. At 2 · earlier + later, reads 0 and writes 1. */
export const REUSE_KINDS = ["readAfterRead", "writeAfterRead", "readAfterWrite", "writeAfterWrite"] as const;

const SECOND_NS = 1e9;
/** 64 MiB in blocks of 4 KiB: what a device's own cache, or a small guest's, may hold. */
const NEAR_BLOCKS = 16384;

/** The accesses of one kind, each of a block of 4 KiB. */
export interface Reuses {
  readonly timeNs: LogHistogram;
  readonly requests: LogHistogram;
  /** Stack distances in blocks. */
  readonly distances: LogHistogram;
  bytes: number;
  withinSecond: number;
  near: number;
  readonly groups: Float64Array;
}

export function startReuses(): Reuses {
  return {
    timeNs: startLogHistogram(),
    requests: startLogHistogram(),
    distances: startLogHistogram(),
    bytes: 0,
    withinSecond: 0,
    near: 0,
    groups: new Float64Array(GROUPS),
  };
}

/** Adds accesses of blocks that each stand for `weight` blocks, with as much between for each; time never runs backwards here. */
export function addReuses(
  reuses: Reuses,
  elapsedNs: number,
  requests: number,
  distance: number,
  bytes: number,
  blocks: number,
  group: number,
  weight: number,
): void {
  const timeNs = Math.max(0, elapsedNs);
  const times = blocks * weight;
  addManyToHistogram(reuses.timeNs, timeNs, times);
  addManyToHistogram(reuses.requests, requests, times);
  addManyToHistogram(reuses.distances, distance, times);
  reuses.bytes += bytes * weight;
  if (timeNs <= SECOND_NS) reuses.withinSecond += times;
  if (distance < NEAR_BLOCKS) reuses.near += times;
  if (weight > 1) reuses.groups[group]! += spreadOf(weight);
}
