import { OPS } from "../../model/ops.ts";
import { addPresent, mayHold, type Presence, removePresent, startPresence } from "./presence.ts";

/** Streams that are open at a time; the least recently used makes room. */
export const MOST_OPEN = 64;
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
  /** Ordinal of its last request. */
  readonly usedAt: Float64Array;
  /** The slots in the order of their last use, as a list. */
  readonly older: Int8Array;
  readonly newer: Int8Array;
  oldest: number;
  /** The ends of open streams. */
  readonly ends: Presence;
  now: number;
  /** The newest of the slots: that of the last request, where the next one is looked for first. */
  latest: number;
}

export function startStreams(): Streams {
  return {
    kind: new Int32Array(MOST_OPEN).fill(FREE),
    endBytes: new Float64Array(MOST_OPEN),
    requests: new Float64Array(MOST_OPEN),
    bytes: new Float64Array(MOST_OPEN),
    usedAt: new Float64Array(MOST_OPEN),
    older: Int8Array.from({ length: MOST_OPEN }, (_, slot) => slot - 1),
    newer: Int8Array.from({ length: MOST_OPEN }, (_, slot) => (slot + 1 < MOST_OPEN ? slot + 1 : NONE)),
    oldest: 0,
    ends: startPresence(),
    now: 0,
    latest: MOST_OPEN - 1,
  };
}

export function kindOf(device: number, op: number): number {
  return device * OPS.length + op;
}

export function opOfKind(kind: number): number {
  return kind % OPS.length;
}

/** The slot of the stream that a request continues, of several the most recent one; -1 where it begins one. */
export function continuedSlot(
  { kind, endBytes, usedAt, latest, ends }: Streams,
  ofKind: number,
  offset: number,
): number {
  if (kind[latest] === ofKind && endBytes[latest] === offset) return latest;
  if (!mayHold(ends, offset)) return NONE;
  let found = NONE;
  for (let slot = 0; slot < MOST_OPEN; slot++) {
    if (endBytes[slot] !== offset || kind[slot] !== ofKind) continue;
    if (found === NONE || usedAt[slot]! > usedAt[found]!) found = slot;
  }
  return found;
}

/** How many other streams had a request since this one. */
export function othersSince({ usedAt, latest }: Streams, slot: number): number {
  if (slot === latest) return 0;
  const own = usedAt[slot]!;
  let others = 0;
  for (let other = 0; other < MOST_OPEN; other++) if (usedAt[other]! > own) others++;
  return others;
}

export function isOpen({ kind }: Streams, slot: number): boolean {
  return kind[slot] !== FREE;
}

/** Begins a stream in a slot that is free. */
export function openStream(streams: Streams, slot: number, ofKind: number): void {
  streams.kind[slot] = ofKind;
  streams.requests[slot] = 0;
  streams.bytes[slot] = 0;
}

/** Adds a request to a stream. */
export function extendStream(streams: Streams, slot: number, offset: number, length: number): void {
  if (streams.requests[slot]! > 0) removePresent(streams.ends, streams.endBytes[slot]!);
  streams.endBytes[slot] = offset + length;
  addPresent(streams.ends, offset + length);
  streams.requests[slot]!++;
  streams.bytes[slot]! += length;
  streams.usedAt[slot] = ++streams.now;
  makeLatest(streams, slot);
}

function makeLatest(streams: Streams, slot: number): void {
  const { older, newer, latest } = streams;
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

export function closeStream({ kind, ends, endBytes }: Streams, slot: number): void {
  kind[slot] = FREE;
  removePresent(ends, endBytes[slot]!);
}
