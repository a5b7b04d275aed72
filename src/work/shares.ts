import type { DrawnFigure } from "../report/siteModel.ts";
import type { DrawnFigures } from "./draw.ts";
import type { Failure } from "./outcome.ts";

/** What one of several workers has drawn of a list of charts, each with the chart's place in the list. */
export interface DrawnShare {
  readonly figures: readonly (readonly [place: number, figure: DrawnFigure])[];
  readonly failures: readonly (readonly [place: number, failure: Failure])[];
}

/** In the order of the list, whoever drew what. */
export function joined(shares: readonly DrawnShare[]): DrawnFigures {
  return {
    figures: inOrder(shares.flatMap(({ figures }) => figures)),
    failures: inOrder(shares.flatMap(({ failures }) => failures)),
  };
}

function inOrder<T>(placed: readonly (readonly [place: number, value: T])[]): readonly T[] {
  return [...placed].sort(([a], [b]) => a - b).map(([, value]) => value);
}

/** Memory of all workers that draw one list of charts: each takes the next chart that nobody has taken. */
export type Turns = Int32Array<SharedArrayBuffer>;

const [COME, TAKEN, GONE, FIRST_DRAWN, WORKERS] = [0, 1, 2, 3, 4];
const NOTHING = 2 ** 31 - 1;

export function turnsFor(workers: number): Turns {
  const turns = new Int32Array(new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT));
  turns[FIRST_DRAWN] = NOTHING;
  turns[WORKERS] = workers;
  return turns;
}

/** Whether nobody has come before. */
export function comesFirst(turns: Turns): boolean {
  return Atomics.add(turns, COME, 1) === 0;
}

/** The place of the next chart; beyond the last one there is nothing left to do. */
export function takeTurn(turns: Turns): number {
  return Atomics.add(turns, TAKEN, 1);
}

/** Whether all others are done; to be asked once, when done. */
export function leavesLast(turns: Turns): boolean {
  return Atomics.add(turns, GONE, 1) === turns[WORKERS]! - 1;
}

/** Says that there is a picture of the chart at a place. */
export function noteDrawn(turns: Turns, place: number): void {
  for (let first = firstOf(turns); place < first; first = firstOf(turns))
    if (Atomics.compareExchange(turns, FIRST_DRAWN, first, place) === first) return;
}

/** The place of the first chart with a picture, or null: known when all are done. */
export function firstDrawn(turns: Turns): number | null {
  const first = firstOf(turns);
  return first === NOTHING ? null : first;
}

function firstOf(turns: Turns): number {
  return Atomics.load(turns, FIRST_DRAWN);
}
