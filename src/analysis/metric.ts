import type { TSchema } from "typebox";
import type { BioBatch, CompletionBatch, EventBatch, RequestBatch } from "../model/batch.ts";
import type { TraceEnd } from "../model/trace.ts";
import type { Shared } from "./shared.ts";

/** The part of a chunk that lies in one scope: for each batch, the positions that belong to it. */
export interface View {
  readonly requests: RequestBatch;
  readonly rows: Uint32Array;
  readonly rowCount: number;
  readonly completions: CompletionBatch;
  readonly done: Uint32Array;
  readonly doneCount: number;
  readonly bios: BioBatch;
  readonly bioRows: Uint32Array;
  readonly bioCount: number;
  readonly events: EventBatch;
  readonly eventRows: Uint32Array;
  readonly eventCount: number;
}

/** What a metric cannot do without. Where the trace lacks it, the result is `{ ok: false, missing }`. */
export type Need =
  | "clock"
  | "completion"
  | "queue"
  | "process"
  | "cgroup"
  | "error"
  | "plug"
  | "single device"
  | "layout";

/** What a metric's `finish` may know of its trace and scope beside its own state. */
export interface ScopeEnd {
  readonly trace: TraceEnd;
  /** Indexes of the devices with requests in the scope. */
  readonly devices: readonly number[];
  /** Issue times of the scope's first and last request, NaN where it has none. */
  readonly firstNs: number;
  readonly lastNs: number;
}

/**
 * A figure or series over the requests of one scope, computed in one pass.
 * Its state is bounded by resolution, never by the length of the trace.
 * Light metrics exist in every scope; heavy ones in `whole`, the default scope, `marked` and each device.
 */
export interface Metric<Id extends string, Value, State> {
  readonly id: Id;
  /** The value's JSON Schema; Value is its static type. A generic `Static<Schema>` here would cost the compiler ten seconds. */
  readonly schema: TSchema;
  readonly weight: "light" | "heavy";
  readonly needs: readonly Need[];
  /** `shared` is added to by others, and complete when the metric finishes. */
  start(shared: Shared): State;
  add(state: State, view: View): void;
  finish(state: State, end: ScopeEnd): Value;
}

/** A metric of any kind, once its state is nobody else's business. */
export type AnyMetric = Metric<string, unknown, unknown>;

export function defineMetric<const Id extends string, Value, State>(
  metric: Metric<Id, Value, State>,
): Metric<Id, Value, State> {
  return metric;
}

export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly missing: readonly string[] };
