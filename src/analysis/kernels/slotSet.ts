import { bitCount } from "./bitCount.ts";

/**
 * A set of slots (whole numbers) that takes only such as are above all it has, and counts how many are above one of them:
 * a bit for each, and a Fenwick tree (Fenwick 1994, Softw. Pract. Exper. 24:327) over words of 32.
 */
export interface SlotSet {
  bits: Uint32Array;
  /** Entry i counts the words that end with word i − 1; entries up to `settled` hold. */
  tree: Int32Array;
  settled: number;
  size: number;
}

export function startSlotSet(slots: number): SlotSet {
  return { bits: new Uint32Array(slots / 32), tree: new Int32Array(slots / 32 + 1), settled: 0, size: 0 };
}

/** How many are above one that is in the set. */
export function countAbove({ bits, tree, size }: SlotSet, slot: number): number {
  const word = slot >>> 5;
  let upTo = bitCount(bits[word]! & (0xffffffff >>> (31 - (slot & 31))));
  for (let i = word; i > 0; i &= i - 1) upTo += tree[i]!;
  return size - upTo;
}

/** Adds neighbours, of which the first is above all others. */
export function appendSlots(set: SlotSet, from: number, count: number): void {
  const end = from + count;
  for (let slot = from; slot < end; slot = endOfWord(slot, end)) set.bits[slot >>> 5]! |= maskOf(slot, end);
  set.size += count;
  const word = (end - 1) >>> 5;
  if (word > set.settled) settle(set, word);
}

/** Takes out neighbours, all of which are in the set. */
export function removeSlots(set: SlotSet, from: number, count: number): void {
  const { bits, tree, settled } = set;
  const end = from + count;
  for (let slot = from; slot < end; ) {
    const next = endOfWord(slot, end);
    bits[slot >>> 5]! &= ~maskOf(slot, end);
    for (let i = (slot >>> 5) + 1; i <= settled; i += i & -i) tree[i]! -= next - slot;
    slot = next;
  }
  set.size -= count;
}

/** Where the word of a slot ends, or the range. */
function endOfWord(slot: number, end: number): number {
  return Math.min((slot | 31) + 1, end);
}

/** The bits of a range that lie in the word of its first slot. */
function maskOf(slot: number, end: number): number {
  return (0xffffffff >>> (32 - (endOfWord(slot, end) - slot))) << (slot & 31);
}

/** Counts the words before this one: each entry is a sum of a word and of entries before it. */
function settle(set: SlotSet, word: number): void {
  const { bits, tree } = set;
  for (let i = set.settled + 1; i <= word; i++) {
    let count = bitCount(bits[i - 1]!);
    for (let part = i - 1; part > (i & (i - 1)); part &= part - 1) count += tree[part]!;
    tree[i] = count;
  }
  set.settled = word;
}

/** Counts anew, after bits were written: none of them is at or after `end`. */
export function recount(set: SlotSet, end: number): void {
  set.size = 0;
  for (let word = 0; word * 32 < end; word++) set.size += bitCount(set.bits[word]!);
  set.settled = 0;
  settle(set, Math.max(0, end - 1) >>> 5);
}

/** The same slots, with room for more. */
export function makeRoomForSlots(set: SlotSet, slots: number): void {
  const { bits, tree } = set;
  set.bits = new Uint32Array(slots / 32);
  set.bits.set(bits);
  set.tree = new Int32Array(slots / 32 + 1);
  set.tree.set(tree);
}
