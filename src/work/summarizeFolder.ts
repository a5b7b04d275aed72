import { rmSync } from "node:fs";
import { join } from "node:path";
import { writeAtomic } from "../io/atomic.ts";
import { withCache } from "../io/workingCache.ts";
import { brokenText } from "../report/brokenFile.ts";
import { SOURCES_NAME, sourcesText } from "../report/sourcesFile.ts";
import { type Bench, openBench } from "./bench.ts";
import type { PrepareOptions } from "./prepareOptions.ts";
import { readTrace, type TraceRead } from "./readTrace.ts";
import { findSources, isKnown, type Source } from "./sources.ts";

export interface FolderOptions extends Omit<PrepareOptions, "from" | "base" | "gates"> {
  /** Where the Summaries go, each into a folder with the slug of its trace. */
  readonly outputDir: string;
  readonly shard: Shard;
}

/** The `part`-th of `parts` shares, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly parts: number;
}

export interface Summarized {
  /** Traces of this share. */
  readonly traces: number;
  readonly notices: readonly string[];
  /** One message for each trace that could not be read. */
  readonly failures: readonly string[];
}

/** Writes the Summaries of a folder's traces, or of a share of them: what `build --from` publishes. */
export function summarizeFolder(options: FolderOptions): Promise<Summarized> {
  return withCache(options.cacheDir, async ({ cacheDir, notices }) => {
    const summarized = await summarizeAll({ ...options, cacheDir });
    return { ...summarized, notices: [...notices, ...summarized.notices] };
  });
}

async function summarizeAll(options: FolderOptions): Promise<Summarized> {
  const bench = openBench(options);
  try {
    const { config, traces, passedOver, renamed } = await findSources(options.tracesDir, bench.recognise);
    const paths = traces.map(({ path }) => path);
    // First of all, and the same from every shard: whoever publishes knows which Summaries there will be.
    const sources = { config, notices: [...passedOver], traces: paths, bases: [] };
    writeAtomic(join(options.outputDir, SOURCES_NAME), sourcesText(sources));
    const share = shareOf(traces, options.shard);
    bench.progress.expect(share.filter(isKnown).length);
    const reads = await Promise.all(share.map((source) => store(bench, source, options.outputDir)));
    return {
      traces: share.length,
      notices: [...passedOver, ...renamed],
      failures: reads.filter((message) => message !== null),
    };
  } finally {
    await bench.close();
  }
}

/** Every `parts`-th trace: decided by the sorted list of all traces and nothing else. */
function shareOf(traces: readonly Source[], { part, parts }: Shard): readonly Source[] {
  return traces.filter((_, index) => index % parts === part - 1);
}

/** What is wrong with the trace, or null. */
async function store(bench: Bench, source: Source, outputDir: string): Promise<string | null> {
  const read = await readTrace(bench, source);
  const [name, text, other] = fileOf(read);
  const folder = join(outputDir, source.slug);
  writeAtomic(join(folder, name), text);
  rmSync(join(folder, other), { force: true });
  return read.ok ? null : read.message;
}

function fileOf(read: TraceRead): readonly [name: string, text: string, other: string] {
  return read.ok
    ? ["summary.json", `${JSON.stringify(read.summary)}\n`, "broken.json"]
    : ["broken.json", brokenText(read), "summary.json"];
}
