import type { Reading } from "../../analysis/assistant.ts";
import type { ScopeMetrics } from "../../analysis/summary.ts";
import type { Span } from "../../model/batch.ts";
import type { Rows } from "../../model/chunkMemory.ts";
import type { Device, TraceEnd } from "../../model/trace.ts";

/** What the thread that reads says to its assistant. */
export type Order =
  | { readonly kind: "begin"; readonly reading: Reading }
  | {
      readonly kind: "chunk";
      /** Which memory holds the rows. */
      readonly slot: number;
      /** The slot's memory, where it is new. */
      readonly memory: { readonly room: Rows; readonly buffer: SharedArrayBuffer } | null;
      readonly rows: Rows;
      readonly firstRow: number;
      /** null: as they were. */
      readonly devices: readonly Device[] | null;
      readonly spans: readonly Span[] | null;
    }
  | { readonly kind: "finish"; readonly end: TraceEnd };

export type Answer =
  | { readonly ok: true; readonly scopes: Readonly<Record<string, ScopeMetrics>> }
  | { readonly ok: false; readonly error: unknown };

/** In memory of both threads: how many chunks the assistant has done with. FAILED: it will do no more. */
export type Progress = Int32Array<SharedArrayBuffer>;
export const FAILED = -1;

/** Chunks that wait for the assistant at most. */
export const SLOTS = 24;
