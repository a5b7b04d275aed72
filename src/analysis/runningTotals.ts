import { OPS } from "../model/ops.ts";
import { withMoreRoom } from "./kernels/moreRoom.ts";

/** Of each op that occurs: requests and bytes issued so far, and those of them in flight. */
const ISSUED = 0;
const IN_FLIGHT = 2;
const BYTES = 1;
const PER_KIND = 4;
const NONE = 255;

/** What was issued and is in flight by op, now and as it was when each request in flight was issued. */
export interface RunningTotals {
  /** Where each op has its numbers. */
  readonly kindOf: Uint8Array;
  kinds: number;
  now: Float64Array;
  /** [place of the request][kind] */
  atIssue: Float64Array;
}

export function startTotals(places: number): RunningTotals {
  return {
    kindOf: new Uint8Array(OPS.length).fill(NONE),
    kinds: 0,
    now: new Float64Array(0),
    atIssue: new Float64Array(places * PER_KIND),
  };
}

/** Before a request is issued: keeps the totals for its place, with itself among what was issued. */
export function keepTotals(totals: RunningTotals, place: number, op: number, lengthBytes: number): void {
  if (totals.kindOf[op] === NONE) addKind(totals, op);
  const { now, atIssue } = totals;
  const at = place * now.length;
  for (let k = 0; k < now.length; k++) atIssue[at + k] = now[k]!;
  const own = at + totals.kindOf[op]! * PER_KIND;
  atIssue[own + ISSUED]!++;
  atIssue[own + ISSUED + BYTES]! += lengthBytes;
}

/** A request is issued. */
export function issue(totals: RunningTotals, op: number, lengthBytes: number): void {
  if (totals.kindOf[op] === NONE) addKind(totals, op);
  const { now } = totals;
  const own = totals.kindOf[op]! * PER_KIND;
  now[own + ISSUED]!++;
  now[own + ISSUED + BYTES]! += lengthBytes;
  now[own + IN_FLIGHT]!++;
  now[own + IN_FLIGHT + BYTES]! += lengthBytes;
}

/** A request ends. */
export function end({ kindOf, now }: RunningTotals, op: number, lengthBytes: number): void {
  const own = kindOf[op]! * PER_KIND;
  now[own + IN_FLIGHT]!--;
  now[own + IN_FLIGHT + BYTES]! -= lengthBytes;
}

/** What was in flight of an op when the request at a place was issued. */
export function inFlightThen({ kindOf, now, atIssue }: RunningTotals, place: number, op: number) {
  if (kindOf[op] === NONE) return { count: 0, bytes: 0 };
  const at = place * now.length + kindOf[op]! * PER_KIND;
  return { count: atIssue[at + IN_FLIGHT]!, bytes: atIssue[at + IN_FLIGHT + BYTES]! };
}

/** What was issued of an op since then, not counting the request itself. */
export function issuedSince({ kindOf, now, atIssue }: RunningTotals, place: number, op: number) {
  if (kindOf[op] === NONE) return { count: 0, bytes: 0 };
  const own = kindOf[op]! * PER_KIND;
  const at = place * now.length + own;
  return {
    count: now[own + ISSUED]! - atIssue[at + ISSUED]!,
    bytes: now[own + ISSUED + BYTES]! - atIssue[at + ISSUED + BYTES]!,
  };
}

/** The request at one place goes to another. */
export function movePlace({ now, atIssue }: RunningTotals, from: number, to: number): void {
  for (let k = 0; k < now.length; k++) atIssue[to * now.length + k] = atIssue[from * now.length + k]!;
}

export function reservePlaces(totals: RunningTotals, places: number): void {
  totals.atIssue = withMoreRoom(totals.atIssue, places * Math.max(1, totals.kinds) * PER_KIND);
}

/** Of an op that did not occur before, all was 0. */
function addKind(totals: RunningTotals, op: number): void {
  const { now, atIssue } = totals;
  totals.kindOf[op] = totals.kinds++;
  totals.now = new Float64Array(totals.kinds * PER_KIND);
  totals.now.set(now);
  if (now.length === 0) return;
  const places = Math.floor(atIssue.length / now.length);
  totals.atIssue = new Float64Array(places * totals.now.length);
  for (let place = 0; place < places; place++)
    totals.atIssue.set(atIssue.subarray(place * now.length, (place + 1) * now.length), place * totals.now.length);
}
