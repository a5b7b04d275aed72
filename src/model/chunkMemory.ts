import type { BioBatch, CompletionBatch, EventBatch, RequestBatch } from "./batch.ts";
import type { Column } from "./columns.ts";
import { emptyBios, emptyCompletions, emptyEvents, emptyRequests } from "./emptyBatches.ts";

/** The four batches of a chunk. */
export interface Batches {
  readonly requests: RequestBatch;
  readonly completions: CompletionBatch;
  readonly bios: BioBatch;
  readonly events: EventBatch;
}

type Family = keyof Batches;
export type Rows = Readonly<Record<Family, number>>;

const EMPTY = { requests: emptyRequests, completions: emptyCompletions, bios: emptyBios, events: emptyEvents };
const FAMILIES = Object.keys(EMPTY) as Family[];
const ALIGNMENT = 8;

/** Batches with room for so many rows, in memory that threads share. */
export interface ChunkMemory {
  readonly buffer: SharedArrayBuffer;
  readonly room: Rows;
  readonly batches: Batches;
}

/** New memory, or what another thread made with the same room. */
export function chunkMemory(room: Rows, shared?: SharedArrayBuffer): ChunkMemory {
  const buffer = shared ?? new SharedArrayBuffer(bytesOf(room));
  let at = 0;
  const place = (column: Column, rows: number): Column => {
    const placed = new (column.constructor as new (buffer: SharedArrayBuffer, at: number, length: number) => Column)(
      buffer,
      at,
      rows,
    );
    at += aligned(placed.byteLength);
    return placed;
  };
  const batches = FAMILIES.map((family) => [family, placed(EMPTY[family](0), room[family], place)]);
  return { buffer, room, batches: Object.fromEntries(batches) as unknown as Batches };
}

function placed<B extends object>(batch: B, rows: number, place: (column: Column, rows: number) => Column): B {
  const columns = Object.entries(batch as Record<string, Column | number>);
  return Object.fromEntries(
    columns.map(([name, column]) => [name, typeof column === "number" ? column : place(column, rows)]),
  ) as B;
}

function bytesOf(room: Rows): number {
  let bytes = 0;
  for (const family of FAMILIES)
    for (const column of Object.values(EMPTY[family](0)) as (Column | number)[])
      if (typeof column !== "number") bytes += aligned(column.BYTES_PER_ELEMENT * room[family]);
  return bytes;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** The rows of each batch. */
export function rowsOf(batches: Batches): Rows {
  const { requests, completions, bios, events } = batches;
  return { requests: requests.length, completions: completions.length, bios: bios.length, events: events.length };
}

/** Tells the batches which rows another thread has put into their memory. */
export function setRows({ requests, completions, bios, events }: Batches, rows: Rows, firstRow: number): void {
  Object.assign(requests, { length: rows.requests, firstRow });
  completions.length = rows.completions;
  bios.length = rows.bios;
  events.length = rows.events;
}

/** Whether the memory has room for so many rows. */
export function holds({ room }: ChunkMemory, rows: Rows): boolean {
  return FAMILIES.every((family) => rows[family] <= room[family]);
}

/** Room for the rows, and for a chunk that is half as large again. */
export function roomFor(rows: Rows): Rows {
  return Object.fromEntries(FAMILIES.map((family) => [family, Math.ceil(rows[family] * 1.5)])) as unknown as Rows;
}

/** Copies the batches into memory that has room for them. */
export function keepBatches({ batches }: ChunkMemory, from: Batches): void {
  for (const family of FAMILIES) copyRows(from[family], batches[family]);
}

function copyRows<B extends { length: number }>(from: B, to: B): void {
  const source = from as unknown as Record<string, Column | number>;
  const target = to as unknown as Record<string, Column | number>;
  for (const [name, column] of Object.entries(source)) {
    if (typeof column === "number") target[name] = column;
    else (target[name] as Column).set(column.subarray(0, from.length));
  }
}
