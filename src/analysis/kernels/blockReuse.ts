import {
  BLOCK_BYTES,
  type BlockSample,
  blockKey,
  groupOf,
  isTooFull,
  isTooLong,
  keepHalf,
  keptKey,
  numberOf,
  startBlockSample,
  weightOf,
} from "./blockSample.ts";
import { addAgain, addFirst, type DistinctOverTime, reachTime, startDistinct } from "./distinctOverTime.ts";
import { accessBlock, keepInCurve, type MissCurve, startMissCurve } from "./missCurve.ts";
import { addReuse, REUSE_KINDS, type Reuses, startReuses } from "./reuseKinds.ts";

export const READ = 0;
export const WRITE = 1;

const FIRST_ROOM = 64;

/** The numbers kept of each block of the sample. */
interface Blocks {
  /** READ or WRITE of the last access; 255 before the first. */
  lastOp: Uint8Array;
  lastNs: Float64Array;
  /** The ordinal of the request of the last access. */
  lastRequest: Float64Array;
  reads: Uint32Array;
  writes: Uint32Array;
}

const NEVER = 255;

/** What becomes of blocks of 4 KiB: when each is read or written again, and what a cache would have kept. */
export interface BlockReuse {
  readonly sample: BlockSample;
  blocks: Blocks;
  /** The block after the last one: neighbours that were new together have neighbouring numbers. */
  likely: number;
  /** Reads and writes so far. */
  requests: number;
  readonly ofAll: MissCurve;
  /** A cache of reads alone, and one of writes alone. */
  readonly ofOp: readonly [MissCurve, MissCurve];
  readonly kinds: readonly Reuses[];
  readonly distinct: DistinctOverTime;
}

export function startBlockReuse(mostBlocks: number, timeBins: number): BlockReuse {
  return {
    sample: startBlockSample(mostBlocks),
    blocks: startBlocks(FIRST_ROOM),
    likely: 0,
    requests: 0,
    ofAll: startMissCurve(),
    ofOp: [startMissCurve(), startMissCurve()],
    kinds: REUSE_KINDS.map(startReuses),
    distinct: startDistinct(timeBins),
  };
}

function startBlocks(room: number): Blocks {
  return {
    lastOp: new Uint8Array(room).fill(NEVER),
    lastNs: new Float64Array(room),
    lastRequest: new Float64Array(room),
    reads: new Uint32Array(room),
    writes: new Uint32Array(room),
  };
}

/** Adds a read or write of at least one byte: an access of each block that it touches. */
export function addAccesses(
  reuse: BlockReuse,
  op: typeof READ | typeof WRITE,
  device: number,
  offset: number,
  length: number,
  atNs: number,
): void {
  const { sample } = reuse;
  const start = blockKey(device, 0);
  const firstKey = start + Math.floor(offset / BLOCK_BYTES);
  const lastKey = start + Math.floor((offset + length - 1) / BLOCK_BYTES);
  while (isTooLong(sample, firstKey, lastKey)) halve(reuse);
  reachTime(reuse.distinct, atNs);
  reuse.ofAll.accesses += lastKey - firstKey + 1;
  reuse.ofOp[op].accesses += lastKey - firstKey + 1;
  const group = weightOf(sample);
  const lastGroup = Math.floor(lastKey / group);
  for (let g = Math.floor(firstKey / group); g <= lastGroup; g++) {
    const key = keptKey(sample, g);
    if (key < firstKey || key > lastKey) continue;
    const from = (key - start) * BLOCK_BYTES;
    const bytes = Math.min(from + BLOCK_BYTES, offset + length) - Math.max(from, offset);
    addAccess(reuse, op, key, bytes, atNs);
  }
  reuse.requests++;
  while (isTooFull(sample)) halve(reuse);
}

function addAccess(reuse: BlockReuse, op: typeof READ | typeof WRITE, key: number, bytes: number, atNs: number): void {
  const { sample, ofAll, ofOp, distinct, requests } = reuse;
  const weight = weightOf(sample);
  const group = weight === 1 ? 0 : groupOf(key);
  const block = numberOf(sample, key, reuse.likely);
  reuse.likely = block + 1;
  if (block >= reuse.blocks.lastOp.length) makeRoom(reuse);
  const { lastOp, lastNs, lastRequest, reads, writes } = reuse.blocks;
  const distance = accessBlock(ofAll, block, group, weight);
  accessBlock(ofOp[op], block, group, weight);
  const earlier = lastOp[block]!;
  if (earlier === NEVER) addFirst(distinct, atNs, weight);
  else {
    const beforeNs = lastNs[block]!;
    const between = requests - lastRequest[block]! - 1;
    addAgain(distinct, beforeNs, atNs, weight);
    addReuse(reuse.kinds[earlier * 2 + op]!, atNs - beforeNs, between, distance, bytes, group, weight);
  }
  lastOp[block] = op;
  lastNs[block] = atNs;
  lastRequest[block] = requests;
  if (op === READ) reads[block]!++;
  else writes[block]!++;
}

function makeRoom(reuse: BlockReuse): void {
  const old = reuse.blocks;
  reuse.blocks = startBlocks(old.lastOp.length * 2);
  for (const name of Object.keys(old) as (keyof Blocks)[]) reuse.blocks[name].set(old[name]);
}

/** Goes on with half of the sample. */
function halve(reuse: BlockReuse): void {
  const { sample, blocks, ofAll, ofOp } = reuse;
  const newNumber = keepHalf(sample);
  for (const curve of [ofAll, ...ofOp]) keepInCurve(curve, newNumber);
  const kept = startBlocks(Math.max(FIRST_ROOM, 2 ** Math.ceil(Math.log2(sample.table.count + 1))));
  for (const [block, number] of newNumber.entries()) {
    if (number < 0) continue;
    for (const name of Object.keys(kept) as (keyof Blocks)[]) kept[name][number] = blocks[name][block]!;
  }
  reuse.blocks = kept;
}
