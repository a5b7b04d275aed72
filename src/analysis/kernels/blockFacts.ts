export const READ = 0;
export const WRITE = 1;
export type Direction = typeof READ | typeof WRITE;

const FIRST_ROOM = 64;

/** Places of a block's numbers: two doubles, then four words in the space of two more. */
export const NUMBERS = 4;
export const LAST_NS = 0;
/** The ordinal of the request of the last access. */
export const LAST_REQUEST = 1;
export const WORDS = 2 * NUMBERS;
/** The slots of its last read and of its last write, 0 for none. */
export const LAST_SLOT = 4;
/** How often it was read, and written. */
export const ACCESSES = 6;

/** What is kept of each block of the sample, side by side: one line of a processor's cache instead of six. */
export interface BlockFacts {
  numbers: Float64Array;
  /** The same memory. */
  words: Int32Array;
}

export function startBlockFacts(): BlockFacts {
  return room(FIRST_ROOM);
}

function room(blocks: number): BlockFacts {
  const numbers = new Float64Array(blocks * NUMBERS);
  return { numbers, words: new Int32Array(numbers.buffer) };
}

/** Makes sure that there are facts of so many blocks, all 0 at first. */
export function reserveBlocks(facts: BlockFacts, blocks: number): void {
  if (blocks * NUMBERS <= facts.numbers.length) return;
  const larger = room(Math.max(blocks, (2 * facts.numbers.length) / NUMBERS));
  larger.words.set(facts.words);
  facts.numbers = larger.numbers;
  facts.words = larger.words;
}

/** What the last access of a block was. */
export function lastDirection({ words }: BlockFacts, block: number): Direction {
  const at = block * WORDS + LAST_SLOT;
  return words[at + READ]! > words[at + WRITE]! ? READ : WRITE;
}

/** How often each of so many blocks was accessed. */
export function accessesOf({ words }: BlockFacts, direction: Direction, blocks: number): Uint32Array {
  const accesses = new Uint32Array(blocks);
  for (let block = 0; block < blocks; block++) accesses[block] = words[block * WORDS + ACCESSES + direction]!;
  return accesses;
}

/** Keeps the blocks that have a new number, -1 for none; these are in the order of the old ones. Slots are forgotten. */
export function keepFacts({ words }: BlockFacts, newNumber: Int32Array): void {
  let kept = 0;
  for (let block = 0; block < newNumber.length; block++) {
    if (newNumber[block]! < 0) continue;
    for (let k = 0; k < WORDS; k++) words[kept * WORDS + k] = words[block * WORDS + k]!;
    words[kept * WORDS + LAST_SLOT + READ] = words[kept * WORDS + LAST_SLOT + WRITE] = 0;
    kept++;
  }
  words.fill(0, kept * WORDS);
}
