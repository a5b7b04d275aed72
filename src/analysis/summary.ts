import type { Op } from "../model/ops.ts";
import type { Device, Message, Quality, Recorded, SeenPartition } from "../model/trace.ts";
import type { Result } from "./metric.ts";
import type { METRICS } from "./metrics/index.ts";
import type { Band } from "./targets/bands.ts";
import type { WindowInfo } from "./window.ts";

type Registered = (typeof METRICS)[number];
export type MetricId = Registered["id"];
/** The value of each metric, by its id. */
export type MetricValues = {
  [M in Registered as M["id"]]: ReturnType<M["finish"]>;
};
/** A scope's metrics; a heavy metric has no key in a light scope. */
export type ScopeMetrics = { readonly [Id in MetricId]?: Result<MetricValues[Id]> };

export type ScopeKind = "whole" | "marked" | "span" | "device" | "other";

/** What a scope is: its id stands in URLs and as the key in `scopes`. */
export interface ScopeInfo {
  readonly id: string;
  readonly kind: ScopeKind;
  /** For people: "whole trace", the span's or the device's name. */
  readonly title: string;
  /** Indexes into trace.devices with requests here. */
  readonly devices: readonly number[];
  readonly requests: number;
  /** Row ranges [from, to) of the spans of this scope; null: not limited by rows. At most 64 are listed. */
  readonly rows: readonly (readonly [number, number])[] | null;
  /** Issue times of the first and last request; null without a request. */
  readonly firstNs: number | null;
  readonly lastNs: number | null;
  /** Latest completion; null where not recorded. */
  readonly endNs: number | null;
}

export const SEQUENCE_COLUMNS = [
  "op",
  "offsetBytes",
  "lengthBytes",
  "issueNs",
  "latencyNs",
  "device",
  "process",
  "flags",
  "target",
] as const;

/**
 * The first 4,096 rows at most, as arrays in the order of `columns`; row i is the trace's row i.
 * op is an index into OPS, latencyNs is null where not known, process is an index into sequence.processes (null: not recorded),
 * target one into sequence.targets (null: no layout is known, or nothing in it).
 */
export interface Sequence {
  readonly complete: boolean;
  readonly columns: typeof SEQUENCE_COLUMNS;
  readonly requests: readonly (readonly (number | null)[])[];
  readonly processes: readonly string[];
  /** What requests touched, by the names of a layout: "journal", "/hello and inode table, group 0". */
  readonly targets: readonly string[];
}

/** Requests together, by op. */
export interface Company {
  readonly count: number;
  readonly bytes: number;
  readonly byOp: { readonly [O in Op]?: { readonly count: number; readonly bytes: number } };
}

export interface LargestOther {
  readonly row: number;
  readonly op: string;
  readonly lengthBytes: number;
}

export interface SlowRequest {
  readonly row: number;
  readonly op: string;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly issueNs: number;
  readonly latencyNs: number;
  readonly device: number;
  /** The others in flight when it was issued; null: not known. */
  readonly whenIssued: Company | null;
  /** Those, and all that were issued until it ended. */
  readonly whileRunning: Company | null;
  /** The largest of them with bytes; null: none, or not known because too many were in flight. */
  readonly largestOther: LargestOther | null;
  /** What it touches, by the names of a layout; null: no layout is known, or nothing in it. */
  readonly target: string | null;
}

export interface SpanInfo {
  readonly name: string;
  readonly source: "qtrace" | "message" | "sideFile";
  readonly fromNs: number;
  readonly toNs: number | null;
  readonly fromRow: number;
  readonly toRow: number;
}

/** When, where and with what a trace was recorded, as far as the side file says; null is "not known". */
export interface TraceContext {
  /** An ISO 8601 time in UTC; a trace with a wall clock says it itself, in startUnixNs. */
  readonly recordedAt: string | null;
  readonly kernel: string | null;
  /** The model of the machine. */
  readonly host: string | null;
  readonly filesystem: string | null;
  /** The program that recorded, and its version. */
  readonly recorder: string | null;
}

/** One of several recordings of the same work, from the side file; null is "not said". */
export interface HistoryEntry {
  /** What the recordings have in common: the name of their history. */
  readonly of: string;
  readonly commit: string | null;
  /** ISO 8601, in UTC; where it is not said, the time of recording counts. */
  readonly date: string | null;
  readonly label: string | null;
}

/** A layout as far as it is worth drawing. */
export interface TraceLayout {
  /** What told it: "dumpe2fs 1.47.0". */
  readonly sources: readonly string[];
  /** 256 at most, by device and place; one may lie in another. */
  readonly bands: readonly Band[];
}

export interface TraceInfo {
  readonly slug: string;
  /** Below traces/, with slashes: "lv/a.qtr", or "x/sda" for a set of per-CPU files; null for a trace that was named on the command line. */
  readonly path: string | null;
  readonly title: string;
  readonly format: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  readonly clock: "ns" | "ordinal";
  readonly startUnixNs: string | null;
  /** The stretch of time that all of the Summary is limited to; null: none, it is the whole trace. */
  readonly window: WindowInfo | null;
  readonly recorded: Readonly<Recorded>;
  readonly devices: readonly Readonly<Device>[];
  readonly spans: readonly SpanInfo[];
  readonly messages: readonly Message[];
  /** From the side file; null where it says nothing. */
  readonly description: string | null;
  readonly command: string | null;
  readonly tags: readonly string[];
  /** Slugs of the traces to compare with, from the side file; they are A, this one is B. */
  readonly baselines: readonly string[];
  readonly history: HistoryEntry | null;
  readonly context: TraceContext;
  /** Where partitions start, from the layout, or else from the side file. */
  readonly partitions: readonly {
    readonly name: string;
    readonly startSector: number;
    readonly sectors: number | null;
  }[];
  /** Where partitions start, as remaps in the trace tell; empty where it records none. */
  readonly seenPartitions: readonly Readonly<SeenPartition>[];
  /** What lies where on the devices; null: no layout is known. */
  readonly layout: TraceLayout | null;
}

export type Severity = "high" | "medium" | "low" | "info";

/** A finding as it stands in a Summary. */
export interface FindingResult {
  readonly id: string;
  readonly severity: Severity;
  /** The fact, in one clause: "All 10 writes are unaligned to 4 KiB". */
  readonly title: string;
  /** The numbers that show it. */
  readonly evidence: string;
  /** What to do. */
  readonly advice: string;
  /** The id of the chart that shows it, or null. */
  readonly chart: string | null;
}

/** All that pages, diffs and CI need of one trace: plain JSON, bounded, public, versioned. */
export interface Summary {
  readonly schema: "blkreport/summary/1";
  readonly trace: TraceInfo;
  readonly quality: Readonly<Quality>;
  readonly defaultScope: string;
  /** The scopes in the order in which a page offers them. */
  readonly scopeList: readonly ScopeInfo[];
  readonly scopes: Readonly<Record<string, ScopeMetrics>>;
  readonly sequence: Sequence;
  /** The ten requests with the longest d2c of the scope `whole`, slowest first. */
  readonly slowest: readonly SlowRequest[];
  readonly findings: readonly FindingResult[];
}
