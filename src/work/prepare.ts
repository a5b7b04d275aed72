import { setImmediate as turnOfEvents } from "node:timers/promises";
import type { Gate } from "../compare/gates/schema.ts";
import type { Hashes } from "../io/hashes.ts";
import type { PlannedFile } from "../io/publish.ts";
import { byBytes } from "../io/walk.ts";
import { prepareFonts } from "../render/fonts.ts";
import type { ContentKeys } from "../report/contentKeys.ts";
import type { SiteModel, TraceEntry } from "../report/siteModel.ts";
import { basesOf } from "./bases.ts";
import { type Bench, openBench } from "./bench.ts";
import { type Gathered, gatherStored, gatherTraces } from "./gathered.ts";
import type { Failure } from "./outcome.ts";
import { type Pair, pairsOf } from "./pairs.ts";
import { type PreparedComparison, prepareComparison } from "./prepareComparison.ts";
import { prepareHistories } from "./prepareHistory.ts";
import type { PrepareOptions } from "./prepareOptions.ts";
import { type PreparedTrace, prepareTrace } from "./prepareTrace.ts";
import type { TraceRead } from "./readTrace.ts";
import { siteDate } from "./siteDate.ts";

export type { PrepareOptions } from "./prepareOptions.ts";

/** A site ready to be written: what its pages say, and its pictures where they lie in the cache. */
export interface Prepared {
  readonly model: SiteModel;
  readonly keys: ContentKeys;
  readonly files: readonly PlannedFile[];
  /** What could not be read or drawn; the rest is published all the same. */
  readonly failures: readonly Failure[];
}

/** Traces, or what was found of them before, as a site: read, drawn and compared, as far as the cache does not know it yet. */
export async function prepare(options: PrepareOptions, hashes: Hashes | null = null): Promise<Prepared> {
  prepareFonts();
  const bench = openBench(options, hashes);
  try {
    const gathered = await gather(bench, options);
    const read = await Promise.all(gathered.reads.map((one) => bench.someAtATime(() => readAndPrepared(bench, one))));
    const heads = read.map(({ head }) => head);
    const bases = options.base === undefined ? null : basesOf(options.base, heads);
    const baseTraces = await Promise.all(
      (bases?.reads ?? []).map((one) => bench.someAtATime(() => prepareTrace(bench, one))),
    );
    const asked = pairsOf(gathered.config, heads);
    const comparisons = await prepareComparisons(bench, {
      pairs: [...asked.pairs, ...(bases?.pairs ?? [])],
      reads: [...heads, ...(bases?.reads ?? [])],
      bases: new Set(bases?.reads.map(({ trace }) => trace.slug)),
      gates: [...(gathered.config.gates ?? []), ...(options.gates ?? [])],
    });
    const histories = await prepareHistories(
      bench,
      heads.filter((read) => read.ok),
    );
    const traces = [...read.map(({ prepared }) => prepared), ...baseTraces].sort((a, b) => inOrder(a.entry, b.entry));
    const prepared = [...traces, ...comparisons, ...histories];
    return {
      model: {
        config: gathered.config,
        traces: traces.map(({ entry }) => entry),
        comparisons: comparisons.map(({ entry }) => entry),
        histories: histories.map(({ entry }) => entry),
        notices: [...gathered.passedOver, ...gathered.notices, ...asked.notices, ...(bases?.notices ?? [])],
        date: siteDate(startsOf([...heads, ...(bases?.reads ?? [])]), process.env["SOURCE_DATE_EPOCH"]),
        sources: {
          notices: [...gathered.passedOver],
          traces: heads.map((read) => (read.ok ? read.path : read.title)),
          bases: baseTraces.map(({ entry }) => entry.slug),
        },
        base: bases?.facts ?? null,
      },
      keys: { traces: keysOf(traces), comparisons: keysOf(comparisons), histories: keysOf(histories) },
      files: prepared.flatMap(({ files }) => files),
      failures: [...prepared.flatMap(({ failures }) => failures), ...asked.failures, ...(bases?.failures ?? [])],
    };
  } finally {
    await bench.close();
  }
}

/** One trace to its end, before others are begun. */
async function readAndPrepared(
  bench: Bench,
  read: () => Promise<TraceRead>,
): Promise<{ readonly head: TraceRead; readonly prepared: PreparedTrace }> {
  const head = await read();
  const prepared = await prepareTrace(bench, head);
  // What the cache knows needs no waiting: without it, workers would not hear of the others until the end.
  await turnOfEvents();
  return { head, prepared };
}

type Keyed = { readonly key: string; readonly entry: { readonly slug: string } };

function keysOf(prepared: readonly Keyed[]): ReadonlyMap<string, string> {
  return new Map(prepared.map(({ key, entry }) => [entry.slug, key]));
}

async function gather(bench: Bench, { from, tracesDir }: PrepareOptions): Promise<Gathered> {
  return from === undefined ? gatherTraces(bench, tracesDir) : gatherStored(bench, from);
}

/** By group, then slug. */
function inOrder(a: TraceEntry, b: TraceEntry): number {
  return byBytes(a.group, b.group) || byBytes(a.slug, b.slug);
}

interface Asked {
  readonly pairs: readonly Pair[];
  readonly reads: readonly TraceRead[];
  /** Slugs that are bases. */
  readonly bases: ReadonlySet<string>;
  readonly gates: readonly Gate[];
}

function prepareComparisons(
  bench: Bench,
  { pairs, reads, bases, gates }: Asked,
): Promise<readonly PreparedComparison[]> {
  const good = reads.filter((read) => read.ok);
  const bySlug = new Map(good.map((read) => [read.trace.slug, read]));
  bench.progress.expect(pairs.length);
  return Promise.all(
    pairs.map(({ a, b }) =>
      bench.someAtATime(() =>
        prepareComparison(bench, { a: bySlug.get(a)!, b: bySlug.get(b)!, gates, isWithBase: bases.has(a) }),
      ),
    ),
  );
}

function startsOf(reads: readonly TraceRead[]): readonly (string | null)[] {
  return reads.map((read) => (read.ok ? read.trace.startUnixNs : null));
}
