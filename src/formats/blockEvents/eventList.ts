import { BLOCK_EVENT } from "./blockEvent.ts";

const FIRST_ROOM = 256;

/**
 * An event is one line of the processor's cache, 64 bytes: eight whole numbers, then four doubles.
 * Event i's whole numbers are `ints[i * EVENT_INTS + INT.…]`, its doubles `doubles[i * EVENT_DOUBLES + DOUBLE.…]`.
 */
export const EVENT_INTS = 16;
export const EVENT_DOUBLES = 8;
export const INT = { kind: 0, device: 1, op: 2, flags: 3, process: 4, cpu: 5, error: 6, cgroup: 7 } as const;
export const DOUBLE = { offset: 4, length: 5, timeNs: 6, extra: 7 } as const;

/** Events in a row, in memory that is used again: a call with so many numbers would allocate. */
export class EventList {
  length = 0;
  /** How many there is room for. */
  room = FIRST_ROOM;
  doubles: Float64Array = new Float64Array(FIRST_ROOM * EVENT_DOUBLES);
  ints: Int32Array = new Int32Array(this.doubles.buffer);

  grow(): void {
    const { doubles } = this;
    this.room *= 2;
    this.doubles = new Float64Array(this.room * EVENT_DOUBLES);
    this.doubles.set(doubles);
    this.ints = new Int32Array(this.doubles.buffer);
  }

  /** The place of a device's first queued bio, or Infinity. */
  firstQueued(device: number): number {
    const { ints } = this;
    for (let at = 0; at < this.length * EVENT_INTS; at += EVENT_INTS)
      if (ints[at + INT.device] === device && ints[at + INT.kind] === BLOCK_EVENT.queue) return at / EVENT_INTS;
    return Number.POSITIVE_INFINITY;
  }

  /** Forgets the first events. */
  dropFirst(count: number): void {
    this.doubles.copyWithin(0, count * EVENT_DOUBLES, this.length * EVENT_DOUBLES);
    this.length -= count;
  }

  /** Puts the events in order of time; those of one time stay as they are. */
  sortByTime(): void {
    if (this.#isSorted()) return;
    const { length } = this;
    const timeNs = Float64Array.from({ length }, (_, i) => this.#timeNs(i));
    const order = Uint32Array.from({ length }, (_, i) => i).sort((a, b) => timeNs[a]! - timeNs[b]! || a - b);
    const before = this.doubles.slice(0, length * EVENT_DOUBLES);
    for (const [to, from] of order.entries())
      this.doubles.set(before.subarray(from * EVENT_DOUBLES, (from + 1) * EVENT_DOUBLES), to * EVENT_DOUBLES);
  }

  #isSorted(): boolean {
    for (let i = 1; i < this.length; i++) if (this.#timeNs(i) < this.#timeNs(i - 1)) return false;
    return true;
  }

  #timeNs(i: number): number {
    return this.doubles[i * EVENT_DOUBLES + DOUBLE.timeNs]!;
  }
}
