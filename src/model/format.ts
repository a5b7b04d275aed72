import type { TraceBuilder } from "./builder.ts";

/** How much of a file detection may look at. */
export const HEAD_BYTES = 65536;

/** The start of one input file. */
export interface Head {
  readonly name: string;
  /** At most HEAD_BYTES. */
  readonly bytes: Uint8Array;
  /** Whether `bytes` is the whole file. */
  readonly complete: boolean;
}

export interface Detection {
  readonly match: boolean;
  /** One clause: what in the content decided. */
  readonly reason: string;
}

/** One file of a trace, read from its start to its end once. */
export interface TraceInput {
  readonly name: string;
  /** The next bytes, or null at the end. The array may be reused by the next call. */
  next(): Promise<Uint8Array | null>;
}

/** What a format can carry, for the guide and for "not recorded in this format". */
export interface Carries {
  readonly clock: boolean;
  readonly completion: boolean;
  readonly queue: boolean;
  readonly process: boolean;
  readonly flags: boolean;
  readonly flush: boolean;
  readonly discard: boolean;
}

/**
 * A trace format. `detect` looks at content only, and exactly one format may say yes.
 * `read` feeds everything into the builder; it throws TraceError when the header is invalid,
 * and counts what it cannot understand in `out.quality`.
 */
export interface Format {
  readonly id: string;
  readonly title: string;
  readonly carries: Carries;
  /** Whether several files make up one trace (one for each CPU). */
  readonly perCpuFiles?: boolean;
  detect(head: Head): Detection;
  read(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void>;
}
