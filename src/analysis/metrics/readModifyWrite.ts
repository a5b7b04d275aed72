import { type Static, Type } from "typebox";
import { OP_CODE } from "../../model/ops.ts";
import { withMoreRoom } from "../kernels/moreRoom.ts";
import { defineMetric, type View } from "../metric.ts";
import { Count } from "../schemas.ts";

const Cost = Type.Object({
  /** Writes (joined: stretches) that cover a block of the device in part. */
  partialWrites: Count,
  /** Blocks that a write covers in part, each counted once a write. */
  partialBlocks: Count,
  /** Bytes that the device reads before: each partial block as a whole. */
  readBytes: Count,
  /** Bytes that it writes beyond those asked for. */
  extraWrittenBytes: Count,
});

/**
 * What a device that writes blocks of a size only would have to read and write besides: for physical blocks, the stripes
 * of a RAID, the pages and erase blocks of flash. An estimate: the blocks begin at multiples of their size, and nothing waits in a cache of the device.
 * `alone` takes each write by itself; `joined` takes writes as one that follow each other on a device without a gap.
 */
export const ReadModifyWrite = Type.Object({
  /** Writes and zone appends with bytes. */
  writes: Count,
  bytes: Count,
  /** Stretches that those writes are when joined. */
  joinedWrites: Count,
  /** Thirteen sizes, 4 KiB to 16 MiB, each double the one before. */
  byBlock: Type.Array(Type.Object({ blockBytes: Count, alone: Cost, joined: Cost })),
});
export type ReadModifyWrite = Static<typeof ReadModifyWrite>;

/** Constants of this module are folded into the code; imported ones are loaded each time. */
const WRITE = OP_CODE.write;
const ZONE_APPEND = OP_CODE.zoneAppend;

const SMALLEST_BITS = 12;
const LARGEST_BITS = 24;
const SIZES = LARGEST_BITS - SMALLEST_BITS + 1;

const SMALLEST = 2 ** SMALLEST_BITS;
const LARGEST = 2 ** LARGEST_BITS;
const BLOCKS_IN_LARGEST = 2 ** (SIZES - 1);

/**
 * What writes leave over at their ends, in tables from which the cost at every size follows.
 * The head of a write lies in its first block before it, the tail in its last block behind it.
 */
interface Ends {
  /** Writes by the zeros at the end of both offsets in binary: how large blocks may be that it covers in whole. */
  readonly byZeros: Float64Array;
  /** Writes with two partial blocks, by the binary digits of the block: how many more than of the size before. */
  readonly moreWithTwo: Float64Array;
  /** Heads and tails by the smallest blocks in them, in a largest block. */
  readonly byBlocks: Float64Array;
  /** Bytes of heads and tails beside whole smallest blocks. */
  besideBytes: number;
}

interface State {
  readonly alone: Ends;
  readonly joined: Ends;
  writes: number;
  bytes: number;
  joinedWrites: number;
  /** By device: where its open stretch begins and ends; NaN where there is none. */
  stretches: Float64Array;
}

function startEnds(): Ends {
  return {
    byZeros: new Float64Array(LARGEST_BITS + 1),
    moreWithTwo: new Float64Array(LARGEST_BITS + 2),
    byBlocks: new Float64Array(BLOCKS_IN_LARGEST),
    besideBytes: 0,
  };
}

function start(): State {
  return {
    alone: startEnds(),
    joined: startEnds(),
    writes: 0,
    bytes: 0,
    joinedWrites: 0,
    stretches: new Float64Array(0),
  };
}

function add(state: State, { requests, rows, rowCount }: View): void {
  const { op, device, offsetBytes, lengthBytes } = requests;
  const { alone } = state;
  let writes = 0;
  let bytes = 0;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const length = lengthBytes[i]!;
    if ((op[i] !== WRITE && op[i] !== ZONE_APPEND) || !(length > 0)) continue;
    const offset = offsetBytes[i]!;
    writes++;
    bytes += length;
    addEnds(alone, offset, length);
    join(state, device[i]!, offset, length);
  }
  state.writes += writes;
  state.bytes += bytes;
}

/** `|` keeps the lower 32 binary digits, and blocks need 24. */
function addEnds(ends: Ends, offset: number, length: number): void {
  const { byZeros, moreWithTwo, byBlocks } = ends;
  const from = offset | 0;
  const to = (offset + length) | 0;
  const zerosOfFrom = zerosAtEnd(from);
  const zerosOfTo = zerosAtEnd(to);
  byZeros[Math.min(zerosOfFrom, zerosOfTo)]!++;
  const firstWithTwo = Math.max(zerosOfFrom, zerosOfTo) + 1;
  const lastWithTwo = length < LARGEST ? Math.min(31 - Math.clz32(from ^ to), LARGEST_BITS) : LARGEST_BITS;
  if (firstWithTwo <= lastWithTwo) {
    moreWithTwo[firstWithTwo]!++;
    moreWithTwo[lastWithTwo + 1]!--;
  }
  byBlocks[(from >>> SMALLEST_BITS) & (BLOCKS_IN_LARGEST - 1)]!++;
  byBlocks[(-to >>> SMALLEST_BITS) & (BLOCKS_IN_LARGEST - 1)]!++;
  ends.besideBytes += (from & (SMALLEST - 1)) + (-to & (SMALLEST - 1));
}

/** At most those of the largest block. */
function zerosAtEnd(offset: number): number {
  const bits = offset | LARGEST;
  return 31 - Math.clz32(bits & -bits);
}

function join(state: State, device: number, offset: number, length: number): void {
  const at = device * 2;
  if (at >= state.stretches.length) state.stretches = withMoreRoom(state.stretches, at + 2, Number.NaN);
  const { stretches } = state;
  if (stretches[at + 1] !== offset) {
    if (!Number.isNaN(stretches[at]!)) addStretch(state.joined, stretches, at);
    stretches[at] = offset;
    state.joinedWrites++;
  }
  stretches[at + 1] = offset + length;
}

function addStretch(ends: Ends, stretches: Float64Array, at: number): void {
  addEnds(ends, stretches[at]!, stretches[at + 1]! - stretches[at]!);
}

function costAt({ byZeros, moreWithTwo, byBlocks, besideBytes }: Ends, size: number): Static<typeof Cost> {
  const bits = SMALLEST_BITS + size;
  const partialWrites = sum(byZeros.subarray(0, bits));
  const partialBlocks = partialWrites + sum(moreWithTwo.subarray(0, bits + 1));
  const blocks = blocksBelow(byBlocks, 2 ** size);
  return {
    partialWrites,
    partialBlocks,
    readBytes: partialBlocks * 2 ** bits,
    extraWrittenBytes: besideBytes + blocks * SMALLEST,
  };
}

/** Smallest blocks in all heads and tails, of each what is left beside whole blocks of so many. */
function blocksBelow(byBlocks: Float64Array, size: number): number {
  let blocks = 0;
  for (let count = 0; count < byBlocks.length; count++) blocks += byBlocks[count]! * (count & (size - 1));
  return blocks;
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

function finish(state: State): ReadModifyWrite {
  const { alone, joined, writes, bytes, joinedWrites, stretches } = state;
  for (let at = 0; at < stretches.length; at += 2) {
    if (Number.isNaN(stretches[at]!)) continue;
    addStretch(joined, stretches, at);
    stretches[at] = Number.NaN;
  }
  const byBlock = Array.from({ length: SIZES }, (_, size) => ({
    blockBytes: 2 ** (SMALLEST_BITS + size),
    alone: costAt(alone, size),
    joined: costAt(joined, size),
  }));
  return { writes, bytes, joinedWrites, byBlock };
}

export const readModifyWrite = defineMetric({
  id: "readModifyWrite",
  schema: ReadModifyWrite,
  weight: "light",
  needs: [],
  start,
  add,
  finish,
});
