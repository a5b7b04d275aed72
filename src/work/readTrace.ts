import { statSync } from "node:fs";
import type { Summary } from "../analysis/summary.ts";
import { groupOf } from "../io/discover.ts";
import { fileTrouble } from "../io/fileTrouble.ts";
import type { HashedFile } from "../io/hashes.ts";
import { LostResult } from "../io/lostResult.ts";
import { readableText } from "../model/readable.ts";
import type { BrokenTrace } from "../report/siteModel.ts";
import type { Bench } from "./bench.ts";
import { asTraceError, type Failure, failureOf, type Outcome, outcomeOf, resultOf } from "./outcome.ts";
import { type Outline, outlineOf } from "./outline.ts";
import type { Held } from "./shelf.ts";
import type { KnownSource, Source } from "./sources.ts";
import type { SummarizeJob } from "./summarizeJob.ts";
import { assertStill, jobOf, type StampedSource, summarized } from "./traceJob.ts";
import { noteSeen, type ReadOnce, readUnseen } from "./unseen.ts";

/** A Summary with the text of all that it depends on; it is recalled when it is asked for, its outline is at hand. */
export interface KeyedSummary extends Outline {
  readonly key: string;
  readonly summary: Summary;
}

/** Kinds of entries in the cache. */
const SUMMARY = "summary";
const OUTLINE = "outline";

export type GoodRead = KeyedSummary & { readonly ok: true; readonly path: string };

/** A trace that was read: its Summary, or why there is none. */
export type TraceRead = GoodRead | BrokenTrace;

/** Summarises one trace, as far as the cache does not know it yet. */
export async function readTrace(bench: Bench, source: Source): Promise<TraceRead> {
  if ("failure" in source) return brokenTrace(bench, source, sizesOf(source), source.failure);
  const once = await readUnseen(bench, source);
  const hashed = once === null ? await hashedOf(bench, source) : hashesOf(once);
  if (!hashed.ok) {
    bench.progress.done(source.path);
    return brokenTrace(bench, source, sizesOf(source), hashed.failure);
  }
  const job = jobOf(bench, source, hashed.value);
  const key = JSON.stringify(job.request);
  const made = once?.ok ? once.value.summary : null;
  const outcome = await outlined(bench, key, job, made, () => assertStill(source, hashed.value));
  bench.progress.done(source.path);
  if (!outcome.ok) return brokenTrace(bench, source, job.request.files, outcome.failure);
  return goodRead(source.path, key, outcome.value);
}

function hashesOf(read: Outcome<ReadOnce>): Outcome<StampedSource<string>> {
  return read.ok ? { ok: true, value: read.value.hashed } : read;
}

function hashedOf(bench: Bench, source: KnownSource): Promise<Outcome<StampedSource<string>>> {
  return outcomeOf(source.path, () => bench.hashInTurn(() => hashedSource(bench, source)));
}

/** Files that are gone, or cannot be read, have no size. */
function sizesOf({ files }: Source): BrokenTrace["files"] {
  return files.flatMap(({ name, path }) => {
    const outcome = statSync(path, { throwIfNoEntry: false });
    return outcome === undefined ? [] : [{ name, bytes: outcome.size }];
  });
}

/** On its own, as the next: a function that lives on keeps all that those beside it know, a Summary too. */
function held({ cache, shelve }: Bench, key: string, made?: Summary): Held<Summary> {
  return shelve(() => present(cache.recallJson<Summary>(SUMMARY, key)), made);
}

function goodRead(path: string, key: string, { outline, held }: Outlined): GoodRead {
  return {
    ok: true,
    path,
    key,
    ...outline,
    get summary() {
      return held();
    },
  };
}

/** What a trace is, and its Summary for whoever needs it. */
interface Outlined {
  readonly outline: Outline;
  readonly held: Held<Summary>;
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

async function hashedSource({ hashes }: Bench, { files, layoutFile }: KnownSource): Promise<StampedSource<string>> {
  const hashed: HashedFile[] = [];
  for (const { path, name } of files) hashed.push(await hashes.of(path, name));
  return { files: hashed, layout: layoutFile === null ? null : await hashes.of(layoutFile.path, layoutFile.name) };
}

/** Of a Summary that lies in the cache, which is not read for that. */
function knownOutline(bench: Bench, key: string): Outlined | null {
  const { cache, verify } = bench;
  const outline = !verify && cache.hasJson(SUMMARY, key) ? cache.recallJson<Outline>(OUTLINE, key) : null;
  return outline === null ? null : { outline, held: held(bench, key) };
}

async function newOutline(bench: Bench, key: string, make: () => Promise<Summary>): Promise<Outlined> {
  const summary = await bench.cache.json(SUMMARY, key, make);
  const outline = await bench.cache.json(OUTLINE, key, async () => outlineOf(summary));
  return { outline, held: held(bench, key, summary) };
}

/** From the cache, a worker, or what a worker has made. What went wrong is not kept: the next build tries again. */
async function outlined(
  bench: Bench,
  key: string,
  job: SummarizeJob,
  made: Summary | null,
  assertUnchanged: () => Promise<void>,
): Promise<Outcome<Outlined>> {
  try {
    const value =
      knownOutline(bench, key) ??
      (await newOutline(bench, key, async () => {
        const outcome = made === null ? await summarized(bench, job) : { ok: true as const, value: made };
        await assertUnchanged();
        return resultOf(outcome);
      }));
    await noteSeen(bench, job);
    return { ok: true, value };
  } catch (error) {
    const trouble = fileTrouble(error, bench.cacheDir);
    if (trouble !== null) throw trouble;
    return { ok: false, failure: failureOf(error, job.request.title) };
  }
}
