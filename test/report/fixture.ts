import type { ScopeInfo, ScopeMetrics, Summary, TraceInfo } from "../../src/analysis/summary.ts";
import { SEQUENCE_COLUMNS } from "../../src/analysis/summary.ts";
import { OP_CODE, type Op } from "../../src/model/ops.ts";
import { emptyQuality, unknownDevice } from "../../src/model/trace.ts";
import type { DrawnFigure, GoodTrace, SiteModel } from "../../src/report/siteModel.ts";

/** A request of a made-up trace: op, first sector, sectors. */
export type Row = readonly [op: Op, sector: number, sectors: number];

/** Five reads and ten writes, none of the writes aligned: what guestfish does to write one small file. */
export const HELLO: readonly Row[] = [
  ["read", 0, 8],
  ["read", 65, 2],
  ["read", 67, 2],
  ["read", 129, 2],
  ["read", 97, 2],
  ...Array.from({ length: 10 }, (_, i): Row => ["write", 65 + 2 * (i % 8), i === 0 ? 4 : 2]),
];

export function metricsOf(rows: readonly Row[]): ScopeMetrics {
  return { requests: ok(requestsOf(rows)), alignment: ok(alignmentOf(rows)), footprint: ok(footprintOf(rows)) };
}

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

function requestsOf(rows: readonly Row[]) {
  const byOp: Partial<Record<Op, { count: number; bytes: number; sequential: number }>> = {};
  for (const [op, , sectors] of rows) {
    byOp[op] ??= { count: 0, bytes: 0, sequential: 0 };
    byOp[op].count++;
    byOp[op].bytes += sectors * 512;
  }
  const none = { flushesRequested: null, passthrough: 0, byFlag: null, mergedBios: null };
  return { total: rows.length, sequential: 0, byOp, ...none };
}

function alignmentOf(rows: readonly Row[]) {
  const byOp: Partial<Record<Op, { aligned: number; unaligned: number }>> = {};
  for (const [op, sector, sectors] of rows) {
    if (sectors === 0) continue;
    byOp[op] ??= { aligned: 0, unaligned: 0 };
    byOp[op][sector % 8 === 0 && sectors % 8 === 0 ? "aligned" : "unaligned"]++;
  }
  return { boundaryBytes: 4096 as const, byOp, byBoundary: [] };
}

function footprintOf(rows: readonly Row[]) {
  const touched = (...ops: Op[]) => {
    const sectors = new Set<number>();
    for (const [op, sector, count] of rows) {
      if (ops.includes(op)) for (let i = 0; i < count; i++) sectors.add(sector + i);
    }
    return sectors.size * 512;
  };
  return {
    distinctBytes: touched("read", "write"),
    distinctReadBytes: touched("read"),
    distinctWrittenBytes: touched("write"),
    rewrittenBytes: 0,
    rereadBytes: 0,
    distinctDiscardedBytes: touched("discard"),
    distinctZeroedBytes: touched("writeZeroes"),
    exact: true,
    relativeError: 0,
  };
}

export function scopeOf(rows: readonly Row[], over: Partial<ScopeInfo> = {}): ScopeInfo {
  const none = { rows: null, firstNs: null, lastNs: null, endNs: null };
  return { id: "whole", kind: "whole", title: "whole trace", devices: [0], requests: rows.length, ...none, ...over };
}

export interface SummaryChanges {
  readonly trace?: Partial<TraceInfo>;
  readonly metrics?: ScopeMetrics;
  readonly summary?: Partial<Summary>;
}

/** A Summary of one scope with those requests. */
export function summaryOf(rows: readonly Row[], { trace, metrics, summary }: SummaryChanges = {}): Summary {
  return {
    schema: "blkreport/summary/1",
    trace: { ...TRACE, ...trace },
    quality: { ...emptyQuality(), records: rows.length },
    defaultScope: "whole",
    scopeList: [scopeOf(rows)],
    scopes: { whole: { ...metricsOf(rows), ...metrics } },
    sequence: {
      complete: true,
      columns: SEQUENCE_COLUMNS,
      requests: rows.map(([op, sector, sectors], i) => [
        OP_CODE[op],
        sector * 512,
        sectors * 512,
        i,
        null,
        0,
        0,
        0,
        null,
      ]),
      processes: [""],
      targets: [],
    },
    slowest: [],
    findings: [],
    ...summary,
  };
}

const TRACE: TraceInfo = {
  slug: "write-hello",
  path: "write-hello.qtr",
  title: "Write /hello",
  format: "qtr",
  files: [{ name: "write-hello.qtr", bytes: 812, sha256: "ab".repeat(32) }],
  clock: "ordinal",
  startUnixNs: null,
  recorded: {
    clock: false,
    completion: false,
    queue: false,
    process: false,
    cgroup: false,
    merges: false,
    bios: false,
    plug: false,
    flags: false,
    error: false,
  },
  devices: [{ ...unknownDevice("disk"), bytes: 10_485_760 }],
  spans: [],
  messages: [],
  description: null,
  command: null,
  tags: [],
  baselines: [],
  history: null,
  partitions: [],
  context: { recordedAt: null, kernel: null, host: null, filesystem: null, recorder: null },
  window: null,
  seenPartitions: [],
  layout: null,
};

export function figureOf(id: string, over: Partial<DrawnFigure> = {}): DrawnFigure {
  return {
    id,
    title: `What about ${id}?`,
    label: id,
    map: id === "sector-map",
    absent: null,
    answer: "Six of ten.",
    alternativeText: `Bars of ${id}. Six of ten.`,
    note: null,
    table: { columns: [{ name: "bytes", title: "Size", kind: "bytes" }], rows: [[4096], [null]] },
    tableRows: 2,
    wide: { widthPx: 720, heightPx: 240 },
    narrow: { widthPx: 358, heightPx: 240 },
    ...over,
  };
}

export function traceOf(summary: Summary, figures: readonly DrawnFigure[] = [figureOf("sector-map")]): GoodTrace {
  const scopes = summary.scopeList.map(({ id }) => ({ scope: id, figures }));
  const { defaultScope, trace } = summary;
  return { ok: true, slug: trace.slug, group: "", defaultScope, summary, scopes };
}

export function modelOf(over: Partial<SiteModel> = {}): SiteModel {
  const sources = { notices: [], traces: [], bases: [] };
  return {
    config: {},
    traces: [],
    comparisons: [],
    histories: [],
    notices: [],
    date: null,
    sources,
    base: null,
    ...over,
  };
}
