import { OPS } from "../../model/ops.ts";

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
  now: number;
  /** The slot of the last request, where the next one is looked for first. */
  latest: number;
}

export function startStreams(): Streams {
  return {
    kind: new Int32Array(MOST_OPEN).fill(FREE),
    endBytes: new Float64Array(MOST_OPEN),
    requests: new Float64Array(MOST_OPEN),
    bytes: new Float64Array(MOST_OPEN),
    usedAt: new Float64Array(MOST_OPEN),
    now: 0,
    latest: 0,
  };
}

export function kindOf(device: number, op: number): number {
  return device * OPS.length + op;
}

export function opOfKind(kind: number): number {
  return kind % OPS.length;
}

/** The slot of the stream that a request continues, of several the most recent one; -1 where it begins one. */
export function continuedSlot({ kind, endBytes, usedAt, latest }: Streams, ofKind: number, offset: number): number {
  if (kind[latest] === ofKind && endBytes[latest] === offset) return latest;
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

/** A slot for a new stream: a free one, or that of the least recently used. */
export function slotToUse({ kind, usedAt }: Streams): number {
  let oldest = 0;
  for (let slot = 0; slot < MOST_OPEN; slot++) {
    if (kind[slot] === FREE) return slot;
    if (usedAt[slot]! < usedAt[oldest]!) oldest = slot;
  }
  return oldest;
}

export function isOpen({ kind }: Streams, slot: number): boolean {
  return kind[slot] !== FREE;
}

/** Begins a stream in a slot that nobody needs any more. */
export function openStream(streams: Streams, slot: number, ofKind: number): void {
  streams.kind[slot] = ofKind;
  streams.requests[slot] = 0;
  streams.bytes[slot] = 0;
}

/** Adds a request to a stream. */
export function extendStream(streams: Streams, slot: number, offset: number, length: number): void {
  streams.endBytes[slot] = offset + length;
  streams.requests[slot]!++;
  streams.bytes[slot]! += length;
  streams.usedAt[slot] = ++streams.now;
  streams.latest = slot;
}

export function closeStream({ kind }: Streams, slot: number): void {
  kind[slot] = FREE;
}
