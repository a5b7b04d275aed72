import type { CompletionBatch, RequestBatch } from "../model/batch.ts";
import { OPS } from "../model/ops.ts";
import { withMoreRoom } from "./kernels/moreRoom.ts";
import {
  addLater,
  forgetLater,
  isLaterFull,
  type LaterLargest,
  largestAfter,
  startLaterLargest,
  thinLater,
} from "./laterLargest.ts";
import {
  end as endInTotals,
  inFlightThen,
  issuedSince,
  issue as issueInTotals,
  keepTotals,
  movePlace,
  type RunningTotals,
  reservePlaces,
  startTotals,
} from "./runningTotals.ts";
import { byOp } from "./schemas.ts";
import type { Company, LargestOther } from "./summary.ts";

/** Of more requests in flight than that, the later ones are not followed. */
const MOST_IN_FLIGHT = 65536;
/** The largest other request is looked for among so many at most. */
const MOST_COMPARED = 256;
const FIRST_PLACES = 256;

/** Of each place: row, op and length of its request, and of the largest one in flight when it entered (length 0: none). */
const ROW = 0;
const OP = 1;
const LENGTH = 2;
const LARGEST = 3;
const ABOUT = 6;
/** Before all rows. */
const NONE = -1;
/** The length of a request that has ended: nothing is smaller. */
const GONE = -1;
/** The length of the largest other of a request whose company nobody will ask for. */
const NOT_ASKED = -1;

/**
 * What else is in flight while each request is. Issues of one moment wait until the moment is over, or one of them ends:
 * a request that ends at the moment at which another is issued is no company, wherever batches are cut.
 * Requests have places in order of their rows: from `first` on those that entered, from `entered` on those that wait.
 */
export interface InCompany {
  about: Float64Array;
  first: number;
  entered: number;
  /** Before which place the moment is over. */
  over: number;
  end: number;
  /** Where places are moved together, those of requests that have ended left out. */
  limit: number;
  /** Requests in flight, and those of them whose company may be asked for. */
  count: number;
  asked: number;
  waitingNs: number;
  readonly totals: RunningTotals;
  readonly later: LaterLargest;
  /** The last that entered among more than are compared: of it and those before the largest other is not known. */
  crowdedRow: number;
  readonly untimed: number[];
}

export function startCompany(): InCompany {
  return {
    about: new Float64Array(FIRST_PLACES * ABOUT),
    first: 0,
    entered: 0,
    over: 0,
    end: 0,
    limit: FIRST_PLACES,
    count: 0,
    asked: 0,
    waitingNs: Number.NaN,
    totals: startTotals(FIRST_PLACES),
    later: startLaterLargest(),
    crowdedRow: -1,
    untimed: [],
  };
}

/** A request is issued; rows come in ascending order. `isAsked` is 0 where nobody will ask for its company. */
export function issueInCompany(
  state: InCompany,
  { op, lengthBytes, issueNs, firstRow }: RequestBatch,
  i: number,
  isAsked: number,
): void {
  const atNs = issueNs[i]!;
  // Without a time every request has a moment of its own.
  if (!(atNs <= state.waitingNs)) state.over = state.end;
  if (state.end === state.limit) closeUp(state);
  const { about } = state;
  const at = state.end++ * ABOUT;
  about[at + ROW] = firstRow + i;
  about[at + OP] = op[i]!;
  about[at + LENGTH] = lengthBytes[i]!;
  about[at + LARGEST + LENGTH] = isAsked === 0 ? NOT_ASKED : 0;
  state.waitingNs = atNs;
}

/** Before a request ends: lets in what was issued before its end, and itself. */
export function reachEnd(state: InCompany, { row, completeNs }: CompletionBatch, c: number): void {
  const atNs = completeNs[c]!;
  if (Number.isNaN(atNs)) return;
  if (state.untimed.length > 0) endUntimed(state);
  if (atNs > state.waitingNs) state.over = state.end;
  letIn(state, row[c]!);
}

function endUntimed(state: InCompany): void {
  for (const early of state.untimed.splice(0)) {
    letIn(state, early);
    leave(state, early);
  }
}

/** A request ends; one without a plausible time leaves with the next one. */
export function endInCompany(state: InCompany, { row, completeNs }: CompletionBatch, c: number): void {
  if (Number.isNaN(completeNs[c]!)) state.untimed.push(row[c]!);
  else leave(state, row[c]!);
}

/** Nobody will ask for the company of a request: it was still open when its chunk ended, and did not take long. */
export function askNoMore(state: InCompany, row: number): void {
  const { about, first, entered, end } = state;
  const place = firstFrom(about, first, end, row);
  const at = place * ABOUT;
  if (place === end || about[at + ROW] !== row || about[at + LENGTH] === GONE) return;
  if (about[at + LARGEST + LENGTH] === NOT_ASKED) return;
  about[at + LARGEST + LENGTH] = NOT_ASKED;
  if (place < entered && --state.asked === 0) forgetLater(state.later);
}

/** Whether nobody's company may be asked for, and there is room for so many more. */
export function isQuiet({ about, asked, count, entered, end }: InCompany, more: number): boolean {
  if (asked > 0 || count + (end - entered) + more > MOST_IN_FLIGHT) return false;
  for (let place = entered; place < end; place++)
    if (about[place * ABOUT + LARGEST + LENGTH] !== NOT_ASKED) return false;
  return true;
}

/** All moments so far are over; none of those that were issued has been let in by its end before. */
export function letAllIn(state: InCompany): void {
  state.over = state.end;
  while (state.entered < state.end) enter(state);
}

/** Lets in those whose moment is over, and those up to a row. */
function letIn(state: InCompany, lastRow: number): void {
  while (state.entered < state.over) enter(state);
  while (state.entered < state.end && state.about[state.entered * ABOUT + ROW]! <= lastRow) enter(state);
}

function enter(state: InCompany): void {
  const { about, totals, later } = state;
  const place = state.entered++;
  const at = place * ABOUT;
  if (state.count === MOST_IN_FLIGHT) {
    about[at + LENGTH] = GONE;
    return;
  }
  const op = about[at + OP]!;
  const lengthBytes = about[at + LENGTH]!;
  const isAsked = about[at + LARGEST + LENGTH] !== NOT_ASKED;
  if (isAsked) keepCompany(state, place);
  if (state.count > MOST_COMPARED) crowd(state, about[at + ROW]!);
  else if (state.asked > 0) {
    if (isLaterFull(later)) thinLater(later, rowsAsked(state));
    addLater(later, about[at + ROW]!, op, lengthBytes);
  }
  if (isAsked) state.asked++;
  issueInTotals(totals, op, lengthBytes);
  state.count++;
}

/** Among so many nobody is compared. */
function crowd(state: InCompany, row: number): void {
  state.crowdedRow = row;
  forgetLater(state.later);
}

/** Tells the newcomer what is there already. */
function keepCompany(state: InCompany, place: number): void {
  const { about, count } = state;
  const at = place * ABOUT;
  keepTotals(state.totals, place, about[at + OP]!, about[at + LENGTH]!);
  const largest = count > MOST_COMPARED ? place : largestPlace(state, place);
  const from = largest * ABOUT;
  for (let k = 0; k < LARGEST; k++) about[at + LARGEST + k] = largest === place ? 0 : about[from + k]!;
}

/** Of those before a place; of equals the first. The place itself, where none has a length. */
function largestPlace({ about, first }: InCompany, end: number): number {
  let largest = end;
  let most = 0;
  for (let place = first; place < end; place++) {
    const lengthBytes = about[place * ABOUT + LENGTH]!;
    if (!(lengthBytes > most)) continue;
    most = lengthBytes;
    largest = place;
  }
  return largest;
}

function rowsAsked({ about, first, entered }: InCompany): number[] {
  const rows: number[] = [];
  for (let place = first; place < entered; place++) {
    const at = place * ABOUT;
    if (about[at + LENGTH] !== GONE && about[at + LARGEST + LENGTH] !== NOT_ASKED) rows.push(about[at + ROW]!);
  }
  return rows;
}

function leave(state: InCompany, row: number): void {
  const { about, totals } = state;
  const place = placeOf(state, row);
  if (place < 0) return;
  const at = place * ABOUT;
  endInTotals(totals, about[at + OP]!, about[at + LENGTH]!);
  state.count--;
  if (about[at + LARGEST + LENGTH] !== NOT_ASKED && --state.asked === 0) forgetLater(state.later);
  about[at + LENGTH] = GONE;
  while (state.first < state.entered && about[state.first * ABOUT + LENGTH] === GONE) state.first++;
}

/** The place of a row that is in flight, or -1. Mostly all rows up to the last one are there. */
function placeOf({ about, first, entered }: InCompany, row: number): number {
  if (entered === first) return -1;
  const likely = entered - 1 - (about[(entered - 1) * ABOUT + ROW]! - row);
  const isRight = likely >= first && likely < entered && about[likely * ABOUT + ROW] === row;
  const place = isRight ? likely : firstFrom(about, first, entered, row);
  return place < entered && about[place * ABOUT + ROW] === row && about[place * ABOUT + LENGTH] !== GONE ? place : -1;
}

/** The first place with that row or a later one. */
function firstFrom(about: Float64Array, first: number, end: number, row: number): number {
  let low = first;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (about[middle * ABOUT + ROW]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Moves those who wait or are in flight to the first places, and has at least as many places free. */
function closeUp(state: InCompany): void {
  // Where nothing ends, all that was ever issued would wait.
  if (state.untimed.length === 0) letIn(state, NONE);
  const { about, totals, first, entered, over, end } = state;
  let to = 0;
  for (let place = first; place < entered; place++) {
    if (about[place * ABOUT + LENGTH] === GONE) continue;
    movePlace(totals, place, to);
    about.copyWithin(to++ * ABOUT, place * ABOUT, (place + 1) * ABOUT);
  }
  about.copyWithin(to * ABOUT, entered * ABOUT, end * ABOUT);
  state.first = 0;
  state.entered = to;
  state.over = Math.max(over - entered, 0) + to;
  state.end = end - entered + to;
  state.limit = Math.max(FIRST_PLACES, 3 * state.end);
  state.about = withMoreRoom(about, state.limit * ABOUT);
  reservePlaces(totals, state.limit);
}

interface Sum {
  readonly count: number;
  readonly bytes: number;
}

function companyOf(sumOf: (op: number) => Sum): Company {
  const kinds = byOp((op) => {
    const { count, bytes } = sumOf(op);
    return count === 0 ? null : { count, bytes };
  });
  const all = Object.values(kinds);
  return {
    count: all.reduce((sum, kind) => sum + kind.count, 0),
    bytes: all.reduce((sum, kind) => sum + kind.bytes, 0),
    byOp: kinds,
  };
}

export interface CompanyOfOne {
  readonly whenIssued: Company | null;
  readonly whileRunning: Company | null;
  readonly largestOther: LargestOther | null;
}

/** The company of a request that is about to end. */
export function companyOfRow(state: InCompany, row: number): CompanyOfOne {
  const { totals } = state;
  const place = placeOf(state, row);
  if (place < 0) return { whenIssued: null, whileRunning: null, largestOther: null };
  return {
    whenIssued: companyOf((op) => inFlightThen(totals, place, op)),
    whileRunning: companyOf((op) => {
      const before = inFlightThen(totals, place, op);
      const since = issuedSince(totals, place, op);
      return { count: before.count + since.count, bytes: before.bytes + since.bytes };
    }),
    largestOther: largestOther(state, place),
  };
}

function largestOther({ about, later, crowdedRow }: InCompany, place: number): LargestOther | null {
  const at = place * ABOUT;
  if (about[at + ROW]! <= crowdedRow) return null;
  const [row, op, lengthBytes] = about.subarray(at + LARGEST, at + ABOUT) as unknown as number[];
  const after = largestAfter(later, about[at + ROW]!);
  if (after !== null && after.lengthBytes > lengthBytes!) return { ...after, op: OPS[after.op]! };
  return lengthBytes! > 0 ? { row: row!, op: OPS[op!]!, lengthBytes: lengthBytes! } : null;
}
