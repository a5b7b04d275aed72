import type { Metric, ScopeEnd, View } from "../../../src/analysis/metric.ts";
import { addToShared, startShared } from "../../../src/analysis/shared.ts";
import type { CompletionBatch, RequestBatch } from "../../../src/model/batch.ts";
import { OP_CODE, type Op } from "../../../src/model/ops.ts";
import { emptyQuality, type TraceEnd } from "../../../src/model/trace.ts";

/** A request as a test writes it; its place in the list is its row. */
export interface Row {
  readonly op: Op;
  readonly offset: number;
  readonly length: number;
  readonly at: number;
  /** When it completed; absent: never. */
  readonly done?: number;
  readonly device?: number;
}

type Event = { readonly row: number; readonly done: boolean };

function requestBatch(rows: readonly Row[], firstRow: number): RequestBatch {
  return {
    length: rows.length,
    firstRow,
    op: Uint8Array.from(rows, (row) => OP_CODE[row.op]),
    flags: new Uint16Array(rows.length),
    device: Uint16Array.from(rows, (row) => row.device ?? 0),
    offsetBytes: Float64Array.from(rows, (row) => row.offset),
    lengthBytes: Float64Array.from(rows, (row) => row.length),
    issueNs: Float64Array.from(rows, (row) => row.at),
    queueNs: new Float64Array(rows.length).fill(Number.NaN),
    process: new Uint32Array(rows.length),
    cpu: new Int16Array(rows.length),
    mergedBios: new Uint32Array(rows.length),
    cgroup: new Uint16Array(rows.length),
  };
}

function completionBatch(all: readonly Row[], done: readonly number[]): CompletionBatch {
  const rows = done.map((row) => all[row]!);
  const unknown = new Float64Array(rows.length).fill(Number.NaN);
  return {
    length: rows.length,
    row: Float64Array.from(done),
    op: Uint8Array.from(rows, (row) => OP_CODE[row.op]),
    flags: new Uint16Array(rows.length),
    device: Uint16Array.from(rows, (row) => row.device ?? 0),
    offsetBytes: Float64Array.from(rows, (row) => row.offset),
    lengthBytes: Float64Array.from(rows, (row) => row.length),
    queueNs: unknown,
    getRequestNs: unknown,
    insertNs: unknown,
    issueNs: Float64Array.from(rows, (row) => row.at),
    completeNs: Float64Array.from(rows, (row) => row.done!),
    error: new Uint16Array(rows.length),
  };
}

const everything = (length: number) => Uint32Array.from({ length }, (_, i) => i);

function viewOf(all: readonly Row[], events: readonly Event[]): View {
  const issued = events.filter((event) => !event.done).map((event) => event.row);
  const done = events.filter((event) => event.done).map((event) => event.row);
  const requests = requestBatch(
    issued.map((row) => all[row]!),
    issued[0] ?? 0,
  );
  return {
    requests,
    rows: everything(issued.length),
    rowCount: issued.length,
    completions: completionBatch(all, done),
    done: everything(done.length),
    doneCount: done.length,
    bios: {} as View["bios"],
    bioRows: new Uint32Array(0),
    bioCount: 0,
    events: {} as View["events"],
    eventRows: new Uint32Array(0),
    eventCount: 0,
  };
}

/** What happened, in order of time; at one moment issues go first. A completion without a time follows its issue. */
function history(rows: readonly Row[]): Event[] {
  const events = rows.flatMap((row, index) => [
    { row: index, done: false, at: row.at },
    ...(row.done === undefined ? [] : [{ row: index, done: true, at: Number.isNaN(row.done) ? row.at : row.done }]),
  ]);
  return events.sort((a, b) => a.at - b.at || Number(a.done) - Number(b.done) || a.row - b.row);
}

const END = {
  trace: {
    rows: 0,
    devices: [],
    processes: [],
    cgroups: [],
    partitions: [],
    spans: [],
    messages: [],
    startUnixNs: null,
    recorded: {
      clock: true,
      completion: true,
      queue: false,
      process: false,
      cgroup: false,
      merges: false,
      bios: false,
      plug: false,
      flags: false,
      error: false,
    },
    quality: emptyQuality(),
  } satisfies TraceEnd,
  devices: [0],
  firstNs: Number.NaN,
  lastNs: Number.NaN,
} satisfies ScopeEnd;

/** The metric's value over the rows, with the history cut into chunks of so many events. */
export function figuresOf<Value, State>(
  metric: Metric<string, Value, State>,
  rows: readonly Row[],
  chunkEvents = Number.POSITIVE_INFINITY,
): Value {
  const events = history(rows);
  const shared = startShared();
  const state = metric.start(shared);
  for (let from = 0; from < events.length; from += chunkEvents) {
    const view = viewOf(rows, events.slice(from, from + chunkEvents));
    addToShared(shared, view);
    metric.add(state, view);
  }
  return metric.finish(state, END);
}

/** Numbers from 0 to 1 that are the same in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = randomNumbers(seed);
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
