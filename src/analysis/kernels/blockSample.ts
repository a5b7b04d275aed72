import { addPage, findPage, hashOf, keepPages, type PageTable, startPageTable } from "./pageTable.ts";
import { isStillKept, keptWithin } from "./samplePages.ts";

/** The unit of caches and filesystems: what is told apart. */
export const BLOCK_BYTES = 4096;
/** A device has 2 PiB; the numbers of 16,384 devices fit beside it into a whole number. */
const DEVICE_BLOCKS = 2 ** 39;
const HIGHEST_LEVEL = 32;
/** Random parts of a sample, whose spread tells its error. */
export const GROUPS = 16;
const GROUP_SHIFT = 28;

/**
 * Blocks of all devices, numbered in order of their first touch.
 * While they fit the budget all are kept; beyond, one of each 2^level neighbours, chosen by hash, and what is counted of it
 * stands for 2^level blocks: SHARDS of fixed size (Waldspurger et al., FAST 2015), with rates that are powers of two.
 */
export interface BlockSample {
  readonly mostBlocks: number;
  level: number;
  /** How many blocks each one of the sample stands for: 2^level. */
  weight: number;
  /** 1 / weight, exactly. */
  rate: number;
  readonly table: PageTable;
}

export function startBlockSample(mostBlocks: number): BlockSample {
  return { mostBlocks, level: 0, weight: 1, rate: 1, table: startPageTable() };
}

/** The key of a block of a device. */
export function blockKey(device: number, block: number): number {
  return device * DEVICE_BLOCKS + block;
}

export function deviceOfKey(key: number): number {
  return Math.floor(key / DEVICE_BLOCKS);
}

export function blockOfKey(key: number): number {
  return key % DEVICE_BLOCKS;
}

/** Whether a range of keys alone holds more kept blocks than the budget. */
export function isTooLong({ weight, mostBlocks }: BlockSample, firstKey: number, lastKey: number): boolean {
  if (lastKey - firstKey < mostBlocks) return false;
  return Math.floor((lastKey + 1) / weight) - Math.ceil(firstKey / weight) > mostBlocks;
}

export function isTooFull({ table, mostBlocks, level }: BlockSample): boolean {
  return table.count > mostBlocks && level < HIGHEST_LEVEL;
}

/** The key that is kept of a group of 2^level, where it is one from first to last; else -1. */
export function keptKey({ level, weight }: BlockSample, group: number, firstKey: number, lastKey: number): number {
  return keptWithin(group, level, weight, firstKey, lastKey);
}

/** The number of a kept block; the next one for a block that is new. Where `likely` is right nothing is searched. */
export function numberOf({ table }: BlockSample, key: number, likely: number): number {
  if (likely < table.count && table.keys[likely] === key) return likely;
  const known = findPage(table, key);
  return known >= 0 ? known : addPage(table, key);
}

/** Adds the blocks of a range up to the first that is known; gives how many. */
export function addNew({ table }: BlockSample, firstKey: number, lastKey: number): number {
  let key = firstKey;
  while (key <= lastKey && findPage(table, key) < 0) addPage(table, key++);
  return key - firstKey;
}

/** Which of the random parts a block belongs to. */
export function groupOf(key: number): number {
  return hashOf(key * 2 + 1) >>> GROUP_SHIFT;
}

/** The numbers of the blocks of each random part. */
export function byGroup(numbers: Uint32Array, keys: Float64Array): Uint32Array[] {
  const groups = new Uint8Array(numbers.length);
  const sizes = new Uint32Array(GROUPS);
  for (let block = 0; block < numbers.length; block++) {
    groups[block] = groupOf(keys[block]!);
    sizes[groups[block]!]!++;
  }
  const parts = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  for (let block = 0; block < numbers.length; block++) {
    const group = groups[block]!;
    parts[group]![sizes[group]!++] = numbers[block]!;
  }
  return parts;
}

/** Goes to the next level; gives the new number of each block, -1 for those that are dropped. */
export function keepHalf(sample: BlockSample): Int32Array {
  const { keys, count } = sample.table;
  sample.level++;
  sample.weight *= 2;
  sample.rate /= 2;
  const newNumber = new Int32Array(count);
  let kept = 0;
  for (let block = 0; block < count; block++)
    newNumber[block] = isStillKept(keys[block]!, sample.level, sample.weight) ? kept++ : -1;
  keepPages(sample.table, newNumber);
  return newNumber;
}

/** What a sampled block adds to its group: its weight, less what sampling a part of few spares (the finite population correction). */
export function spreadOf(weight: number): number {
  return Math.sqrt(weight * (weight - 1));
}

/** One standard error of a total, from what the random groups add to it (Wolter, Introduction to Variance Estimation, 2007, ch. 2). */
export function standardError(groups: ArrayLike<number>): number {
  let sum = 0;
  for (let g = 0; g < groups.length; g++) sum += groups[g]!;
  const mean = sum / groups.length;
  let squares = 0;
  for (let g = 0; g < groups.length; g++) squares += (groups[g]! - mean) ** 2;
  return Math.sqrt((squares * groups.length) / (groups.length - 1));
}
