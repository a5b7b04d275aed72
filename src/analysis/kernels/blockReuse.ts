import type { RequestBatch } from "../../model/batch.ts";
import { OP_CODE, OPS } from "../../model/ops.ts";
import {
  ACCESSES,
  type BlockFacts,
  type Direction,
  keepFacts,
  LAST_NS,
  LAST_REQUEST,
  lastDirection,
  NUMBERS,
  READ,
  reserveBlocks,
  startBlockFacts,
  WORDS,
  WRITE,
} from "./blockFacts.ts";
import {
  addNew,
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
} from "./blockSample.ts";
import { addAgain, addFirst, type DistinctOverTime, reachTime, startDistinct } from "./distinctOverTime.ts";
import {
  enter,
  keepInStacks,
  type LruStacks,
  leaveAll,
  leaveDirection,
  reserveSlots,
  startLruStacks,
  together,
} from "./lruStacks.ts";
import { addToCurve, type MissCurve, startMissCurve } from "./missCurve.ts";
import { addReuses, REUSE_KINDS, type Reuses, startReuses } from "./reuseKinds.ts";

const NEITHER = 255;
const DIRECTION = new Uint8Array(OPS.length).fill(NEITHER);
DIRECTION[OP_CODE.read] = READ;
DIRECTION[OP_CODE.write] = WRITE;
DIRECTION[OP_CODE.zoneAppend] = WRITE;

/** The read or write at hand: large numbers that were handed on in calls would be allocated for it. */
interface AtHand {
  direction: Direction;
  /** Its ordinal among reads and writes. */
  ordinal: number;
  /** The key of the device's block 0. */
  startKey: number;
  offset: number;
  end: number;
  atNs: number;
}

/** What becomes of blocks of 4 KiB: when each is read or written again, and what a cache would have kept. */
export interface BlockReuse {
  readonly sample: BlockSample;
  readonly facts: BlockFacts;
  readonly stacks: LruStacks;
  /** The block after the last one: neighbours that were new together have neighbouring numbers. */
  likely: number;
  readonly atHand: AtHand;
  readonly ofAll: MissCurve;
  /** A cache of reads alone, and one of writes alone. */
  readonly ofDirection: readonly [MissCurve, MissCurve];
  readonly kinds: readonly Reuses[];
  readonly distinct: DistinctOverTime;
}

export function startBlockReuse(mostBlocks: number, timeBins: number): BlockReuse {
  const facts = startBlockFacts();
  const unknown = Number.NaN;
  return {
    sample: startBlockSample(mostBlocks),
    facts,
    stacks: startLruStacks(facts),
    likely: 0,
    atHand: { direction: READ, ordinal: 0, startKey: unknown, offset: unknown, end: unknown, atNs: unknown },
    ofAll: startMissCurve(),
    ofDirection: [startMissCurve(), startMissCurve()],
    kinds: REUSE_KINDS.map(startReuses),
    distinct: startDistinct(timeBins),
  };
}

/** Adds the reads and writes of at least one byte: each is an access of every block that it touches. */
export function addRequests(
  reuse: BlockReuse,
  { op, device, offsetBytes, lengthBytes, issueNs }: RequestBatch,
  rows: Uint32Array,
  rowCount: number,
): void {
  const { sample, atHand, ofAll, ofDirection, distinct } = reuse;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const direction = DIRECTION[op[i]!]! as Direction | typeof NEITHER;
    const length = lengthBytes[i]!;
    if (direction === NEITHER || !(length > 0)) continue;
    const startKey = blockKey(device[i]!, 0);
    const offset = offsetBytes[i]!;
    const atNs = issueNs[i]!;
    const firstKey = startKey + Math.floor(offset / BLOCK_BYTES);
    const lastKey = startKey + Math.floor((offset + length - 1) / BLOCK_BYTES);
    atHand.direction = direction;
    atHand.ordinal++;
    atHand.startKey = startKey;
    atHand.offset = offset;
    atHand.end = offset + length;
    atHand.atNs = atNs;
    reachTime(distinct, atNs);
    ofAll.accesses += lastKey - firstKey + 1;
    ofDirection[direction].accesses += lastKey - firstKey + 1;
    if (lastKey - firstKey >= sample.mostBlocks) halveFor(reuse, firstKey, lastKey);
    if (sample.level === 0) addRuns(reuse, firstKey, lastKey);
    else addSampled(reuse, firstKey, lastKey);
  }
}

/** Before a request that alone may have too many blocks. */
function halveFor(reuse: BlockReuse, firstKey: number, lastKey: number): void {
  while (isTooLong(reuse.sample, firstKey, lastKey)) halve(reuse);
}

/** All blocks: at once those that are new, and those that were last accessed by one request. */
function addRuns(reuse: BlockReuse, firstKey: number, lastKey: number): void {
  const { sample } = reuse;
  for (let key = firstKey; key <= lastKey; ) {
    const known = sample.table.count;
    const block = numberOf(sample, key, reuse.likely);
    const isNew = block === known;
    const count = isNew ? 1 + addNew(sample, key + 1, lastKey) : lastTogether(reuse, block, key, lastKey);
    if (isNew) addFirstAccesses(reuse, block, count, 0);
    else addLaterAccesses(reuse, block, count, 0, bytesIn(reuse.atHand, key, count));
    key += count;
  }
  while (isTooFull(sample)) halve(reuse);
}

/** The blocks of the sample, one by one. */
function addSampled(reuse: BlockReuse, firstKey: number, lastKey: number): void {
  const { sample } = reuse;
  const { rate, table } = sample;
  const lastGroup = Math.floor(lastKey * rate);
  for (let group = Math.floor(firstKey * rate); group <= lastGroup; group++) {
    const key = keptKey(sample, group, firstKey, lastKey);
    if (key < 0) continue;
    const known = table.count;
    const block = numberOf(sample, key, reuse.likely);
    if (block === known) addFirstAccesses(reuse, block, 1, groupOf(key));
    else addLaterAccesses(reuse, block, 1, groupOf(key), bytesIn(reuse.atHand, key, 1));
  }
  while (isTooFull(sample)) halve(reuse);
}

/** How many bytes of a request lie in so many blocks. */
function bytesIn({ startKey, offset, end }: AtHand, key: number, count: number): number {
  const from = (key - startKey) * BLOCK_BYTES;
  return Math.min(from + count * BLOCK_BYTES, end) - Math.max(from, offset);
}

/** How many blocks from this one on were last accessed by the same request. */
function lastTogether({ sample, facts }: BlockReuse, block: number, key: number, lastKey: number): number {
  const { keys, count } = sample.table;
  const { numbers } = facts;
  const request = numbers[block * NUMBERS + LAST_REQUEST]!;
  const end = Math.min(block + (lastKey - key) + 1, count);
  let next = block + 1;
  while (next < end && numbers[next * NUMBERS + LAST_REQUEST] === request && keys[next] === key + (next - block))
    next++;
  return next - block;
}

/** Blocks that are new. */
function addFirstAccesses(reuse: BlockReuse, block: number, count: number, group: number): void {
  const { atHand, sample, facts, stacks } = reuse;
  reserveBlocks(facts, block + count);
  reserveSlots(stacks, count);
  addToCurve(reuse.ofAll, -1, count, group, sample.weight);
  addToCurve(reuse.ofDirection[atHand.direction], -1, count, group, sample.weight);
  addFirst(reuse.distinct, count * sample.weight);
  noteAccesses(reuse, block, count);
}

/** Blocks that were last accessed together. */
function addLaterAccesses(reuse: BlockReuse, block: number, count: number, group: number, bytes: number): void {
  const { atHand, sample, facts, stacks } = reuse;
  const { weight } = sample;
  const { direction } = atHand;
  reserveSlots(stacks, count);
  const kind = reuse.kinds[2 * lastDirection(facts, block) + direction]!;
  const distance = leaveAll(stacks, block, count) * weight;
  const beforeNs = facts.numbers[block * NUMBERS + LAST_NS]!;
  const between = atHand.ordinal - facts.numbers[block * NUMBERS + LAST_REQUEST]! - 1;
  addToCurve(reuse.ofAll, distance, count, group, weight);
  addAgain(reuse.distinct, beforeNs, count * weight);
  addReuses(kind, atHand.atNs - beforeNs, between, distance, bytes, count, group, weight);
  leaveOwn(reuse, block, block + count, group);
  noteAccesses(reuse, block, count);
}

/** Takes blocks out of the stack of reads, or of writes, in which they need not have been together. */
function leaveOwn({ stacks, atHand, ofDirection, sample }: BlockReuse, from: number, end: number, group: number): void {
  const { direction } = atHand;
  for (let block = from; block < end; ) {
    const count = together(stacks, direction, block, end);
    const distance = leaveDirection(stacks, direction, block, count);
    const others = distance < 0 ? -1 : (distance + block - from) * sample.weight;
    addToCurve(ofDirection[direction], others, count, group, sample.weight);
    block += count;
  }
}

function noteAccesses(reuse: BlockReuse, from: number, count: number): void {
  const { atHand, stacks } = reuse;
  const { numbers, words } = reuse.facts;
  const { direction, ordinal, atNs } = atHand;
  reuse.likely = from + count;
  enter(stacks, direction, from, count);
  for (let block = from; block < from + count; block++) {
    numbers[block * NUMBERS + LAST_NS] = atNs;
    numbers[block * NUMBERS + LAST_REQUEST] = ordinal;
    words[block * WORDS + ACCESSES + direction]!++;
  }
}

/** Goes on with half of the sample. */
function halve({ sample, facts, stacks }: BlockReuse): void {
  const newNumber = keepHalf(sample);
  keepFacts(facts, newNumber);
  keepInStacks(stacks, newNumber);
}
