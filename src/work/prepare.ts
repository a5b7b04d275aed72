import type { PlannedFile } from "../io/publish.ts";
import { byBytes } from "../io/walk.ts";
import { prepareFonts } from "../render/fonts.ts";
import type { SiteModel, TraceEntry } from "../report/siteModel.ts";
import { type Bench, openBench } from "./bench.ts";
import type { Failure } from "./outcome.ts";
import { type Pair, pairsOf } from "./pairs.ts";
import { type KeyedSummary, type PreparedComparison, prepareComparison } from "./prepareComparison.ts";
import type { PrepareOptions } from "./prepareOptions.ts";
import { type PreparedTrace, prepareTrace, unclearTrace } from "./prepareTrace.ts";
import { siteDate } from "./siteDate.ts";
import { findSources, type Sources } from "./sources.ts";

export type { PrepareOptions } from "./prepareOptions.ts";

/** A site ready to be written: what its pages say, and its pictures where they lie in the cache. */
export interface Prepared {
  readonly model: SiteModel;
  readonly files: readonly PlannedFile[];
  /** What could not be read or drawn; the rest is published all the same. */
  readonly failures: readonly Failure[];
}

/** traces/ as a site: every trace found, summarised, drawn and compared, as far as the cache does not know it yet. */
export async function prepare(options: PrepareOptions): Promise<Prepared> {
  prepareFonts();
  const bench = openBench(options);
  try {
    const sources = await findSources(options.tracesDir);
    const traces = await prepareTraces(bench, sources);
    const { pairs, ...asked } = pairsOf(sources, new Set(readable(traces).keys()));
    const comparisons = await prepareComparisons(bench, pairs, readable(traces));
    return {
      model: {
        config: sources.config,
        traces: traces.map(({ entry }) => entry),
        comparisons: comparisons.map(({ entry }) => entry),
        notices: [...sources.notices, ...asked.notices],
        date: siteDate(startsOf(traces), process.env["SOURCE_DATE_EPOCH"]),
      },
      files: [...traces, ...comparisons].flatMap(({ files }) => files),
      failures: [...[...traces, ...comparisons].flatMap(({ failures }) => failures), ...asked.failures],
    };
  } finally {
    await bench.close();
  }
}

/** In order of group, then slug. */
async function prepareTraces(bench: Bench, { known, unclear }: Sources): Promise<readonly PreparedTrace[]> {
  const unread = unclear.map((source) => unclearTrace(bench, source));
  const read = await Promise.all(known.map((source) => prepareTrace(bench, source)));
  return [...unread, ...read].sort((a, b) => inOrder(a.entry, b.entry));
}

function inOrder(a: TraceEntry, b: TraceEntry): number {
  return byBytes(a.group, b.group) || byBytes(a.slug, b.slug);
}

function readable(traces: readonly PreparedTrace[]): ReadonlyMap<string, KeyedSummary> {
  const found = traces.flatMap(({ entry, key }) => (entry.ok ? [{ key, summary: entry.summary }] : []));
  return new Map(found.map((one) => [one.summary.trace.slug, one]));
}

function prepareComparisons(
  bench: Bench,
  pairs: readonly Pair[],
  summaries: ReadonlyMap<string, KeyedSummary>,
): Promise<readonly PreparedComparison[]> {
  bench.progress.expect(pairs.length);
  return Promise.all(pairs.map(({ a, b }) => prepareComparison(bench, summaries.get(a)!, summaries.get(b)!)));
}

function startsOf(traces: readonly PreparedTrace[]): readonly (string | null)[] {
  return traces.map(({ entry }) => (entry.ok ? entry.summary.trace.startUnixNs : null));
}
