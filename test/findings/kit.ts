import { type MetricValues, SEQUENCE_COLUMNS } from "../../src/analysis/summary.ts";
import type { Evidence } from "../../src/findings/finding.ts";
import { judge } from "../../src/findings/index.ts";
import { emptyQuality, type Quality, unknownDevice } from "../../src/model/trace.ts";

/** What a test's trace is said to be: the metrics that are recorded, and what differs from a clean one. */
export interface Facts {
  readonly metrics?: Partial<MetricValues>;
  readonly quality?: Partial<Quality>;
  readonly layout?: Evidence["trace"]["layout"];
  readonly partitions?: Evidence["trace"]["partitions"];
  readonly seenPartitions?: Evidence["trace"]["seenPartitions"];
  readonly physicalBlockBytes?: number;
  /** Other facts of the only device. */
  readonly device?: Partial<Evidence["trace"]["devices"][number]>;
  readonly sequence?: Evidence["sequence"]["requests"];
}

export function evidence({
  metrics = {},
  quality,
  layout = null,
  partitions = [],
  seenPartitions = [],
  physicalBlockBytes,
  device = {},
  sequence = [],
}: Facts): Evidence {
  const values = Object.entries(metrics).map(([id, value]) => [id, { ok: true, value }]);
  return {
    schema: "blkreport/summary/1",
    trace: {
      slug: "a",
      title: "A",
      format: "qtr",
      path: null,
      files: [],
      clock: "ns",
      startUnixNs: null,
      recorded: {
        clock: true,
        completion: true,
        queue: true,
        process: true,
        cgroup: false,
        merges: true,
        bios: true,
        plug: false,
        flags: true,
        error: true,
      },
      devices: [{ ...unknownDevice("sda"), physicalBlockBytes: physicalBlockBytes ?? null, ...device }],
      spans: [],
      messages: [],
      description: null,
      command: null,
      tags: [],
      baselines: [],
      history: null,
      partitions,
      context: { recordedAt: null, kernel: null, host: null, filesystem: null, recorder: null },
      window: null,
      seenPartitions,
      layout,
    },
    quality: { ...emptyQuality(), records: 1000, ...quality },
    defaultScope: "marked",
    scopeList: [
      {
        id: "marked",
        kind: "marked",
        title: "marked span",
        devices: [0],
        requests: 100,
        rows: [[0, 100]],
        firstNs: 0,
        lastNs: 1,
        endNs: 2,
      },
    ],
    scopes: { marked: Object.fromEntries(values) },
    sequence: {
      complete: true,
      columns: SEQUENCE_COLUMNS,
      requests: sequence,
      processes: [],
      targets: [],
    },
    slowest: [],
  };
}

/** The finding with an id as it is judged, or undefined. */
export function found(id: string, facts: Facts) {
  return judge(evidence(facts)).find((finding) => finding.id === id);
}

export function requests(
  byOp: Record<string, { count: number; bytes?: number }>,
  flushesRequested: number | null = null,
) {
  const entries = Object.entries(byOp).map(([op, { count, bytes = 0 }]) => [op, { count, bytes, sequential: 0 }]);
  const total = Object.values(byOp).reduce((sum, { count }) => sum + count, 0);
  return {
    total,
    sequential: 0,
    byOp: Object.fromEntries(entries),
    flushesRequested,
    passthrough: 0,
    byFlag: null,
    mergedBios: null,
  } satisfies MetricValues["requests"];
}

/** All requests are aligned to boundaries below 4 KiB; from there on, `unaligned` of them are not. */
export function alignment(counts: Record<string, { aligned: number; unaligned: number }>): MetricValues["alignment"] {
  const all = Object.fromEntries(
    Object.entries(counts).map(([op, { aligned, unaligned }]) => [op, { aligned: aligned + unaligned, unaligned: 0 }]),
  );
  const byBoundary = Array.from({ length: 12 }, (_, i) => ({
    boundaryBytes: 512 * 2 ** i,
    byOp: i < 3 ? all : counts,
  }));
  return { boundaryBytes: 4096, byOp: counts, byBoundary };
}

export function footprint(values: Partial<MetricValues["footprint"]>): MetricValues["footprint"] {
  return {
    distinctBytes: 0,
    distinctReadBytes: 0,
    distinctWrittenBytes: 0,
    rewrittenBytes: 0,
    rereadBytes: 0,
    distinctDiscardedBytes: 0,
    distinctZeroedBytes: 0,
    exact: true,
    relativeError: 0,
    ...values,
  };
}
