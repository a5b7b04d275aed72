import { statSync } from "node:fs";
import type { Summary } from "../analysis/summary.ts";
import type { CachedFolder } from "../io/cache.ts";
import type { PlannedFile } from "../io/publish.ts";
import { pageScopes } from "../report/pageScopes.ts";
import { scopeChartPath } from "../report/pages/links.ts";
import type { BrokenTrace, DrawnScope, TraceEntry } from "../report/siteModel.ts";
import type { Bench } from "./bench.ts";
import type { DrawnFigures } from "./draw.ts";
import { asTraceError, type Failure, failureOf, type Outcome } from "./outcome.ts";
import type { KnownSource, UnclearSource } from "./sources.ts";
import type { SummarizeJob } from "./summarizeJob.ts";

/** A trace as its pages need it. */
export interface PreparedTrace {
  readonly entry: TraceEntry;
  /** All that its Summary depends on, as text. */
  readonly key: string;
  readonly files: readonly PlannedFile[];
  readonly failures: readonly Failure[];
}

/** Summarises and draws one trace, as far as the cache does not know it yet. */
export async function prepareTrace(bench: Bench, source: KnownSource): Promise<PreparedTrace> {
  bench.progress.expect(1);
  const job = await bench.hashInTurn(() => jobOf(bench, source));
  const key = JSON.stringify(job.request);
  const outcome = await summaryOf(bench, key, job);
  bench.progress.done(source.path);
  if (!outcome.ok) return broken(bench, key, source, job.request.files, outcome.failure);
  return drawn(bench, key, source, outcome.value);
}

/** A trace whose side file cannot be understood, or whose files cannot be looked into. */
export function unclearTrace(bench: Bench, source: UnclearSource): PreparedTrace {
  const files = source.files.map(({ name, path }) => ({ name, bytes: statSync(path).size }));
  return broken(bench, "", source, files, source.failure);
}

async function jobOf({ hashes }: Bench, source: KnownSource): Promise<SummarizeJob> {
  const { slug, path, format, side, sideFile } = source;
  const files: { name: string; bytes: number; sha256: string }[] = [];
  for (const file of source.files) files.push({ name: file.name, ...(await hashes.of(file.path, file.name)) });
  return {
    request: { slug, path, title: path, format, files, side, sideFileName: sideFile?.name ?? `${path}.json` },
    paths: source.files.map((file) => file.path),
  };
}

/** From the cache or a worker. What went wrong is not kept: the next build tries again. */
async function summaryOf({ cache, pool }: Bench, key: string, job: SummarizeJob): Promise<Outcome<Summary>> {
  try {
    const value = await cache.json<Summary>("summary", key, async () => {
      const outcome = await pool.run("summarizeTask", job);
      if (outcome.ok) return outcome.value;
      throw asTraceError(outcome.failure);
    });
    return { ok: true, value };
  } catch (error) {
    return { ok: false, failure: failureOf(error, job.request.title) };
  }
}

function broken(
  { strict }: Bench,
  key: string,
  { slug, group, path }: KnownSource | UnclearSource,
  files: BrokenTrace["files"],
  failure: Failure,
): PreparedTrace {
  if (strict) throw asTraceError(failure);
  const named = files.map(({ name, bytes }) => ({ name, bytes }));
  const entry: BrokenTrace = { ok: false, slug, group, title: path, ...failure, files: named };
  return { entry, key, files: [], failures: [failure] };
}

async function drawn(bench: Bench, key: string, source: KnownSource, summary: Summary): Promise<PreparedTrace> {
  const { slug, group } = source;
  const shown = pageScopes(summary);
  bench.progress.expect(shown.length);
  const scopes = await Promise.all(shown.map(({ id }) => drawScope(bench, key, summary, id)));
  return {
    entry: { ok: true, slug, group, summary, scopes: scopes.map(({ drawing }) => drawing) },
    key,
    files: scopes.flatMap(({ files }) => files),
    failures: scopes.flatMap(({ failures }) => failures),
  };
}

interface ScopeOnDisk {
  readonly drawing: DrawnScope;
  readonly files: readonly PlannedFile[];
  readonly failures: readonly Failure[];
}

async function drawScope(bench: Bench, key: string, summary: Summary, scope: string): Promise<ScopeOnDisk> {
  const { slug } = summary.trace;
  const { value, files } = await drawnFigures(
    bench,
    `${slug}, ${scope}`,
    "scope",
    JSON.stringify([key, scope]),
    (folder) => bench.pool.run("drawScopeTask", { summary, scope, folder }),
  );
  bench.progress.done(`${slug}, ${scope}`);
  return {
    drawing: { scope, figures: value.figures },
    files: asAssets(files, (name) => scopeChartPath(slug, scope, name)),
    failures: value.failures,
  };
}

/** Figures from the cache or a worker; where the worker fails there are none, and the failure says why. */
export async function drawnFigures(
  { cache }: Bench,
  subject: string,
  kind: string,
  key: string,
  draw: (folder: string) => Promise<DrawnFigures>,
): Promise<CachedFolder<DrawnFigures>> {
  try {
    return await cache.folder(kind, key, draw);
  } catch (error) {
    return { value: { figures: [], failures: [failureOf(error, subject)] }, files: [] };
  }
}

/** Cached files as files of the site. */
export function asAssets(
  files: CachedFolder<unknown>["files"],
  pathOf: (name: string) => string,
): readonly PlannedFile[] {
  return files.map(({ name, path, sha256 }) => ({
    path: pathOf(name),
    source: { file: path, sha256 },
    class: "asset",
  }));
}
