import { OPS } from "../../model/ops.ts";
import {
  enterSlot,
  holderAt,
  indexPlace,
  leaveSlot,
  NOBODY,
  SEVERAL,
  type SlotIndex,
  startSlotIndex,
} from "./slotIndex.ts";

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
  /** Of the ends of open streams, each with its kind added. */
  readonly ends: SlotIndex;
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
    ends: startSlotIndex(MOST_OPEN),
    latest: MOST_OPEN - 1,
  };
}

export function kindOf(device: number, op: number): number {
  return device * OP_CODES + op;
}

export function opOfKind(kind: number): number {
  return kind % OP_CODES;
}

/** The slot of the stream that a request continues, of several the most recent one; -1 where it begins one. */
export function continuedSlot(streams: Streams, ofKind: number, offset: number): number {
  const { kind, endBytes, latest, ends } = streams;
  if (kind[latest] === ofKind && endBytes[latest] === offset) return latest;
  const holder = holderAt(ends, indexPlace(offset + ofKind));
  if (holder === SEVERAL) return newestThat(streams, ofKind, offset);
  return holder !== NOBODY && endBytes[holder] === offset && kind[holder] === ofKind ? holder : NONE;
}

function newestThat({ kind, endBytes, older, latest }: Streams, ofKind: number, offset: number): number {
  let slot = latest;
  while (slot !== NONE && !(endBytes[slot] === offset && kind[slot] === ofKind)) slot = older[slot]!;
  return slot;
}

/** How many other streams had a request since this one. */
export function othersSince({ newer, latest }: Streams, slot: number): number {
  let others = 0;
  for (let other = slot; other !== latest; other = newer[other]!) others++;
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
  const { kind, endBytes, requests, bytes, ends } = streams;
  const end = offset + length;
  if (requests[slot]! > 0) leaveSlot(ends, slot);
  enterSlot(ends, slot, indexPlace(end + kind[slot]!));
  endBytes[slot] = end;
  requests[slot]!++;
  bytes[slot]! += length;
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

export function closeStream({ kind, ends }: Streams, slot: number): void {
  kind[slot] = FREE;
  leaveSlot(ends, slot);
}
