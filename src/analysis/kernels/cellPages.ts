import { addPage, findPage, type PageTable, startPageTable } from "./pageTable.ts";

export const PAGE_CELLS = 4096;

/** A cell's code: the strongest class that touched it, from 1, in the low bits; layers of their own above them. 0 is untouched. */
export const CLASS_MASK = 7;
export const DISCARD_BIT = 8;
export const ZERO_BIT = 16;

/** What a cell becomes that was `old` and is touched by `code`. */
function combine(old: number, code: number): number {
  return Math.max(old & CLASS_MASK, code & CLASS_MASK) | ((old | code) & ~CLASS_MASK);
}

export const CODES = 2 * ZERO_BIT;

/** By `old · CODES + code`: a branch that waits for a cell far away in memory is often taken in vain. */
export const COMBINED = Uint8Array.from({ length: CODES * CODES }, (_, i) => combine(Math.floor(i / CODES), i % CODES));

/** By the 16 bits of two neighbouring cells, in whichever order: what they are together. */
const JOINED = Uint8Array.from({ length: 2 ** 13 }, (_, pair) => combine(pair & 0xff, pair >> 8));

/**
 * Codes of cells of equal size, in pages that exist where something was touched.
 * Cells are as small as lets the touched pages fit the budget: the size follows from the set of ranges, not from their order.
 */
export interface CellPages {
  readonly mostPages: number;
  /** A power of two. */
  cellSectors: number;
  /** Its reciprocal, which is exact. */
  cellsPerSector: number;
  table: PageTable;
  /** PAGE_CELLS codes to a page. */
  codes: Uint8Array;
  /** For each page, the code that every cell of it has at least: what a range over the whole page need not write again. */
  floor: Uint8Array;
}

/** Cells that nothing has touched. */
export function startCellPages(mostPages: number): CellPages {
  return {
    mostPages,
    cellSectors: 1,
    cellsPerSector: 1,
    table: startPageTable(),
    codes: new Uint8Array(0),
    floor: new Uint8Array(0),
  };
}

/** Touches the cells of the sectors from first to last, both included, with a class or with layers. */
export function touchPages(cells: CellPages, first: number, last: number, code: number): void {
  while (pageSpan(cells, first, last) > cells.mostPages) doubleCells(cells);
  paint(cells, Math.floor(first / cells.cellSectors), Math.floor(last / cells.cellSectors), code);
  keepToBudget(cells);
}

/** Doubles the cells until there are not too many pages. */
export function keepToBudget(cells: CellPages): void {
  while (cells.table.count > cells.mostPages) doubleCells(cells);
}

function pageSpan({ cellSectors }: CellPages, first: number, last: number): number {
  const pageSectors = PAGE_CELLS * cellSectors;
  return Math.floor(last / pageSectors) - Math.floor(first / pageSectors) + 1;
}

function paint(cells: CellPages, first: number, last: number, code: number): void {
  const lastPage = Math.floor(last / PAGE_CELLS);
  for (let key = Math.floor(first / PAGE_CELLS); key <= lastPage; key++) {
    const start = key * PAGE_CELLS;
    const from = Math.max(first - start, 0);
    const to = Math.min(last - start, PAGE_CELLS - 1);
    paintPage(cells, pageOf(cells, key), from, to, code);
  }
}

function paintPage({ codes, floor }: CellPages, page: number, from: number, to: number, code: number): void {
  if (COMBINED[floor[page]! * CODES + code] === floor[page]) return;
  const base = page * PAGE_CELLS;
  for (let i = base + from; i <= base + to; i++) codes[i] = COMBINED[codes[i]! * CODES + code]!;
  if (from === 0 && to === PAGE_CELLS - 1) floor[page] = combine(floor[page]!, code);
}

/** The page of a key, where it may be that there are too many pages now. */
export function pageOf(cells: CellPages, key: number): number {
  const known = findPage(cells.table, key);
  if (known >= 0) return known;
  const page = addPage(cells.table, key);
  if (page >= cells.floor.length) makeRoom(cells);
  return page;
}

function makeRoom(cells: CellPages): void {
  const pages = roomFor(cells);
  const codes = new Uint8Array(pages * PAGE_CELLS);
  codes.set(cells.codes);
  const floor = new Uint8Array(pages);
  floor.set(cells.floor);
  cells.codes = codes;
  cells.floor = floor;
}

/** Twice as many pages; where the budget ends, one more than it allows, which is where their cells double. */
function roomFor({ floor, mostPages }: CellPages): number {
  const doubled = Math.max(4, floor.length * 2);
  return floor.length <= mostPages ? Math.min(doubled, mostPages + 1) : doubled;
}

/** A page before its cells are joined, and the same memory as pairs of cells. */
const scratch = new Uint8Array(PAGE_CELLS);
const pairs = new Uint16Array(scratch.buffer);

/** Joins each pair of neighbouring cells: the stronger class, and every layer. */
export function doubleCells(cells: CellPages): void {
  const { table, codes, floor } = cells;
  cells.table = startPageTable();
  cells.cellSectors *= 2;
  cells.cellsPerSector /= 2;
  floor.fill(0);
  for (let page = 0; page < table.count; page++) {
    scratch.set(codes.subarray(page * PAGE_CELLS, (page + 1) * PAGE_CELLS));
    const key = table.keys[page]!;
    joinPairs(codes, halfPageOf(cells, key));
  }
  codes.fill(0, cells.table.count * PAGE_CELLS);
}

/** Where the cells of a page go that are half as many: the pages that are left move up in the order of their first half. */
function halfPageOf({ table, codes }: CellPages, key: number): number {
  const upper = key & 1;
  const target = (key - upper) / 2;
  let page = findPage(table, target);
  if (page < 0) {
    page = addPage(table, target);
    codes.fill(0, page * PAGE_CELLS, (page + 1) * PAGE_CELLS);
  }
  return page * PAGE_CELLS + upper * pairs.length;
}

function joinPairs(codes: Uint8Array, to: number): void {
  for (let i = 0; i < pairs.length; i++) codes[to + i] = JOINED[pairs[i]!]!;
}

/** A stretch of neighbouring cells with the same code. */
export interface Stretch {
  readonly firstCell: number;
  readonly cells: number;
  readonly code: number;
}

/** The touched stretches in ascending order. */
export function* stretches({ table, codes }: CellPages): Generator<Stretch> {
  let first = 0;
  let end = 0;
  let code = 0;
  for (const page of pagesInOrder(table)) {
    const start = table.keys[page]! * PAGE_CELLS;
    for (let i = 0; i < PAGE_CELLS; i++) {
      const next = codes[page * PAGE_CELLS + i]!;
      if (next === code && start + i === end) end++;
      else {
        if (code !== 0) yield { firstCell: first, cells: end - first, code };
        first = start + i;
        end = first + 1;
        code = next;
      }
    }
  }
  if (code !== 0) yield { firstCell: first, cells: end - first, code };
}

function pagesInOrder({ keys, count }: PageTable): number[] {
  return Array.from({ length: count }, (_, page) => page).sort((a, b) => keys[a]! - keys[b]!);
}
