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

const SMALLEST_BITS = 12;
const LARGEST_BITS = 24;
const SIZES = LARGEST_BITS - SMALLEST_BITS + 1;

/** Counts by size: partial writes, partial blocks, bytes around what was asked for. */
interface Costs {
  readonly partialWrites: Float64Array;
  readonly partialBlocks: Float64Array;
  readonly paddingBytes: Float64Array;
}

interface State {
  readonly alone: Costs;
  readonly joined: Costs;
  writes: number;
  bytes: number;
  joinedWrites: number;
  /** By device: where its open stretch begins and ends; NaN where there is none. */
  stretches: Float64Array;
}

function startCosts(): Costs {
  return {
    partialWrites: new Float64Array(SIZES),
    partialBlocks: new Float64Array(SIZES),
    paddingBytes: new Float64Array(SIZES),
  };
}

function start(): State {
  return {
    alone: startCosts(),
    joined: startCosts(),
    writes: 0,
    bytes: 0,
    joinedWrites: 0,
    stretches: new Float64Array(0),
  };
}

function add(state: State, { requests, rows, rowCount }: View): void {
  const { op, device, offsetBytes, lengthBytes } = requests;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const length = lengthBytes[i]!;
    if ((op[i] !== OP_CODE.write && op[i] !== OP_CODE.zoneAppend) || !(length > 0)) continue;
    state.writes++;
    state.bytes += length;
    addCost(state.alone, offsetBytes[i]!, length);
    join(state, device[i]!, offsetBytes[i]!, length);
  }
}

/** Adds what a write costs at each size; `|` keeps the lower 32 bits, and blocks need 24. */
function addCost({ partialWrites, partialBlocks, paddingBytes }: Costs, offset: number, length: number): void {
  const from = offset | 0;
  const to = (offset + length) | 0;
  for (let size = 0; size < SIZES; size++) {
    const block = 1 << (SMALLEST_BITS + size);
    const head = from & (block - 1);
    const tail = -to & (block - 1);
    if (head === 0 && tail === 0) continue;
    partialWrites[size]!++;
    partialBlocks[size]! += head > 0 && tail > 0 && head + length > block ? 2 : 1;
    paddingBytes[size]! += head + tail;
  }
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

function addStretch(costs: Costs, stretches: Float64Array, at: number): void {
  addCost(costs, stretches[at]!, stretches[at + 1]! - stretches[at]!);
}

function costAt({ partialWrites, partialBlocks, paddingBytes }: Costs, size: number): Static<typeof Cost> {
  return {
    partialWrites: partialWrites[size]!,
    partialBlocks: partialBlocks[size]!,
    readBytes: partialBlocks[size]! * 2 ** (SMALLEST_BITS + size),
    extraWrittenBytes: paddingBytes[size]!,
  };
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
