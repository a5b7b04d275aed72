import type { Device } from "./trace.ts";
import type { Ns } from "./units.ts";

/*
 * The batches a reader hands to the analysis: typed-array columns, reused from call to call and never kept.
 * Times are nanoseconds from the trace's first request (its ordinal in a trace without a clock); NaN is "not recorded".
 * A chunk is a piece of the trace's history: everything in it happened before everything in the next one.
 */

/** Requests in issue order. Row i of the batch is the trace's row `firstRow + i`. */
export interface RequestBatch {
  length: number;
  firstRow: number;
  op: Uint8Array;
  flags: Uint16Array;
  /** Index into the trace's devices. */
  device: Uint16Array;
  offsetBytes: Float64Array;
  lengthBytes: Float64Array;
  issueNs: Float64Array;
  /** When the first of its bios was queued. */
  queueNs: Float64Array;
  /** Index into the trace's processes; 0 is "not recorded". */
  process: Uint32Array;
  cpu: Int16Array;
  /** Bios merged into the request, not counting the one that made it. */
  mergedBios: Uint32Array;
  /** Index into the trace's cgroups; 0 is "not recorded". */
  cgroup: Uint16Array;
}

/** Completions in the order of their times; each repeats what its request said, so that nobody has to keep rows. */
export interface CompletionBatch {
  length: number;
  /** The trace's row of the completed request. */
  row: Float64Array;
  op: Uint8Array;
  flags: Uint16Array;
  device: Uint16Array;
  offsetBytes: Float64Array;
  lengthBytes: Float64Array;
  queueNs: Float64Array;
  /** When the request was allocated (G). */
  getRequestNs: Float64Array;
  /** When the request went into the scheduler (I). */
  insertNs: Float64Array;
  issueNs: Float64Array;
  completeNs: Float64Array;
  /** Errno as a positive number; 0 is success. */
  error: Uint16Array;
}

/** Bios whose request is complete, for figures in btt's unit: one row for each queued bio. */
export interface BioBatch {
  length: number;
  /** The trace's row of the request that carried the bio. */
  row: Float64Array;
  op: Uint8Array;
  device: Uint16Array;
  /** Who queued it: index into the trace's processes; 0 is "not recorded". */
  process: Uint32Array;
  /** Whose cgroup was charged: index into the trace's cgroups; 0 is "not recorded". */
  cgroup: Uint16Array;
  lengthBytes: Float64Array;
  queueNs: Float64Array;
  /** When it began to wait for a free request (S); NaN for nearly all. */
  sleepNs: Float64Array;
  getRequestNs: Float64Array;
  insertNs: Float64Array;
  /** When the bio was merged into an earlier request; NaN for the bio that made the request. */
  mergeNs: Float64Array;
  issueNs: Float64Array;
  completeNs: Float64Array;
}

/** What else happened, in order of time; none of these is a request. */
export const EVENT_KINDS = [
  /** `extra` is who queued it: an index into the trace's processes. */
  "bioQueued",
  "flushRequested",
  "passthrough",
  "requeue",
  "split",
  /** A bio was merged into a request. */
  "merged",
  /** A bio of a stacked device went down; `extra` is the time since it was queued there (q2a), NaN where not known. */
  "remapped",
  "plug",
  /** `extra` is the number of requests that had been held. */
  "unplug",
  /** The same, because the plug's time was over. */
  "unplugTimer",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];
export const EVENT_CODE = Object.fromEntries(EVENT_KINDS.map((kind, code) => [kind, code])) as Readonly<
  Record<EventKind, number>
>;

export interface EventBatch {
  length: number;
  kind: Uint8Array;
  op: Uint8Array;
  device: Uint16Array;
  timeNs: Float64Array;
  offsetBytes: Float64Array;
  lengthBytes: Float64Array;
  /** What the kind says, else 0. */
  extra: Float64Array;
  /** The trace's row of the next request when it happened: what places it inside a span. */
  nextRow: Float64Array;
}

/** A marked stretch of the trace: the requests with fromRow <= row < toRow. An open span has toRow Infinity. */
export interface Span {
  readonly name: string;
  readonly source: "qtrace" | "message" | "sideFile";
  readonly fromRow: number;
  toRow: number;
  readonly fromNs: Ns;
  /** NaN while the span is open. */
  toNs: Ns;
}

export interface Chunk {
  /** Every device known so far; whether one is stacked is settled before its first row is in a chunk. */
  readonly devices: readonly Device[];
  readonly requests: RequestBatch;
  readonly completions: CompletionBatch;
  readonly bios: BioBatch;
  readonly events: EventBatch;
  /** Every span known so far, in order of their starts; exact for the rows of this chunk. */
  readonly spans: readonly Span[];
}
