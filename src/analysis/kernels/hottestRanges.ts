import { BLOCK_BYTES, type BlockSample, blockOfKey, deviceOfKey } from "./blockSample.ts";

const MOST_BLOCKS = 64;
const MOST_RANGES = 8;
const FEWEST_ACCESSES = 2;

/** Neighbouring blocks, and how often one of them was read or written. */
export interface HotRange {
  readonly device: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly readAccesses: number;
  readonly writeAccesses: number;
}

/** The 64 hottest blocks, neighbours joined: the 8 ranges with the most accesses, hottest first. */
export function hottestRanges({ table: { keys } }: BlockSample, reads: Uint32Array, writes: Uint32Array): HotRange[] {
  const hottest = hottestBlocks(keys, reads, writes).sort((a, b) => keys[a]! - keys[b]!);
  const ranges: HotRange[] = [];
  for (const block of hottest) {
    const range = rangeOf(keys[block]!, reads[block]!, writes[block]!);
    const before = ranges.at(-1);
    if (before !== undefined && follows(range, before)) ranges[ranges.length - 1] = joined(before, range);
    else ranges.push(range);
  }
  const total = ({ readAccesses, writeAccesses }: HotRange) => readAccesses + writeAccesses;
  return ranges.sort((a, b) => total(b) - total(a)).slice(0, MOST_RANGES);
}

/** Blocks with the most accesses; of equals those with the smallest keys. */
function hottestBlocks(keys: Float64Array, reads: Uint32Array, writes: Uint32Array): number[] {
  const hottest: number[] = [];
  const accesses = (block: number) => reads[block]! + writes[block]!;
  for (let block = 0; block < reads.length; block++) {
    const own = accesses(block);
    if (own < FEWEST_ACCESSES) continue;
    let place = hottest.length;
    for (; place > 0; place--) {
      const other = hottest[place - 1]!;
      const more = own - accesses(other);
      if (more < 0 || (more === 0 && keys[block]! > keys[other]!)) break;
    }
    if (place === MOST_BLOCKS) continue;
    hottest.splice(place, 0, block);
    if (hottest.length > MOST_BLOCKS) hottest.pop();
  }
  return hottest;
}

function rangeOf(key: number, readAccesses: number, writeAccesses: number): HotRange {
  const offsetBytes = blockOfKey(key) * BLOCK_BYTES;
  return { device: deviceOfKey(key), offsetBytes, lengthBytes: BLOCK_BYTES, readAccesses, writeAccesses };
}

function follows(range: HotRange, before: HotRange): boolean {
  return range.device === before.device && range.offsetBytes === before.offsetBytes + before.lengthBytes;
}

function joined(before: HotRange, range: HotRange): HotRange {
  return {
    ...before,
    lengthBytes: before.lengthBytes + range.lengthBytes,
    readAccesses: before.readAccesses + range.readAccesses,
    writeAccesses: before.writeAccesses + range.writeAccesses,
  };
}
