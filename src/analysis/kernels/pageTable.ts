import { scattered } from "./scatter.ts";

const FIRST_CAPACITY = 16;
const FREE = -1;

/** Numbers pages by their keys (whole numbers >= 0) in order of arrival: an open-addressing hash table. */
export interface PageTable {
  /** Key of each page; `count` of them. */
  keys: Float64Array;
  count: number;
  slots: Int32Array;
  /** What leaves of 32 bits those that number a slot. */
  shift: number;
}

/** A table without pages. */
export function startPageTable(): PageTable {
  return { keys: new Float64Array(FIRST_CAPACITY), count: 0, ...startSlots(FIRST_CAPACITY) };
}

function startSlots(capacity: number): Pick<PageTable, "slots" | "shift"> {
  const slots = new Int32Array(capacity * 2).fill(FREE);
  return { slots, shift: Math.clz32(slots.length) + 1 };
}

/** The page of a key, or -1. */
export function findPage({ keys, slots, shift }: PageTable, key: number): number {
  const mask = slots.length - 1;
  for (let place = scattered(key) >>> shift; ; place = (place + 1) & mask) {
    const page = slots[place]!;
    if (page === FREE || keys[page] === key) return page;
  }
}

/** Adds a key that the table lacks; gives its page, which is the next number. */
export function addPage(table: PageTable, key: number): number {
  if (table.count === table.keys.length) makeRoom(table);
  const page = table.count++;
  table.keys[page] = key;
  occupy(table, key, page);
  return page;
}

function occupy({ slots, shift }: PageTable, key: number, page: number): void {
  const mask = slots.length - 1;
  let place = scattered(key) >>> shift;
  while (slots[place] !== FREE) place = (place + 1) & mask;
  slots[place] = page;
}

function makeRoom(table: PageTable): void {
  const keys = new Float64Array(table.keys.length * 2);
  keys.set(table.keys);
  table.keys = keys;
  Object.assign(table, startSlots(keys.length));
  for (let page = 0; page < table.count; page++) occupy(table, keys[page]!, page);
}

/** Keeps the pages that have a new number, -1 for none; these are in the order of the old ones. */
export function keepPages(table: PageTable, newNumber: Int32Array): void {
  const { keys, count, slots } = table;
  slots.fill(FREE);
  table.count = 0;
  for (let page = 0; page < count; page++) {
    if (newNumber[page]! < 0) continue;
    keys[table.count] = keys[page]!;
    occupy(table, keys[page]!, table.count++);
  }
}

/** Spreads a whole number below 2^53 over 32 bits; the multipliers are those of MurmurHash3's finaliser. */
export function hashOf(key: number): number {
  const high = Math.floor(key / 0x1_0000_0000);
  return hashOfHalves(high, key - high * 0x1_0000_0000);
}

/** The same of a number that is there as its digits above 32 and below, as 32-bit numbers. */
export function hashOfHalves(high: number, low: number): number {
  let hash = low ^ Math.imul(high + 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
