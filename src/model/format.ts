import type { TraceBuilder } from "./builder.ts";
import type { Op } from "./ops.ts";

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

/** What people know of a trace's bytes and the bytes do not say: the key `read` of its side file. */
export interface ReadHints {
  /** The id of the format, where several could have written the same bytes. */
  readonly format?: string;
  /** The format string that `blkparse -f` was given. */
  readonly blkparseFormat?: string;
  /** Those that `blkparse -F` was given, by the letters of their actions. */
  readonly blkparseFormatOf?: Readonly<Record<string, string>>;
  /** What the values of a fio log are: the ending of the name that fio gave it. */
  readonly fioLog?: FioLogValue;
  /** The layer whose requests count, where a trace shows each request at several (qemu). */
  readonly layer?: string;
  /** The column that holds each field of a table, by its name or by its number from 1. */
  readonly columns?: Readonly<Partial<Record<TableField, string | number>>>;
  readonly units?: TableUnits;
  /** The op that each code or word of the op column means. */
  readonly ops?: Readonly<Record<string, Op>>;
}

/** A key of ReadHints that is for some formats only, as people write its path: `units.time`. */
export type HintKey = Exclude<keyof ReadHints, "format" | "units"> | `units.${keyof TableUnits}`;

/** What the values of a fio log can be. */
export const FIO_LOG_VALUES = ["lat", "clat", "slat", "bw", "iops"] as const;
export type FioLogValue = (typeof FIO_LOG_VALUES)[number];

/** What a column of a table can hold. */
export const TABLE_FIELDS = [
  "time",
  "op",
  "offset",
  "length",
  "device",
  "process",
  "pid",
  "cpu",
  "flags",
  "queue",
  "completed",
  "latency",
  "error",
] as const;
export type TableField = (typeof TABLE_FIELDS)[number];

/** Units of time, by how many nanoseconds each is; "100ns" is the tick of Windows. */
export const TIME_UNITS = { ps: 1e-3, ns: 1, "100ns": 100, us: 1e3, ms: 1e6, s: 1e9 } as const;
export type TimeUnit = keyof typeof TIME_UNITS;

/** The units of a table's columns. */
export interface TableUnits {
  /** Of the columns time, queue and completed. */
  readonly time?: TimeUnit;
  readonly latency?: TimeUnit;
  /** How many bytes a unit of the column offset is: 1, 512 for sectors, 4096 … */
  readonly offsetBytes?: number;
  readonly lengthBytes?: number;
}

export interface Detection {
  readonly match: boolean;
  /** One clause: what in the content decided. */
  readonly reason: string;
  /** The bytes fit, and fit others as well: it is this format only where the side file says so in `read.format`. */
  readonly possible?: true;
  /** Of a file that nothing takes: what it looks like, or what its side file has wrong, and what makes it readable. */
  readonly advice?: string;
  /** What the side file has to say before it can be read, as JSON that can be pasted: `"units": { "time": "us" }`. */
  readonly needs?: readonly string[];
}

/** One file of a trace, read from its start to its end once. */
export interface TraceInput {
  readonly name: string;
  /** The next bytes, or null at the end. The array may be reused by the next call. */
  next(): Promise<Uint8Array | null>;
  /** For formats that begin at their end: the same bytes in any order, or null where they come only one after the other. */
  random?(): Promise<RandomAccess | null>;
  /** Whether what it was compressed into broke off before its end; known when the last byte was read. */
  readonly cut?: boolean;
}

/** The bytes of a file in any order. */
export interface RandomAccess {
  readonly bytes: number;
  /** The bytes from `from` up to `to`, in an array of their own. */
  read(from: number, to: number): Promise<Uint8Array>;
}

/** What a format may carry, in the order of the guide's table. */
export const CARRIED = [
  "clock",
  "completion",
  "queue",
  "merges",
  "process",
  "cpu",
  "flags",
  "flush",
  "discard",
  "writeZeroes",
  "error",
  "deviceSize",
] as const;
export type Carried = (typeof CARRIED)[number];
/** "some": only some versions or settings of the program write it, or it is told only in part. */
export type Carries = Readonly<Record<Carried, boolean | "some">>;

/** The format's page in the guide. */
export interface Guide {
  /** The program that writes it, and what for, in one sentence. */
  readonly about: string;
  /** The emitting program's source, or the document that defines the format. */
  readonly source: string;
  /** A few lines of it. */
  readonly sample: string;
  /** How to make one: each a sentence and the commands. */
  readonly record: readonly { readonly what: string; readonly commands: string }[];
  /** What it lacks and what to mind, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * A trace format. `detect` looks at content only, and exactly one format may say yes.
 * `read` feeds everything into the builder; it throws TraceError when the header is invalid or a hint is missing,
 * and counts what it cannot understand in `out.quality`.
 */
export interface Format {
  readonly id: string;
  readonly title: string;
  readonly carries: Carries;
  /** What it takes of the hints besides `format`. */
  readonly reads: readonly HintKey[];
  readonly guide: Guide;
  /** Whether several files make up one trace (one for each CPU). */
  readonly perCpuFiles?: boolean;
  detect(head: Head, hints: ReadHints): Detection;
  read(inputs: readonly TraceInput[], out: TraceBuilder, hints: ReadHints): Promise<void>;
}

/** Something that is known and is no trace that can be read. */
export interface Foreign {
  readonly id: string;
  /** What it is, and what makes a trace of it where something does; null where it is something else. */
  recognise(head: Head): { readonly what: string; readonly cure: string } | null;
}
