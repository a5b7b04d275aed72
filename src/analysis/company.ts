import type { CompletionBatch, RequestBatch } from "../model/batch.ts";
import { OPS } from "../model/ops.ts";
import { withMoreRoom } from "./kernels/moreRoom.ts";
import { byOp } from "./schemas.ts";
import type { Company, LargestOther } from "./summary.ts";

/** Of more requests in flight than that, the later ones are not followed. */
const MOST_IN_FLIGHT = 65536;
/** The largest other request is looked for among so many at most. */
const MOST_COMPARED = 256;
const KINDS = OPS.length;
/** Of each request: counts and bytes in flight when it was issued, and counts and bytes issued until then, by op. */
const PER_SLOT = 4 * KINDS;
/** Of each request: row, op, length, and row, op and length of the largest other (NaN: not known; length 0: none). */
const ABOUT = 6;
const FIRST_ROOM = 64;

/**
 * What else is in flight while each request is. Issues of one moment wait until the moment is over, or one of them ends:
 * a request that ends at the moment at which another is issued is no company, wherever batches are cut.
 */
export interface InCompany {
  /** The slots of the requests in flight in order of their rows: they end near the end of it, mostly. */
  order: Int32Array;
  count: number;
  /** A stack of free slots, as many as `order` has room for beside those in use. */
  free: Int32Array;
  facts: Float64Array;
  about: Float64Array;
  /** Requests and bytes by op: issued so far, and in flight. */
  readonly issued: Float64Array;
  readonly inFlight: Float64Array;
  /** The ops that have occurred: the facts of others are 0. */
  readonly kinds: number[];
  /** Row, op and length of each that waits. */
  waiting: Float64Array;
  waitingCount: number;
  waitingNs: number;
  readonly untimed: number[];
}

export function startCompany(): InCompany {
  return {
    order: new Int32Array(FIRST_ROOM),
    count: 0,
    free: Int32Array.from({ length: FIRST_ROOM }, (_, slot) => slot),
    facts: new Float64Array(FIRST_ROOM * PER_SLOT),
    about: new Float64Array(FIRST_ROOM * ABOUT),
    issued: new Float64Array(2 * KINDS),
    inFlight: new Float64Array(2 * KINDS),
    kinds: [],
    waiting: new Float64Array(3 * FIRST_ROOM),
    waitingCount: 0,
    waitingNs: Number.NaN,
    untimed: [],
  };
}

/** A request is issued; rows come in ascending order. */
export function issueInCompany(
  state: InCompany,
  { op, lengthBytes, issueNs, firstRow }: RequestBatch,
  i: number,
): void {
  if (issueNs[i]! > state.waitingNs) letIn(state, Number.POSITIVE_INFINITY);
  const at = 3 * state.waitingCount++;
  if (at === state.waiting.length) state.waiting = withMoreRoom(state.waiting, at + 3);
  state.waiting[at] = firstRow + i;
  state.waiting[at + 1] = op[i]!;
  state.waiting[at + 2] = lengthBytes[i]!;
  state.waitingNs = issueNs[i]!;
}

/** Before a request ends: lets in what was issued before its end, and itself. */
export function reachEnd(state: InCompany, { row, completeNs }: CompletionBatch, c: number): void {
  const atNs = completeNs[c]!;
  if (Number.isNaN(atNs)) return;
  if (state.untimed.length > 0) endUntimed(state);
  letIn(state, atNs > state.waitingNs ? Number.POSITIVE_INFINITY : row[c]!);
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

function letIn(state: InCompany, lastRow: number): void {
  const { waiting, waitingCount } = state;
  let k = 0;
  for (; k < waitingCount && waiting[3 * k]! <= lastRow; k++)
    enter(state, waiting[3 * k]!, waiting[3 * k + 1]!, waiting[3 * k + 2]!);
  if (k === 0) return;
  if (k < waitingCount) waiting.copyWithin(0, 3 * k, 3 * waitingCount);
  state.waitingCount -= k;
}

function enter(state: InCompany, row: number, op: number, length: number): void {
  if (state.count === MOST_IN_FLIGHT) return;
  if (state.count === state.order.length) makeRoom(state);
  const { order, free, count, issued, inFlight, kinds, facts, about } = state;
  const slot = free[free.length - 1 - count]!;
  if (!kinds.includes(op)) kinds.push(op);
  const at = slot * ABOUT;
  about[at] = row;
  about[at + 1] = op;
  about[at + 2] = length;
  compare(state, at);
  const fact = slot * PER_SLOT;
  for (let k = 0; k < kinds.length; k++) {
    const kind = kinds[k]!;
    facts[fact + kind] = inFlight[kind]!;
    facts[fact + KINDS + kind] = inFlight[KINDS + kind]!;
  }
  issued[op]!++;
  issued[KINDS + op]! += length;
  inFlight[op]!++;
  inFlight[KINDS + op]! += length;
  for (let k = 0; k < kinds.length; k++) {
    const kind = kinds[k]!;
    facts[fact + 2 * KINDS + kind] = issued[kind]!;
    facts[fact + 3 * KINDS + kind] = issued[KINDS + kind]!;
  }
  order[count] = slot;
  state.count++;
}

/** Tells the newcomer which of the others is the largest, and them of it; of equals the first row. */
function compare({ order, count, about }: InCompany, at: number): void {
  const isCrowd = count > MOST_COMPARED;
  about[at + 3] = Number.NaN;
  about[at + 4] = 0;
  about[at + 5] = isCrowd ? Number.NaN : 0;
  for (let place = 0; place < count; place++) {
    const other = order[place]! * ABOUT;
    if (isCrowd) about[other + 5] = Number.NaN;
    else if (about[other + 2]! > about[at + 5]!) keepLargest(about, at, other);
    if (about[at + 2]! > about[other + 5]!) keepLargest(about, other, at);
  }
}

function keepLargest(about: Float64Array, of: number, other: number): void {
  about[of + 3] = about[other]!;
  about[of + 4] = about[other + 1]!;
  about[of + 5] = about[other + 2]!;
}

function leave(state: InCompany, row: number): void {
  const { order, free, about, inFlight } = state;
  const place = placeOf(state, row);
  if (place < 0) return;
  const slot = order[place]!;
  const op = about[slot * ABOUT + 1]!;
  inFlight[op]!--;
  inFlight[KINDS + op]! -= about[slot * ABOUT + 2]!;
  state.count--;
  for (let later = place; later < state.count; later++) order[later] = order[later + 1]!;
  free[free.length - 1 - state.count] = slot;
}

/** Where a row stands in `order`, or -1. */
function placeOf({ order, about, count }: InCompany, row: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (about[order[middle]! * ABOUT]! < row) low = middle + 1;
    else high = middle;
  }
  return low < count && about[order[low]! * ABOUT] === row ? low : -1;
}

/** Doubles the room; the new slots are free. */
function makeRoom(state: InCompany): void {
  const room = state.order.length;
  const order = new Int32Array(2 * room);
  order.set(state.order);
  state.order = order;
  state.free = Int32Array.from({ length: 2 * room }, (_, i) => room + i);
  state.facts = withMoreRoom(state.facts, 2 * room * PER_SLOT);
  state.about = withMoreRoom(state.about, 2 * room * ABOUT);
}

function companyOf(count: (op: number) => number, bytes: (op: number) => number): Company {
  const kinds = byOp((op) => (count(op) === 0 ? null : { count: count(op), bytes: bytes(op) }));
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
  const { order, facts, about, issued } = state;
  const place = placeOf(state, row);
  if (place < 0) return { whenIssued: null, whileRunning: null, largestOther: null };
  const slot = order[place]!;
  const at = slot * PER_SLOT;
  const since = (kind: number) => issued[kind]! - facts[at + 2 * KINDS + kind]!;
  const [largestRow, op, lengthBytes] = about.subarray(slot * ABOUT + 3, slot * ABOUT + ABOUT) as unknown as number[];
  return {
    whenIssued: companyOf(
      (kind) => facts[at + kind]!,
      (kind) => facts[at + KINDS + kind]!,
    ),
    whileRunning: companyOf(
      (kind) => facts[at + kind]! + since(kind),
      (kind) => facts[at + KINDS + kind]! + since(KINDS + kind),
    ),
    largestOther: lengthBytes! > 0 ? { row: largestRow!, op: OPS[op!]!, lengthBytes: lengthBytes! } : null,
  };
}
