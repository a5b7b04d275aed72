import type { Recorded } from "../model/trace.ts";
import type { Rows } from "./rows.ts";
import type { Source } from "./source.ts";

/** Writes one output: the head with the first rows, the foot with `finish`. Gives bytes as they become ready. */
export interface Writer {
  add(rows: Rows): Uint8Array;
  finish(): Uint8Array;
  /** Once all rows are written: how many requests the target cannot hold. */
  leftOut(): number;
  /** Once all rows are written: what the output does not say that the trace said, or says of its own, a sentence each. */
  notes(): readonly string[];
}

/** A format that traces can be converted to. */
export interface Target {
  readonly id: string;
  readonly title: string;
  /** Of file names, with its point. */
  readonly suffix: string;
  /** Whether the output is bytes that are nothing for a terminal. */
  readonly binary: boolean;
  /** Whether it holds one device only. */
  readonly oneDevice: boolean;
  /** Which columns it has a place for. */
  readonly carries: readonly (keyof Recorded)[];
  /** Whether it has a place for spans and messages. */
  readonly marks: boolean;
  /** Whether its rows have completions, so that requests wait for theirs. */
  readonly completions: boolean;
  writer(source: Source): Writer;
}
