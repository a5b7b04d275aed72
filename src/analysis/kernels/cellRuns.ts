import { type CellPages, CLASS_MASK, DISCARD_BIT, doubleCells, stretches, ZERO_BIT } from "./cellPages.ts";

/** Runs of cells as [first cell, cells] or, for classes, [first cell, cells, class from 0]; ascending. */
export interface CellRuns {
  readonly classes: number[][];
  readonly discard: number[][];
  readonly zeroes: number[][];
}

/** The runs of the cells, after doubling the cells until all runs together are at most `most`. */
export function fittingRuns(cells: CellPages, most: number): CellRuns {
  for (;;) {
    const runs = collectRuns(cells, most);
    if (runs !== null) return runs;
    doubleCells(cells);
  }
}

function collectRuns(cells: CellPages, most: number): CellRuns | null {
  const runs: CellRuns = { classes: [], discard: [], zeroes: [] };
  for (const { firstCell, cells: count, code } of stretches(cells)) {
    const strongest = code & CLASS_MASK;
    if (strongest > 0) append(runs.classes, [firstCell, count, strongest - 1]);
    if ((code & DISCARD_BIT) !== 0) append(runs.discard, [firstCell, count]);
    if ((code & ZERO_BIT) !== 0) append(runs.zeroes, [firstCell, count]);
    if (runs.classes.length + runs.discard.length + runs.zeroes.length > most) return null;
  }
  return runs;
}

/** Adds a run, or makes the last one longer where it goes on. */
function append(runs: number[][], run: number[]): void {
  const last = runs.at(-1);
  if (last !== undefined && last[0]! + last[1]! === run[0] && last[2] === run[2]) last[1]! += run[1]!;
  else runs.push(run);
}
