import { FLAG, OPS, type Op, PRIORITY } from "../../src/model/ops.ts";
import type { SlowBio, SlowCompletion, SlowEvent, SlowIssue, SlowTrace } from "./slowTrace.ts";

/*
 * The light metrics again, slow and obvious: every figure from lists of whole objects, percentiles by sorting.
 * It reads the trace's objects and not the batches, and shares no code with the analysis.
 */

interface Request extends SlowIssue {
  readonly row: number;
  completion: SlowCompletion | null;
}

interface Scope {
  readonly requests: readonly Request[];
  /** In order of completion. */
  readonly completed: readonly (Request & { completion: SlowCompletion })[];
  readonly events: readonly SlowEvent[];
}

interface SpanRange {
  readonly name: string;
  readonly fromRow: number;
  toRow: number;
  readonly fromNs: number;
  toNs: number;
}

interface Everything extends Scope {
  readonly spans: readonly SpanRange[];
  readonly trace: SlowTrace;
}

/** The light metrics of each scope, by the id that the scope should have. */
export function slowScopes(trace: SlowTrace): Record<string, ReturnType<typeof slowMetrics>> {
  const all = everything(trace);
  const bottom = only(all, ({ device }) => !trace.devices[device]!.stacked);
  const scopes: Record<string, Scope> = { whole: bottom };
  if (all.spans.length > 0) scopes["marked"] = inSpans(bottom, all.spans);
  all.spans.forEach((span, i) => {
    scopes[`span-${i + 1}-${span.name}`] = inSpans(bottom, [span]);
  });
  const active = trace.devices.filter((_, d) => all.requests.some(({ device }) => device === d));
  if (active.length > 1)
    for (const { name } of active)
      scopes[`device-${name}`] = only(all, ({ device }) => trace.devices[device]!.name === name);
  return Object.fromEntries(Object.entries(scopes).map(([id, scope]) => [id, slowMetrics(scope, trace)]));
}

function everything(trace: SlowTrace): Everything {
  const requests: Request[] = [];
  const completed: (Request & { completion: SlowCompletion })[] = [];
  const events: SlowEvent[] = [];
  const spans: SpanRange[] = [];
  for (const happening of trace.history) {
    if (happening.what === "issue") requests.push({ ...happening.issue, row: requests.length, completion: null });
    else if (happening.what === "event") events.push(happening.event);
    else if (happening.what === "completion") {
      const request = requests[happening.completion.row]!;
      request.completion = happening.completion;
      completed.push(request as (typeof completed)[number]);
    } else if (happening.what === "begin") {
      const { span: name, timeNs: fromNs } = happening;
      spans.push({
        name,
        fromRow: requests.length,
        toRow: Number.POSITIVE_INFINITY,
        fromNs,
        toNs: Number.POSITIVE_INFINITY,
      });
    } else {
      const open = spans.findLast(({ name, toNs }) => name === happening.span && toNs === Number.POSITIVE_INFINITY);
      if (open) Object.assign(open, { toRow: requests.length, toNs: happening.timeNs });
    }
  }
  return { requests, completed, events, spans, trace };
}

function only(scope: Scope, keep: (what: { readonly device: number }) => boolean): Scope {
  return {
    requests: scope.requests.filter(keep),
    completed: scope.completed.filter(keep),
    events: scope.events.filter(keep),
  };
}

function inSpans(scope: Scope, spans: readonly SpanRange[]): Scope {
  const hasRow = ({ row }: Request): boolean => spans.some(({ fromRow, toRow }) => row >= fromRow && row < toRow);
  return {
    requests: scope.requests.filter(hasRow),
    completed: scope.completed.filter(hasRow),
    events: scope.events.filter(({ timeNs }) => spans.some(({ fromNs, toNs }) => timeNs > fromNs && timeNs <= toNs)),
  };
}

export function slowMetrics(scope: Scope, trace: SlowTrace) {
  const { clock, error, process, cgroup } = trace.recorded;
  return {
    requests: { ok: true, value: requestFigures(scope, trace) },
    alignment: { ok: true, value: alignmentFigures(scope) },
    requestSizes: { ok: true, value: { byOp: byOp((op) => sizeFigures(dataOf(scope).filter((r) => r.op === op))) } },
    seekDistances: { ok: true, value: seekFigures(scope) },
    latency: clock ? { ok: true, value: latencyFigures(scope) } : { ok: false, missing: ["clock"] },
    processes: process ? { ok: true, value: processFigures(scope, trace) } : { ok: false, missing: ["process"] },
    cgroups: cgroup ? { ok: true, value: cgroupFigures(scope) } : { ok: false, missing: ["cgroup"] },
    errors: error ? { ok: true, value: errorFigures(scope) } : { ok: false, missing: ["error"] },
  };
}

function byOp<T>(figuresOf: (op: Op) => T | null): Partial<Record<Op, T>> {
  return Object.fromEntries(OPS.map((op) => [op, figuresOf(op)]).filter(([, value]) => value !== null));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function dataOf({ requests }: Scope): Request[] {
  return requests.filter(({ lengthBytes }) => lengthBytes > 0);
}

/** Each request with the one before it on its device. */
function withPrevious(requests: readonly Request[]): { request: Request; previous: Request }[] {
  return requests.flatMap((request, i) => {
    const previous = requests.slice(0, i).findLast(({ device }) => device === request.device);
    return previous ? [{ request, previous }] : [];
  });
}

function distances(requests: readonly Request[]): number[] {
  return withPrevious(requests).map(
    ({ request, previous }) => request.offsetBytes - (previous.offsetBytes + previous.lengthBytes),
  );
}

function sequentialOf(requests: readonly Request[]): number {
  return distances(requests).filter((distance) => distance === 0).length;
}

function requestFigures(scope: Scope, { recorded }: SlowTrace) {
  const { requests, events } = scope;
  const flagged = (bit: number): number => requests.filter(({ flags }) => (flags & bit) !== 0).length;
  const happened = (kind: string): number => events.filter((event) => event.kind === kind).length;
  const merged = sum(requests.map(({ mergedBios }) => mergedBios));
  return {
    total: requests.length,
    sequential: sequentialOf(dataOf(scope)),
    byOp: byOp((op) => {
      const own = requests.filter((request) => request.op === op);
      const data = dataOf(scope).filter((request) => request.op === op);
      const bytes = sum(own.map(({ lengthBytes }) => lengthBytes));
      return own.length === 0 ? null : { count: own.length, bytes, sequential: sequentialOf(data) };
    }),
    flushesRequested: recorded.bios ? happened("flushRequested") : null,
    passthrough: happened("passthrough"),
    bytesByFlag: recorded.flags
      ? Object.fromEntries(
          Object.entries(FLAG).map(([name, bit]) => [
            name,
            sum(requests.filter(({ flags }) => (flags & bit) !== 0).map(({ lengthBytes }) => lengthBytes)),
          ]),
        )
      : null,
    byPriority: recorded.flags ? priorities(requests) : null,
    byFlag: recorded.flags ? Object.fromEntries(Object.entries(FLAG).map(([name, bit]) => [name, flagged(bit)])) : null,
    mergedBios: recorded.merges ? merged : null,
  };
}

function priorities(requests: readonly Request[]) {
  const of = (bit: number) => {
    const own = requests.filter(({ flags }) => (flags & bit) !== 0);
    return { count: own.length, bytes: sum(own.map(({ lengthBytes }) => lengthBytes)) };
  };
  if (!requests.some(({ flags }) => flags >= PRIORITY.realtime)) return null;
  return { realtime: of(PRIORITY.realtime), bestEffort: of(PRIORITY.bestEffort), idle: of(PRIORITY.idle) };
}

function alignmentFigures(scope: Scope) {
  const at = (boundary: number) =>
    byOp((op) => {
      const data = dataOf(scope).filter((request) => request.op === op);
      const aligned = data.filter((r) => r.offsetBytes % boundary === 0 && r.lengthBytes % boundary === 0).length;
      return data.length === 0 ? null : { aligned, unaligned: data.length - aligned };
    });
  const boundaries = [512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144, 524288, 1048576];
  const byBoundary = boundaries.map((boundaryBytes) => ({ boundaryBytes, byOp: at(boundaryBytes) }));
  return { boundaryBytes: 4096, byOp: at(4096), byBoundary };
}

function nearestRank(values: readonly number[], permille: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil((permille * sorted.length) / 1000) - 1]!;
}

/** [power of two, how many], ascending. */
function octaves(values: readonly number[]): number[][] {
  const counts = new Map<number, number>();
  for (const value of values) {
    let edge = 1;
    while (edge * 2 <= value) edge *= 2;
    counts.set(edge, (counts.get(edge) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

function sizeFigures(data: readonly Request[]) {
  if (data.length === 0) return null;
  const sizes = data.map(({ lengthBytes }) => lengthBytes);
  return {
    count: sizes.length,
    minBytes: Math.min(...sizes),
    meanBytes: sum(sizes) / sizes.length,
    p50Bytes: nearestRank(sizes, 500),
    p90Bytes: nearestRank(sizes, 900),
    p99Bytes: nearestRank(sizes, 990),
    maxBytes: Math.max(...sizes),
    octaves: octaves(sizes),
  };
}

function seekFigures(scope: Scope) {
  const none = {
    count: 0,
    sequential: 0,
    meanAbsoluteBytes: 0,
    p50AbsoluteBytes: 0,
    p90AbsoluteBytes: 0,
    maxAbsoluteBytes: 0,
    backward: [],
    forward: [],
  };
  const ofOp = (op: Op) => distanceFigures(dataOf(scope).filter((request) => request.op === op));
  return { all: distanceFigures(dataOf(scope)) ?? none, byOp: byOp(ofOp) };
}

function distanceFigures(data: readonly Request[]) {
  const all = distances(data);
  if (all.length === 0) return null;
  const absolute = all.map((distance) => Math.abs(distance));
  return {
    count: all.length,
    sequential: all.filter((distance) => distance === 0).length,
    meanAbsoluteBytes: sum(absolute) / all.length,
    p50AbsoluteBytes: nearestRank(absolute, 500),
    p90AbsoluteBytes: nearestRank(absolute, 900),
    maxAbsoluteBytes: Math.max(...absolute),
    backward: octaves(all.filter((distance) => distance < 0).map((distance) => -distance)),
    forward: octaves(all.filter((distance) => distance > 0)),
  };
}

type Phases = Record<string, readonly (number | null)[]>;

/** null where one of the two is not known. */
function difference(from: number | null, to: number | null): number | null {
  return from === null || to === null || Number.isNaN(to - from) ? null : to - from;
}

function phasesOf(completed: Scope["completed"]): Phases {
  return {
    q2g: completed.map((r) => difference(r.queueNs, r.completion.getRequestNs)),
    g2i: completed.map((r) => difference(r.completion.getRequestNs, r.completion.insertNs)),
    i2d: completed.map((r) => difference(r.completion.insertNs, issuedNs(r))),
    q2d: completed.map((r) => difference(r.queueNs, issuedNs(r))),
    d2c: completed.map((r) => difference(issuedNs(r), r.completion.completeNs)),
    q2c: completed.map((r) => difference(r.queueNs, r.completion.completeNs)),
  };
}

function issuedNs({ issueNs, completion }: Scope["completed"][number]): number {
  return completion.issueNs ?? issueNs;
}

function q2qOf(data: readonly Request[]): number[] {
  const queued = ({ queueNs, issueNs }: Request): number => queueNs ?? issueNs;
  return withPrevious(data).map(({ request, previous }) => Math.abs(queued(request) - queued(previous)));
}

function perBio({ completed, events }: Scope): Phases {
  const bios = completed.flatMap(({ issueNs, completion }) =>
    completion.bios
      .filter(({ lengthBytes }) => lengthBytes > 0)
      .map((bio) => ({ issueNs, ...bio, completeNs: completion.completeNs })),
  );
  const isMerged = ({ mergeNs }: SlowBio): boolean => mergeNs !== null;
  const merged = bios.filter(isMerged);
  const making = bios.filter((bio) => !isMerged(bio));
  const queued = events.filter(({ kind, lengthBytes }) => kind === "bioQueued" && lengthBytes > 0);
  return {
    q2q: queued.slice(1).map(({ timeNs }, i) => Math.max(1, timeNs - queued[i]!.timeNs)),
    q2g: making.map((bio) => difference(bio.queueNs, bio.getRequestNs)),
    g2i: making.map((bio) => difference(bio.getRequestNs, bio.insertNs)),
    i2d: making.map((bio) => difference(bio.insertNs, bio.issueNs)),
    q2m: merged.map((bio) => difference(bio.queueNs, bio.mergeNs)),
    m2d: merged.map((bio) => difference(bio.mergeNs, bio.issueNs)),
    q2d: bios.map((bio) => difference(bio.queueNs, bio.issueNs)),
    d2c: bios.map((bio) => difference(bio.issueNs, bio.completeNs)),
    q2c: bios.map((bio) => difference(bio.queueNs, bio.completeNs)),
  };
}

function phaseFigures(phases: Phases) {
  const figures = Object.entries(phases).map(([phase, all]) => {
    const values = all.filter((value) => value !== null);
    if (values.length === 0) return [phase, null] as const;
    return [phase, durationFigures(values)] as const;
  });
  return Object.fromEntries(figures.filter(([, value]) => value !== null));
}

function durationFigures(values: readonly number[]) {
  return {
    count: values.length,
    minNs: Math.min(...values),
    meanNs: sum(values) / values.length,
    maxNs: Math.max(...values),
    p50Ns: nearestRank(values, 500),
    p90Ns: nearestRank(values, 900),
    p99Ns: nearestRank(values, 990),
    p999Ns: nearestRank(values, 999),
  };
}

function latencyFigures(scope: Scope) {
  const { completed } = scope;
  const withBytes = completed.filter(({ lengthBytes }) => lengthBytes > 0);
  return {
    phases: phaseFigures({ ...phasesOf(withBytes), q2q: q2qOf(dataOf(scope)) }),
    byOp: byOp((op) => {
      const own = completed.filter((request) => request.op === op);
      const data = dataOf(scope).filter((request) => request.op === op);
      const phases = phaseFigures({ ...phasesOf(own), q2q: q2qOf(data) });
      return Object.keys(phases).length === 0 ? null : phases;
    }),
    perBio: phaseFigures(perBio(scope)),
    /** Not buckets but the values themselves. */
    d2cBuckets: byOp((op) => {
      const own = completed.filter((request) => request.op === op);
      return own.length === 0 ? null : phasesOf(own)["d2c"]!.filter((ns) => ns !== null);
    }),
  };
}

function shareOf(requests: readonly Request[]) {
  const of = (...ops: Op[]) => requests.filter(({ op }) => ops.includes(op));
  const bytes = (some: readonly Request[]): number => sum(some.map(({ lengthBytes }) => lengthBytes));
  return {
    requests: requests.length,
    reads: of("read").length,
    writes: of("write", "zoneAppend").length,
    readBytes: bytes(of("read")),
    writtenBytes: bytes(of("write", "zoneAppend")),
    flushes: of("flush").length,
    discards: of("discard", "secureErase").length,
  };
}

function processFigures({ requests }: Scope, { processes }: SlowTrace) {
  const names = [...new Set(requests.map(({ process }) => processes[process]!))];
  const groups = names.map((name) => {
    const own = requests.filter(({ process }) => processes[process] === name);
    const pids = [...new Set(own.map(({ process }) => process))].filter((process) => process > 0);
    const sorted = pids.map((process) => 100 + process).sort((a, b) => a - b);
    return { name, pids: sorted, pidCount: pids.length, ...shareOf(own) };
  });
  const weight = (group: (typeof groups)[number]): number => group.readBytes + group.writtenBytes;
  groups.sort((a, b) => weight(b) - weight(a) || b.requests - a.requests || (a.name < b.name ? -1 : 1));
  return { processes: groups, others: { names: 0, ...shareOf([]) } };
}

/** Traces of objects have no cgroups: all is not recorded. */
function cgroupFigures({ requests }: Scope) {
  const all = requests.length === 0 ? [] : [{ name: "not recorded", ids: [], ...shareOf(requests) }];
  return { cgroups: all, others: { names: 0, ...shareOf([]) } };
}

function errorFigures({ completed }: Scope) {
  const failed = completed.filter(({ completion }) => completion.error > 0);
  const count = (errno: number): number => failed.filter(({ completion }) => completion.error === errno).length;
  const errnos = [...new Set(failed.map(({ completion }) => completion.error))].sort((a, b) => a - b);
  return {
    total: failed.length,
    byOp: byOp((op) => failed.filter((request) => request.op === op).length || null),
    byErrno: errnos.map((errno) => [errno, count(errno)]),
  };
}
