import { OPS } from "../../model/ops.ts";
import { scattered } from "./scatter.ts";

/** Streams that are open at a time; the least recently used makes room. */
export const MOST_OPEN = 64;
/** A constant of this module is folded into the code; an imported one is loaded each time. */
const OP_CODES = OPS.length;
const FREE = -1;
/** No slot. */
const NONE = -1;

/** Streams of requests of one op and device, each starting where the one before ended. */
export interface Streams {
  /** Device and op of each slot's stream. */
  readonly kind: Int32Array;
  /** Where its last request ended. */
  readonly endBytes: Float64Array;
  readonly requests: Float64Array;
  readonly bytes: Float64Array;
  /** The slots in the order of their last use, as a list. */
  readonly older: Int8Array;
  readonly newer: Int8Array;
  oldest: number;
  /** The newest of the slots: that of the last request, where the next one is looked for first. */
  latest: number;
}

export function startStreams(): Streams {
  return {
    kind: new Int32Array(MOST_OPEN).fill(FREE),
    endBytes: new Float64Array(MOST_OPEN),
    requests: new Float64Array(MOST_OPEN),
    bytes: new Float64Array(MOST_OPEN),
    older: Int8Array.from({ length: MOST_OPEN }, (_, slot) => slot - 1),
    newer: Int8Array.from({ length: MOST_OPEN }, (_, slot) => (slot + 1 < MOST_OPEN ? slot + 1 : NONE)),
    oldest: 0,
    latest: MOST_OPEN - 1,
  };
}

/*
 * The streams at work: between `takeUp` and `putAway` they stand here, in arrays that are constants of this file for the
 * reason that block.ts gives. The stream that ends at an offset is found by 12 bits of a hash.
 */
const kinds = new Int32Array(MOST_OPEN);
const ends = new Float64Array(MOST_OPEN);
const requestCounts = new Float64Array(MOST_OPEN);
const byteCounts = new Float64Array(MOST_OPEN);
const older = new Int8Array(MOST_OPEN);
const newer = new Int8Array(MOST_OPEN);
const PLACE_BITS = 12;
const SHIFT = 32 - PLACE_BITS;
/** By place of an end: how many streams end at such a place, and the last one that came to. */
const holders = new Uint8Array(2 ** PLACE_BITS);
const likely = new Uint8Array(2 ** PLACE_BITS);
/** By slot: the place of its stream's end. */
const placeOf = new Uint16Array(MOST_OPEN);

export function takeUp(streams: Streams): void {
  kinds.set(streams.kind);
  ends.set(streams.endBytes);
  requestCounts.set(streams.requests);
  byteCounts.set(streams.bytes);
  older.set(streams.older);
  newer.set(streams.newer);
  for (let slot = 0; slot < MOST_OPEN; slot++) if (isOpen(slot)) enterEnd(slot);
}

export function putAway(streams: Streams): void {
  for (let slot = 0; slot < MOST_OPEN; slot++) if (isOpen(slot)) leaveEnd(slot);
  streams.kind.set(kinds);
  streams.endBytes.set(ends);
  streams.requests.set(requestCounts);
  streams.bytes.set(byteCounts);
  streams.older.set(older);
  streams.newer.set(newer);
}

/** Where the end of a stream is entered. */
function placeOfEnd(end: number, kind: number): number {
  return scattered(end + kind) >>> SHIFT;
}

function enterEnd(slot: number): void {
  const place = placeOfEnd(ends[slot]!, kinds[slot]!);
  holders[place]!++;
  likely[place] = slot;
  placeOf[slot] = place;
}

function leaveEnd(slot: number): void {
  holders[placeOf[slot]!]!--;
}

export function kindOf(device: number, op: number): number {
  return device * OP_CODES + op;
}

export function opOfStream(slot: number): number {
  return kinds[slot]! % OP_CODES;
}

export function requestsOf(slot: number): number {
  return requestCounts[slot]!;
}

export function bytesOf(slot: number): number {
  return byteCounts[slot]!;
}

/** The slot of the stream that a request continues, of several the most recent one; -1 where it begins one. */
export function continuedSlot({ latest }: Streams, kind: number, offset: number): number {
  if (continues(latest, kind, offset)) return latest;
  const place = placeOfEnd(offset, kind);
  if (holders[place] === 0) return NONE;
  const slot = likely[place]!;
  const isOnly = holders[place] === 1 && placeOf[slot] === place && isOpen(slot);
  if (!isOnly) return newestThat(latest, kind, offset);
  return continues(slot, kind, offset) ? slot : NONE;
}

function continues(slot: number, kind: number, offset: number): boolean {
  return ends[slot] === offset && kinds[slot] === kind;
}

function newestThat(latest: number, kind: number, offset: number): number {
  let slot = latest;
  while (slot !== NONE && !continues(slot, kind, offset)) slot = older[slot]!;
  return slot;
}

/** How many other streams had a request since this one. */
export function othersSince({ latest }: Streams, slot: number): number {
  let others = 0;
  for (let other = slot; other !== latest; other = newer[other]!) others++;
  return others;
}

export function isOpen(slot: number): boolean {
  return kinds[slot] !== FREE;
}

/** Begins a stream in a slot that is free. */
export function openStream(slot: number, kind: number): void {
  kinds[slot] = kind;
  requestCounts[slot] = 0;
  byteCounts[slot] = 0;
}

/** Adds a request to a stream. */
export function extendStream(streams: Streams, slot: number, offset: number, length: number): void {
  if (requestCounts[slot]! > 0) leaveEnd(slot);
  ends[slot] = offset + length;
  enterEnd(slot);
  requestCounts[slot]!++;
  byteCounts[slot]! += length;
  makeLatest(streams, slot);
}

function makeLatest(streams: Streams, slot: number): void {
  const { latest } = streams;
  if (slot === latest) return;
  const before = older[slot]!;
  const after = newer[slot]!;
  older[after] = before;
  if (before === NONE) streams.oldest = after;
  else newer[before] = after;
  newer[latest] = slot;
  older[slot] = latest;
  newer[slot] = NONE;
  streams.latest = slot;
}

export function closeStream(slot: number): void {
  kinds[slot] = FREE;
  leaveEnd(slot);
}
