import { BLOCK_EVENT } from "./blockEvent.ts";

const FIRST_ROOM = 1024;

/** Events in a row, one column a field: they travel as columns because a call with many numbers allocates. */
export interface EventColumns {
  kind: Uint8Array;
  device: Uint16Array;
  op: Uint8Array;
  flags: Uint16Array;
  offset: Float64Array;
  length: Float64Array;
  timeNs: Float64Array;
  process: Uint32Array;
  cpu: Int16Array;
  error: Uint16Array;
  extra: Float64Array;
}

export function eventColumns(): EventColumns {
  return {
    kind: new Uint8Array(FIRST_ROOM),
    device: new Uint16Array(FIRST_ROOM),
    op: new Uint8Array(FIRST_ROOM),
    flags: new Uint16Array(FIRST_ROOM),
    offset: new Float64Array(FIRST_ROOM),
    length: new Float64Array(FIRST_ROOM),
    timeNs: new Float64Array(FIRST_ROOM),
    process: new Uint32Array(FIRST_ROOM),
    cpu: new Int16Array(FIRST_ROOM),
    error: new Uint16Array(FIRST_ROOM),
    extra: new Float64Array(FIRST_ROOM),
  };
}

/** The place of a device's first queued bio, or Infinity. */
export function firstQueued({ kind, device }: EventColumns, of: number, length: number): number {
  for (let i = 0; i < length; i++) if (device[i] === of && kind[i] === BLOCK_EVENT.queue) return i;
  return Number.POSITIVE_INFINITY;
}

/** Forgets the first events; gives how many are left. */
export function dropFirst(events: EventColumns, count: number, length: number): number {
  for (const column of Object.values(events)) column.copyWithin(0, count, length);
  return length - count;
}

/** Puts the events in order of time; those of one time stay as they are. */
export function sortByTime(events: EventColumns, length: number): void {
  const { timeNs } = events;
  if (isSorted(timeNs, length)) return;
  const order = Uint32Array.from({ length }, (_, i) => i).sort((a, b) => timeNs[a]! - timeNs[b]! || a - b);
  for (const column of Object.values(events)) permute(column, order);
}

function isSorted(values: Float64Array, length: number): boolean {
  for (let i = 1; i < length; i++) if (values[i]! < values[i - 1]!) return false;
  return true;
}

function permute(column: EventColumns[keyof EventColumns], order: Uint32Array): void {
  const before = column.slice(0, order.length);
  for (let i = 0; i < order.length; i++) column[i] = before[order[i]!]!;
}
