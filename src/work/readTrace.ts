import { statSync } from "node:fs";
import type { Summary } from "../analysis/summary.ts";
import { groupOf, type SourceFile } from "../io/discover.ts";
import { fileTrouble } from "../io/fileTrouble.ts";
import { type HashedFile, isStill } from "../io/hashes.ts";
import { LostResult } from "../io/lostResult.ts";
import { TraceError } from "../model/errors.ts";
import { readableText } from "../model/readable.ts";
import type { BrokenTrace } from "../report/siteModel.ts";
import type { Bench } from "./bench.ts";
import { asTraceError, type Failure, failureOf, type Outcome, outcomeOf } from "./outcome.ts";
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
  if ("failure" in source) return brokenTrace(bench, source, sizesOf(source), source.failure);
  const hashed = await outcomeOf(source.path, () => bench.hashInTurn(() => hashedSource(bench, source)));
  if (!hashed.ok) return brokenTrace(bench, source, sizesOf(source), hashed.failure);
  const job = jobOf(bench, source, hashed.value);
  const key = JSON.stringify(job.request);
  const outcome = await summaryOf(bench, key, job, () => assertStill(source, hashed.value));
  bench.progress.done(source.path);
  if (!outcome.ok) return brokenTrace(bench, source, job.request.files, outcome.failure);
  return { ok: true, path: source.path, ...shelved(bench, key, outcome.value) };
}

/** Files that are gone, or cannot be read, have no size. */
function sizesOf({ files }: Source): BrokenTrace["files"] {
  return files.flatMap(({ name, path }) => {
    const outcome = statSync(path, { throwIfNoEntry: false });
    return outcome === undefined ? [] : [{ name, bytes: outcome.size }];
  });
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
  throw new LostResult({ file: "cache" }, "missing", "result that was there a moment ago", cure);
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
  return { ok: false, slug, group: readableText(groupOf(path)), title: path, ...failure, files: named };
}

interface HashedSource {
  readonly files: readonly HashedFile[];
  readonly layout: HashedFile | null;
}

async function hashedSource({ hashes }: Bench, { files, layoutFile }: KnownSource): Promise<HashedSource> {
  const hashed: HashedFile[] = [];
  for (const { path, name } of files) hashed.push(await hashes.of(path, name));
  return { files: hashed, layout: layoutFile === null ? null : await hashes.of(layoutFile.path, layoutFile.name) };
}

function jobOf({ jobs }: Bench, source: KnownSource, { files: hashed, layout }: HashedSource): SummarizeJob {
  const { slug, path, format, side, sideFile, layoutFile } = source;
  const files = source.files.map(({ name }, i) => ({ name, bytes: hashed[i]!.bytes, sha256: hashed[i]!.sha256 }));
  const request = { slug, path, title: path, format, files, side, sideFileName: sideFile?.name ?? `${path}.json` };
  const job = { request, paths: source.files.map((file) => file.path), threads: jobs };
  if (layoutFile === null || layout === null) return job;
  const named = { name: layoutFile.name, sha256: layout.sha256 };
  return { ...job, request: { ...request, layoutFile: named }, layoutPath: layoutFile.path };
}

/** From the cache or a worker. What went wrong is not kept: the next build tries again. */
async function summaryOf(
  { cache, cacheDir, pool }: Bench,
  key: string,
  job: SummarizeJob,
  assertUnchanged: () => Promise<void>,
): Promise<Outcome<Summary>> {
  try {
    const value = await cache.json<Summary>(SUMMARY, key, async () => {
      const outcome = await outcomeOf(job.request.title, () => pool.run("summarizeTask", job));
      await assertUnchanged();
      if (!outcome.ok) throw asTraceError(outcome.failure);
      if (!outcome.value.ok) throw asTraceError(outcome.value.failure);
      return outcome.value.value;
    });
    return { ok: true, value };
  } catch (error) {
    const trouble = fileTrouble(error, cacheDir);
    if (trouble !== null) throw trouble;
    return { ok: false, failure: failureOf(error, job.request.title) };
  }
}

/** Figures are of the bytes whose hash stands beside them. What a recorder added meanwhile was not read. */
async function assertStill({ files, layoutFile }: KnownSource, hashed: HashedSource): Promise<void> {
  for (const [i, file] of files.entries()) await assertSame(file, hashed.files[i]!);
  if (layoutFile !== null && hashed.layout !== null) await assertSame(layoutFile, hashed.layout);
}

async function assertSame({ path, name }: SourceFile, hashed: HashedFile): Promise<void> {
  if (await isStill(path, hashed)) return;
  const cure = "build again when nothing writes to it";
  throw new TraceError({ file: name }, "invalid", "file: it changed while it was read", cure);
}
