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
  readonly blocks: LogHistogram;
  bytes: number;
  withinSecond: number;
  near: number;
  readonly groups: Float64Array;
}

export function startReuses(): Reuses {
  return {
    timeNs: startLogHistogram(),
    requests: startLogHistogram(),
    blocks: startLogHistogram(),
    bytes: 0,
    withinSecond: 0,
    near: 0,
    groups: new Float64Array(GROUPS),
  };
}

/** Adds an access of a block that stands for `weight` blocks; time never runs backwards here. */
export function addReuse(
  reuses: Reuses,
  elapsedNs: number,
  requests: number,
  blocks: number,
  bytes: number,
  group: number,
  weight: number,
): void {
  const timeNs = Math.max(0, elapsedNs);
  addManyToHistogram(reuses.timeNs, timeNs, weight);
  addManyToHistogram(reuses.requests, requests, weight);
  addManyToHistogram(reuses.blocks, blocks, weight);
  reuses.bytes += bytes * weight;
  if (timeNs <= SECOND_NS) reuses.withinSecond += weight;
  if (blocks < NEAR_BLOCKS) reuses.near += weight;
  if (weight > 1) reuses.groups[group]! += spreadOf(weight);
}
