import { bitCount } from "./bitCount.ts";

const FIRST_SLOTS = 64;
const NOWHERE = -1;

/**
 * Blocks (whole numbers from 0) in the order of their last use. A use takes the next slot and leaves the old one empty;
 * a Fenwick tree (Fenwick 1994, Softw. Pract. Exper. 24:327) counts the slots in use, 32 to a leaf.
 */
export interface LruStack {
  /** Of each block, or -1. */
  slotOf: Int32Array;
  /** The block that last took each slot. */
  blockAt: Int32Array;
  /** A bit for each slot in use. */
  bits: Uint32Array;
  /** Entry i counts the words that the tree gives it, ending before word i. */
  tree: Int32Array;
  next: number;
  size: number;
}

/** A stack of no block. */
export function startLruStack(): LruStack {
  return { slotOf: new Int32Array(0), ...startSlots(FIRST_SLOTS), size: 0 };
}

function startSlots(slots: number): Pick<LruStack, "blockAt" | "bits" | "tree" | "next"> {
  const words = slots / 32;
  return {
    blockAt: new Int32Array(slots),
    bits: new Uint32Array(words),
    tree: new Int32Array(words + 1),
    next: 0,
  };
}

/** Uses a block; gives its stack distance, the number of other blocks used since its last use, or -1 for its first. */
export function useBlock(stack: LruStack, block: number): number {
  if (block >= stack.slotOf.length) makeRoom(stack, block);
  const slot = stack.slotOf[block]!;
  if (slot !== NOWHERE && slot === stack.next - 1) return 0;
  let distance = -1;
  if (slot === NOWHERE) stack.size++;
  else {
    distance = stack.size - slotsUpTo(stack, slot);
    stack.bits[slot >>> 5]! &= ~(1 << (slot & 31));
    count(stack, slot, -1);
  }
  if (stack.next === stack.blockAt.length) closeUp(stack);
  place(stack, block);
  return distance;
}

function slotsUpTo({ bits, tree }: LruStack, slot: number): number {
  const word = slot >>> 5;
  let slots = bitCount(bits[word]! & (0xffffffff >>> (31 - (slot & 31))));
  for (let i = word; i > 0; i &= i - 1) slots += tree[i]!;
  return slots;
}

function count({ tree }: LruStack, slot: number, change: number): void {
  for (let i = (slot >>> 5) + 1; i < tree.length; i += i & -i) tree[i]! += change;
}

function place(stack: LruStack, block: number): void {
  const slot = stack.next++;
  stack.slotOf[block] = slot;
  stack.blockAt[slot] = block;
  stack.bits[slot >>> 5]! |= 1 << (slot & 31);
  count(stack, slot, 1);
}

function makeRoom(stack: LruStack, block: number): void {
  const slotOf = new Int32Array(Math.max(FIRST_SLOTS, block + 1, stack.slotOf.length * 2)).fill(NOWHERE);
  slotOf.set(stack.slotOf);
  stack.slotOf = slotOf;
}

/** Puts the slots in use next to each other, at the start of an array at most half full. */
function closeUp(stack: LruStack): void {
  const { blockAt, bits, next } = stack;
  let slots = blockAt.length;
  while (slots < 2 * stack.size) slots *= 2;
  Object.assign(stack, startSlots(slots));
  for (let slot = 0; slot < next; slot++)
    if (((bits[slot >>> 5]! >>> (slot & 31)) & 1) === 1) place(stack, blockAt[slot]!);
}

/** Keeps the blocks that have a new number, -1 for none, in their order. */
export function keepInStack(stack: LruStack, newNumber: Int32Array): void {
  const { blockAt, bits, next } = stack;
  Object.assign(stack, startLruStack(), startSlots(blockAt.length));
  for (let slot = 0; slot < next; slot++) {
    if (((bits[slot >>> 5]! >>> (slot & 31)) & 1) === 0) continue;
    const block = newNumber[blockAt[slot]!]!;
    if (block === NOWHERE) continue;
    if (block >= stack.slotOf.length) makeRoom(stack, block);
    stack.size++;
    place(stack, block);
  }
}
