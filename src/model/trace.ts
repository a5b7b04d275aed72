import type { Span } from "./batch.ts";
import type { Bytes, Ns } from "./units.ts";

/** What a trace or its side file says of a device. null is "not known", never a default. */
export interface Device {
  /** major:minor, or the format's own name. */
  readonly id: string;
  name: string;
  /** What its maker calls it. */
  model: string | null;
  bytes: Bytes | null;
  logicalBlockBytes: Bytes | null;
  physicalBlockBytes: Bytes | null;
  rotational: boolean | null;
  discardGranularityBytes: Bytes | null;
  queueDepth: number | null;
  scheduler: string | null;
  /** A device on top of another one of this trace (dm, md): it stands only in its own scope. */
  stacked: boolean;
}

export function unknownDevice(id: string, name = id): Device {
  return {
    id,
    name,
    model: null,
    bytes: null,
    logicalBlockBytes: null,
    physicalBlockBytes: null,
    rotational: null,
    discardGranularityBytes: null,
    queueDepth: null,
    scheduler: null,
    stacked: false,
  };
}

export interface Process {
  readonly pid: number | null;
  name: string;
}

/** A cgroup that issued requests; the kernel's traces give its number. */
export interface Cgroup {
  readonly id: string;
  name: string;
}

/** A partition as remaps tell: what arrives on it comes down to its disk shifted by its start. */
export interface SeenPartition {
  /** major:minor of the partition. */
  readonly id: string;
  /** Index of the disk. */
  readonly device: number;
  readonly startBytes: Bytes;
  /** Bios that came down from it. */
  bios: number;
  bytes: Bytes;
}

/** A text that the trace carries at a point in time (blktrace message, trace marker) and that is no span. */
export interface Message {
  readonly timeNs: Ns;
  readonly row: number;
  readonly text: string;
}

/** Which columns the trace records; a column that it does not record is absent, never 0. */
export interface Recorded {
  /** false: the time axis is the request's ordinal. */
  clock: boolean;
  completion: boolean;
  /** When requests were queued. */
  queue: boolean;
  /** How many bios were merged into each request. */
  merges: boolean;
  /** Each bio that was queued, and with them the flushes that were asked for. */
  bios: boolean;
  process: boolean;
  cgroup: boolean;
  /** Plugs and unplugs. */
  plug: boolean;
  flags: boolean;
  error: boolean;
}

/** A place in a trace file: a line (from 1) in text, a byte (from 0) in binary. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly byte?: number;
}

/** Something the reader wants people to know, for the page and the Summary. */
export interface QualityNote {
  /** kebab-case, stable: "marker-without-partner". */
  readonly code: string;
  readonly text: string;
}

/** What was lost, doubtful or not understood. null is "the format cannot tell". */
export interface Quality {
  /** Lines or records read. */
  records: number;
  notUnderstood: number;
  firstNotUnderstood: (Place & { readonly what: string }) | null;
  unmatchedIssues: number;
  unmatchedCompletions: number;
  droppedEvents: number | null;
  /** Places where sequence numbers are missing. */
  sequenceGaps: number | null;
  /** How many numbers are missing there. */
  missingEvents: number | null;
  clockSteps: number;
  implausibleLatencies: number;
  requestsBeyondDevice: number;
  truncated: boolean;
  requeues: number;
  partialCompletions: number;
  notes: QualityNote[];
}

export function emptyQuality(): Quality {
  return {
    records: 0,
    notUnderstood: 0,
    firstNotUnderstood: null,
    unmatchedIssues: 0,
    unmatchedCompletions: 0,
    droppedEvents: null,
    sequenceGaps: null,
    missingEvents: null,
    clockSteps: 0,
    implausibleLatencies: 0,
    requestsBeyondDevice: 0,
    truncated: false,
    requeues: 0,
    partialCompletions: 0,
    notes: [],
  };
}

/** All that is known of a trace once its last byte is read; the requests went by as chunks. */
export interface TraceEnd {
  readonly rows: number;
  readonly devices: readonly Device[];
  readonly processes: readonly Process[];
  /** Entry 0 stands for "not recorded". */
  readonly cgroups: readonly Cgroup[];
  readonly partitions: readonly SeenPartition[];
  readonly spans: readonly Span[];
  readonly messages: readonly Message[];
  /** Wall-clock time of the first request in nanoseconds since 1970, as decimal digits. */
  readonly startUnixNs: string | null;
  readonly recorded: Readonly<Recorded>;
  readonly quality: Readonly<Quality>;
}
