import { type BlockFacts, type Direction, LAST_SLOT, READ, WORDS, WRITE } from "./blockFacts.ts";
import {
  appendSlots,
  countAbove,
  makeRoomForSlots,
  recount,
  removeSlots,
  type SlotSet,
  startSlotSet,
} from "./slotSet.ts";

const FIRST_SLOTS = 64;
/** Of a block that was never read, or written. The first slot is 1. */
const NOWHERE = 0;

/**
 * Blocks in the order of their last use: of all uses, of reads alone, and of writes alone.
 * Each use takes the next slot of one axis. A slot stays in use while it is its block's last read or last write.
 */
export interface LruStacks {
  /** They have the slots of each block. */
  readonly facts: BlockFacts;
  readonly all: SlotSet;
  readonly ofDirection: readonly [SlotSet, SlotSet];
  /** The block that took each slot. */
  blockAt: Int32Array;
  next: number;
}

/** Stacks of no block. */
export function startLruStacks(facts: BlockFacts): LruStacks {
  return {
    facts,
    all: startSlotSet(FIRST_SLOTS),
    ofDirection: [startSlotSet(FIRST_SLOTS), startSlotSet(FIRST_SLOTS)],
    blockAt: new Int32Array(FIRST_SLOTS),
    next: NOWHERE + 1,
  };
}

/** Makes sure that so many uses have slots; the slots of all blocks may change. */
export function reserveSlots(stacks: LruStacks, uses: number): void {
  if (stacks.next + uses > stacks.blockAt.length) makeRoom(stacks, uses);
}

/**
 * Takes out blocks that were used one after the other, which nothing came between;
 * gives the stack distance of each, the number of other blocks used since.
 */
export function leaveAll({ all, facts }: LruStacks, block: number, count: number): number {
  const at = block * WORDS + LAST_SLOT;
  const slot = Math.max(facts.words[at + READ]!, facts.words[at + WRITE]!);
  const distance = countAbove(all, slot);
  removeSlots(all, slot, count);
  return distance;
}

/** The same for the reads or writes, of blocks that are `together`; -1: they were never read, or written. */
export function leaveDirection(stacks: LruStacks, direction: Direction, block: number, count: number): number {
  const slot = stacks.facts.words[block * WORDS + LAST_SLOT + direction]!;
  if (slot === NOWHERE) return -1;
  const distance = countAbove(stacks.ofDirection[direction], slot);
  removeSlots(stacks.ofDirection[direction], slot, count);
  return distance;
}

/** How many blocks from this one to before `end` were read (or written) one after the other, or never. */
export function together({ facts }: LruStacks, direction: Direction, block: number, end: number): number {
  const { words } = facts;
  const place = LAST_SLOT + direction;
  let slot = words[block * WORDS + place]!;
  const step = slot === NOWHERE ? 0 : 1;
  let next = block + 1;
  for (; next < end; next++) {
    slot += step;
    if (words[next * WORDS + place] !== slot) break;
  }
  return next - block;
}

/** Puts blocks on top, which are in none of the two stacks. */
export function enter(stacks: LruStacks, direction: Direction, block: number, count: number): void {
  const { facts, all, ofDirection, blockAt, next } = stacks;
  const { words } = facts;
  for (let k = 0; k < count; k++) {
    words[(block + k) * WORDS + LAST_SLOT + direction] = next + k;
    blockAt[next + k] = block + k;
  }
  appendSlots(all, next, count);
  appendSlots(ofDirection[direction], next, count);
  stacks.next = next + count;
}

/** Puts the slots in use next to each other, at the start of an axis at most half full. */
function makeRoom(stacks: LruStacks, uses: number): void {
  closeUp(stacks, null);
  let slots = stacks.blockAt.length;
  while (slots < 2 * stacks.next + uses) slots *= 2;
  if (slots === stacks.blockAt.length) return;
  const blockAt = new Int32Array(slots);
  blockAt.set(stacks.blockAt);
  stacks.blockAt = blockAt;
  for (const set of [stacks.all, ...stacks.ofDirection]) makeRoomForSlots(set, slots);
}

/** Keeps the blocks that have a new number, -1 for none, in their order; the facts have these numbers already, and no slots. */
export function keepInStacks(stacks: LruStacks, newNumber: Int32Array): void {
  closeUp(stacks, newNumber);
}

function closeUp(stacks: LruStacks, newNumber: Int32Array | null): void {
  const { all, ofDirection, blockAt, facts } = stacks;
  const { words } = facts;
  const [reads, writes] = ofDirection;
  let next = NOWHERE + 1;
  for (let word = 0; word * 32 < stacks.next; word++) {
    const ofReads = reads.bits[word]!;
    const ofAll = all.bits[word]!;
    let rest = ofReads | writes.bits[word]!;
    all.bits[word] = reads.bits[word] = writes.bits[word] = 0;
    for (; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      const used = blockAt[word * 32 + 31 - Math.clz32(bit)]!;
      const block = newNumber === null ? used : newNumber[used]!;
      if (block < 0) continue;
      const direction = (ofReads & bit) === 0 ? WRITE : READ;
      words[block * WORDS + LAST_SLOT + direction] = next;
      blockAt[next] = block;
      ofDirection[direction].bits[next >>> 5]! |= 1 << (next & 31);
      if ((ofAll & bit) !== 0) all.bits[next >>> 5]! |= 1 << (next & 31);
      next++;
    }
  }
  stacks.next = next;
  for (const set of [all, reads, writes]) recount(set, next);
}
