import { statSync } from "node:fs";
import type { Summary } from "../analysis/summary.ts";
import { groupOf } from "../io/discover.ts";
import { TraceError } from "../model/errors.ts";
import type { BrokenTrace } from "../report/siteModel.ts";
import type { Bench } from "./bench.ts";
import { asTraceError, type Failure, failureOf, type Outcome } from "./outcome.ts";
import type { KnownSource, Source } from "./sources.ts";
import type { SummarizeJob } from "./summarizeJob.ts";

/** A Summary with the text of all that it depends on; it is recalled when it is asked for. */
export interface KeyedSummary {
  readonly key: string;
  /** That of the Summary, which is at hand without it. */
  readonly trace: Summary["trace"];
  readonly summary: Summary;
}

/** The kind of Summaries in the cache. */
const SUMMARY = "summary";

export type GoodRead = KeyedSummary & { readonly ok: true; readonly path: string };

/** A trace that was read: its Summary, or why there is none. */
export type TraceRead = GoodRead | BrokenTrace;

/** Summarises one trace, as far as the cache does not know it yet. */
export async function readTrace(bench: Bench, source: Source): Promise<TraceRead> {
  if ("failure" in source) {
    const files = source.files.map(({ name, path }) => ({ name, bytes: statSync(path).size }));
    return brokenTrace(bench, source, files, source.failure);
  }
  const job = await bench.hashInTurn(() => jobOf(bench, source));
  const key = JSON.stringify(job.request);
  const outcome = await summaryOf(bench, key, job);
  bench.progress.done(source.path);
  if (!outcome.ok) return brokenTrace(bench, source, job.request.files, outcome.failure);
  return { ok: true, path: source.path, ...shelved(bench, key, outcome.value) };
}

function shelved({ cache, shelve }: Bench, key: string, value: Summary): KeyedSummary {
  const held = shelve(value, () => present(cache.recallJson<Summary>(SUMMARY, key)));
  return {
    key,
    trace: value.trace,
    get summary() {
      return held();
    },
  };
}

/** What was in the cache a moment ago. */
export function present<T>(recalled: T | null): T {
  if (recalled !== null) return recalled;
  const cure = "build again, and empty it when no build is running";
  throw new TraceError({ file: "cache" }, "missing", "result that was there a moment ago", cure);
}

/** A trace without figures; where nothing may be broken, the error itself. */
export function brokenTrace(
  { strict }: Pick<Bench, "strict">,
  { slug, path }: Pick<Source, "slug" | "path">,
  files: BrokenTrace["files"],
  { message, place, what, cure }: Failure,
): BrokenTrace {
  const failure = { message, place, what, cure };
  if (strict) throw asTraceError(failure);
  const named = files.map(({ name, bytes }) => ({ name, bytes }));
  return { ok: false, slug, group: groupOf(path), title: path, ...failure, files: named };
}

async function jobOf({ hashes, jobs }: Bench, source: KnownSource): Promise<SummarizeJob> {
  const { slug, path, format, side, sideFile } = source;
  const files: { name: string; bytes: number; sha256: string }[] = [];
  for (const file of source.files) files.push({ name: file.name, ...(await hashes.of(file.path, file.name)) });
  return {
    request: { slug, path, title: path, format, files, side, sideFileName: sideFile?.name ?? `${path}.json` },
    paths: source.files.map((file) => file.path),
    threads: jobs,
  };
}

/** From the cache or a worker. What went wrong is not kept: the next build tries again. */
async function summaryOf({ cache, pool }: Bench, key: string, job: SummarizeJob): Promise<Outcome<Summary>> {
  try {
    const value = await cache.json<Summary>(SUMMARY, key, async () => {
      const outcome = await pool.run("summarizeTask", job);
      if (outcome.ok) return outcome.value;
      throw asTraceError(outcome.failure);
    });
    return { ok: true, value };
  } catch (error) {
    return { ok: false, failure: failureOf(error, job.request.title) };
  }
}
