import { bitCount } from "./bitCount.ts";
import { addPage, findPage, type PageTable, startPageTable } from "./pageTable.ts";
import { isKept, keptOf } from "./samplePages.ts";

const PAGE_SECTORS = 2048;
const WORDS = PAGE_SECTORS / 32;
/** Sectors lie below 2^44, pages below 2^33. */
const PAGE_KEYS = 2 ** 33;
const HIGHEST_LEVEL = 32;

/**
 * One bit for each sector of each plane, in pages that exist where something was touched.
 * While the touched pages fit the budget every page is kept; beyond, one of each 2^level neighbours, so that `level` follows
 * from the set of ranges, not from their order.
 */
export interface BitPages {
  readonly mostPages: number;
  level: number;
  table: PageTable;
  words: Int32Array;
  /** Bits set in each page. */
  set: Uint16Array;
}

/** Planes without a bit set. */
export function startBitPages(mostPages: number): BitPages {
  return { mostPages, level: 0, table: startPageTable(), words: new Int32Array(0), set: new Uint16Array(0) };
}

/** Sets the bits of the sectors from first to last, both included, in one plane. */
export function setBits(pages: BitPages, plane: number, first: number, last: number): void {
  const page = Math.floor(first / PAGE_SECTORS);
  const start = page * PAGE_SECTORS;
  if (last - start >= PAGE_SECTORS) setBitsOfPages(pages, plane, first, last);
  else if (pages.level === 0 || isKept(page, pages.level)) {
    fill(pages, pageOf(pages, plane * PAGE_KEYS + page), first - start, last - start);
    keepToBudget(pages);
  }
}

function setBitsOfPages(pages: BitPages, plane: number, first: number, last: number): void {
  const firstPage = Math.floor(first / PAGE_SECTORS);
  const lastPage = Math.floor(last / PAGE_SECTORS);
  while (wholeGroups(firstPage, lastPage, pages.level) > pages.mostPages) keepHalf(pages);
  const group = 2 ** pages.level;
  const lastGroup = Math.floor(lastPage / group);
  for (let g = Math.floor(firstPage / group); g <= lastGroup; g++) {
    const page = keptOf(g, pages.level);
    if (page < firstPage || page > lastPage) continue;
    const start = page * PAGE_SECTORS;
    const index = pageOf(pages, plane * PAGE_KEYS + page);
    fill(pages, index, Math.max(first - start, 0), Math.min(last - start, PAGE_SECTORS - 1));
  }
  keepToBudget(pages);
}

function keepToBudget(pages: BitPages): void {
  while (pages.table.count > pages.mostPages && pages.level < HIGHEST_LEVEL) keepHalf(pages);
}

/** Groups of which every page lies in the range: each has a kept page there. */
function wholeGroups(firstPage: number, lastPage: number, level: number): number {
  const group = 2 ** level;
  return Math.floor((lastPage + 1) / group) - Math.ceil(firstPage / group);
}

function fill({ words, set }: BitPages, index: number, from: number, to: number): void {
  if (set[index] === PAGE_SECTORS) return;
  const firstWord = from >>> 5;
  const lastWord = to >>> 5;
  let added = 0;
  for (let word = firstWord; word <= lastWord; word++) {
    let mask = 0xffffffff;
    if (word === firstWord) mask &= 0xffffffff << (from & 31);
    if (word === lastWord) mask &= 0xffffffff >>> (31 - (to & 31));
    const old = words[index * WORDS + word]!;
    words[index * WORDS + word] = old | mask;
    added += bitCount(mask & ~old);
  }
  set[index]! += added;
}

function pageOf(pages: BitPages, key: number): number {
  const known = findPage(pages.table, key);
  if (known >= 0) return known;
  const index = addPage(pages.table, key);
  if (index >= pages.set.length) makeRoom(pages);
  return index;
}

function makeRoom(pages: BitPages): void {
  const room = roomFor(pages);
  const words = new Int32Array(room * WORDS);
  words.set(pages.words);
  const set = new Uint16Array(room);
  set.set(pages.set);
  pages.words = words;
  pages.set = set;
}

/** Twice as many pages; where the budget ends, one more than it allows, which is where half of them go. */
function roomFor({ set, mostPages }: BitPages): number {
  const doubled = Math.max(4, set.length * 2);
  return set.length <= mostPages ? Math.min(doubled, mostPages + 1) : doubled;
}

/** Goes to the next level and drops the pages that it does not keep; the others move up in their order. */
function keepHalf(pages: BitPages): void {
  const { table, words, set } = pages;
  pages.table = startPageTable();
  pages.level++;
  for (let page = 0; page < table.count; page++) {
    const key = table.keys[page]!;
    if (!isKept(key % PAGE_KEYS, pages.level)) continue;
    const index = addPage(pages.table, key);
    words.copyWithin(index * WORDS, page * WORDS, (page + 1) * WORDS);
    set[index] = set[page]!;
  }
  words.fill(0, pages.table.count * WORDS);
  set.fill(0, pages.table.count);
}

/** Sectors set in each kept page of a plane. */
export function sectorsByPage({ table, set }: BitPages, isPlane: (plane: number) => boolean): number[] {
  const counts: number[] = [];
  for (let page = 0; page < table.count; page++)
    if (isPlane(Math.floor(table.keys[page]! / PAGE_KEYS))) counts.push(set[page]!);
  return counts;
}

/** Sectors set in each kept page of one plane or of another: `otherOf` gives the plane to join, or -1 for planes that are not counted. */
export function joinedByPage(pages: BitPages, otherOf: (plane: number) => number): number[] {
  const { table, words, set } = pages;
  const counts: number[] = [];
  for (let page = 0; page < table.count; page++) {
    const key = table.keys[page]!;
    const plane = Math.floor(key / PAGE_KEYS);
    const otherPlane = otherOf(plane);
    if (otherPlane < 0) continue;
    const other = findPage(table, key + (otherPlane - plane) * PAGE_KEYS);
    if (other < 0) counts.push(set[page]!);
    else if (plane < otherPlane) counts.push(joined(words, page, other));
  }
  return counts;
}

function joined(words: Int32Array, page: number, other: number): number {
  let count = 0;
  for (let word = 0; word < WORDS; word++)
    count += bitCount(words[page * WORDS + word]! | words[other * WORDS + word]!);
  return count;
}
