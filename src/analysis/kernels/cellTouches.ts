import {
  PAGE_CELLS as CELLS,
  type CellPages,
  COMBINED,
  keepToBudget,
  CODES as NUMBER_OF_CODES,
  pageOf,
  touchPages,
} from "./cellPages.ts";

/*
 * Touches of many ranges. First the cells of each are found, then all are painted, in a loop so short that the processor
 * waits for many of them at once: cells lie far apart in memory. Nothing is kept here from one batch to the next; the
 * arrays are constants of this file for the reason that block.ts gives.
 */

/** The most touches of a batch. */
export const MOST_TOUCHES = 1024;
/** Ranges of more cells are painted when they are found. */
const MOST_CELLS = 64;

/** The code that changes no cell. */
const NOTHING = 0;
const CODES = NUMBER_OF_CODES;
const PAGE_CELLS = CELLS;
const firstSector = new Float64Array(MOST_TOUCHES);
const lastSector = new Float64Array(MOST_TOUCHES);
const codeOf = new Uint8Array(MOST_TOUCHES);
/** Where its first cell is, and its last one. */
const from = new Int32Array(MOST_TOUCHES);
const to = new Int32Array(MOST_TOUCHES);

/** Says what a touch is: the sectors from first to last, both included, with a class or with layers. */
export function putTouch(k: number, first: number, last: number, code: number): void {
  firstSector[k] = first;
  lastSector[k] = last;
  codeOf[k] = code;
}

/** Touches the cells. */
export function paintTouches(cells: CellPages, count: number): void {
  let foundAt = 0;
  while (foundAt !== cells.cellSectors) {
    foundAt = cells.cellSectors;
    for (let k = 0; k < count; k++) find(cells, k);
  }
  paint(cells, count);
}

/** Finds the cells of a touch, which are others once they have doubled. */
function find(cells: CellPages, k: number): void {
  const firstCell = Math.floor(firstSector[k]! * cells.cellsPerSector);
  const cellsAfter = Math.floor(lastSector[k]! * cells.cellsPerSector) - firstCell;
  const key = Math.floor(firstCell / PAGE_CELLS);
  const place = firstCell - key * PAGE_CELLS;
  if (cellsAfter >= MOST_CELLS || place + cellsAfter >= PAGE_CELLS) {
    touchPages(cells, firstSector[k]!, lastSector[k]!, codeOf[k]!);
    codeOf[k] = NOTHING;
    from[k] = 0;
    to[k] = 0;
  } else {
    from[k] = pageOf(cells, key) * PAGE_CELLS + place;
    to[k] = from[k]! + cellsAfter;
    keepToBudget(cells);
  }
}

/** The ends of all, and then what lies between them: how many cells that is, the processor guesses wrong as often as not. */
function paint({ codes }: CellPages, count: number): void {
  for (let k = 0; k < count; k++) {
    const code = codeOf[k]!;
    const first = from[k]!;
    codes[first] = COMBINED[codes[first]! * CODES + code]!;
    const last = to[k]!;
    codes[last] = COMBINED[codes[last]! * CODES + code]!;
  }
  for (let k = 0; k < count; k++) {
    const last = to[k]!;
    const code = codeOf[k]!;
    for (let i = from[k]! + 1; i < last; i++) codes[i] = COMBINED[codes[i]! * CODES + code]!;
  }
}
