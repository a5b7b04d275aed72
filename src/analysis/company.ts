import type { CompletionBatch, RequestBatch } from "../model/batch.ts";
import { OPS } from "../model/ops.ts";
import { byOp } from "./schemas.ts";
import type { Company, LargestOther } from "./summary.ts";

/** Of more requests in flight than that, the later ones are not followed. */
const MOST_IN_FLIGHT = 65536;
/** The largest other request is looked for among so many at most. */
const MOST_COMPARED = 256;
const KINDS = OPS.length;
/** Of each request: counts and bytes in flight when it was issued, and counts and bytes issued until then, by op. */
const PER_SLOT = 4 * KINDS;

/**
 * What else is in flight while each request is. Issues of one moment wait until the moment is over, or one of them ends:
 * a request that ends at the moment at which another is issued is no company, wherever batches are cut.
 */
export interface InCompany {
  /** Slots by row. */
  readonly slots: Map<number, number>;
  readonly free: number[];
  facts: Float64Array;
  /** By slot: row, op, length, and row, op and length of the largest other (NaN: not known; length 0: none). */
  about: Float64Array;
  /** Requests and bytes by op: issued so far, and in flight. */
  readonly issued: Float64Array;
  readonly inFlight: Float64Array;
  readonly waiting: number[];
  waitingNs: number;
  readonly untimed: number[];
}

const ABOUT = 6;

export function startCompany(): InCompany {
  return {
    slots: new Map(),
    free: [],
    facts: new Float64Array(64 * PER_SLOT),
    about: new Float64Array(64 * ABOUT),
    issued: new Float64Array(2 * KINDS),
    inFlight: new Float64Array(2 * KINDS),
    waiting: [],
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
  state.waiting.push(firstRow + i, op[i]!, lengthBytes[i]!);
  state.waitingNs = issueNs[i]!;
}

/** Before a request ends: lets in what was issued before its end, and itself. */
export function reachEnd(state: InCompany, { row, completeNs }: CompletionBatch, c: number): void {
  const atNs = completeNs[c]!;
  if (Number.isNaN(atNs)) return;
  for (const early of state.untimed.splice(0)) {
    letIn(state, early);
    leave(state, early);
  }
  letIn(state, atNs > state.waitingNs ? Number.POSITIVE_INFINITY : row[c]!);
}

/** A request ends; one without a plausible time leaves with the next one. */
export function endInCompany(state: InCompany, { row, completeNs }: CompletionBatch, c: number): void {
  if (Number.isNaN(completeNs[c]!)) state.untimed.push(row[c]!);
  else leave(state, row[c]!);
}

function letIn(state: InCompany, lastRow: number): void {
  const { waiting } = state;
  let k = 0;
  for (; k < waiting.length && waiting[k]! <= lastRow; k += 3)
    enter(state, waiting[k]!, waiting[k + 1]!, waiting[k + 2]!);
  if (k > 0) waiting.splice(0, k);
}

function enter(state: InCompany, row: number, op: number, length: number): void {
  const { slots, free, issued, inFlight } = state;
  if (slots.size >= MOST_IN_FLIGHT) return;
  const slot = free.pop() ?? slots.size;
  if ((slot + 1) * PER_SLOT > state.facts.length) makeRoom(state);
  const { facts, about } = state;
  facts.set(inFlight, slot * PER_SLOT);
  const at = slot * ABOUT;
  about[at] = row;
  about[at + 1] = op;
  about[at + 2] = length;
  compare(state, at);
  issued[op]!++;
  issued[KINDS + op]! += length;
  inFlight[op]!++;
  inFlight[KINDS + op]! += length;
  facts.set(issued, slot * PER_SLOT + 2 * KINDS);
  slots.set(row, slot);
}

/** Tells the newcomer which of the others is the largest, and them of it; of equals the first row. */
function compare({ slots, about }: InCompany, at: number): void {
  const crowd = slots.size > MOST_COMPARED;
  about[at + 3] = Number.NaN;
  about[at + 4] = 0;
  about[at + 5] = crowd ? Number.NaN : 0;
  for (const slot of crowd ? [] : slots.values()) {
    const other = slot * ABOUT;
    if (about[other + 2]! > about[at + 5]!) keepLargest(about, at, other);
    if (about[at + 2]! > about[other + 5]!) keepLargest(about, other, at);
  }
  if (crowd) for (const slot of slots.values()) about[slot * ABOUT + 5] = Number.NaN;
}

function keepLargest(about: Float64Array, of: number, other: number): void {
  about[of + 3] = about[other]!;
  about[of + 4] = about[other + 1]!;
  about[of + 5] = about[other + 2]!;
}

function leave({ slots, free, about, inFlight }: InCompany, row: number): void {
  const slot = slots.get(row);
  if (slot === undefined) return;
  const op = about[slot * ABOUT + 1]!;
  inFlight[op]!--;
  inFlight[KINDS + op]! -= about[slot * ABOUT + 2]!;
  slots.delete(row);
  free.push(slot);
}

function makeRoom(state: InCompany): void {
  const larger = [state.facts, state.about].map((old) => {
    const values = new Float64Array(old.length * 2);
    values.set(old);
    return values;
  });
  state.facts = larger[0]!;
  state.about = larger[1]!;
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
export function companyOfRow({ slots, facts, about, issued }: InCompany, row: number): CompanyOfOne {
  const slot = slots.get(row);
  if (slot === undefined) return { whenIssued: null, whileRunning: null, largestOther: null };
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
