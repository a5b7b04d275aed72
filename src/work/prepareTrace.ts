import type { Summary } from "../analysis/summary.ts";
import type { CachedFolder } from "../io/cache.ts";
import { groupOf } from "../io/discover.ts";
import { fileTrouble } from "../io/fileTrouble.ts";
import type { PlannedFile } from "../io/publish.ts";
import { sha256 } from "../io/sha256.ts";
import { readableText } from "../model/readable.ts";
import { pageScopes } from "../report/pageScopes.ts";
import { CARD_NAME, scopeChartPath, tracePath } from "../report/pages/links.ts";
import type { DrawnScope, TraceEntry } from "../report/siteModel.ts";
import type { Bench } from "./bench.ts";
import type { DrawnFigures } from "./draw.ts";
import { type Failure, failureOf } from "./outcome.ts";
import { type GoodRead, present, type TraceRead } from "./readTrace.ts";

/** The kind of a scope's charts in the cache. */
const SCOPE = "scope";

/** A trace as its pages need it. */
export interface PreparedTrace {
  readonly key: string;
  readonly entry: TraceEntry;
  readonly files: readonly PlannedFile[];
  readonly failures: readonly Failure[];
}

/** Draws one trace, as far as the cache does not know it yet. */
export async function prepareTrace(bench: Bench, read: TraceRead): Promise<PreparedTrace> {
  if (!read.ok) {
    const { message, place, what, cure } = read;
    return { key: contentKey(read), entry: read, files: [], failures: [{ message, place, what, cure }] };
  }
  const { key, path, summary } = read;
  const shown = pageScopes(summary);
  bench.progress.expect(shown.length);
  const scopes = await Promise.all(shown.map(({ id }) => drawScope(bench, key, summary, id)));
  const drawings = scopes.map(({ drawing }) => drawing);
  const failures = scopes.flatMap((one) => one.failures);
  return {
    key: contentKey([key, path, failures]),
    entry: entryOf(read, summary.defaultScope, drawings),
    files: scopes.flatMap(({ files }) => files),
    failures,
  };
}

/** On its own: a function that lives on in an object keeps all that those beside it know, a Summary too. */
function entryOf(read: GoodRead, defaultScope: string, scopes: readonly DrawnScope[]): TraceEntry {
  return {
    ok: true,
    slug: read.trace.slug,
    group: readableText(groupOf(read.path)),
    defaultScope,
    get summary() {
      return read.summary;
    },
    scopes,
  };
}

/** What names an entry of the model, by all that it is made of; its pictures are, too. */
export function contentKey(madeFrom: unknown): string {
  return sha256(JSON.stringify(madeFrom));
}

interface ScopeOnDisk {
  readonly drawing: DrawnScope;
  readonly files: readonly PlannedFile[];
  readonly failures: readonly Failure[];
}

async function drawScope(bench: Bench, key: string, summary: Summary, scope: string): Promise<ScopeOnDisk> {
  const { slug } = summary.trace;
  const drawnKey = JSON.stringify([key, scope]);
  const { value, files } = await drawnFigures(bench, `${slug}, ${scope}`, SCOPE, drawnKey, (folder) =>
    bench.pool.run("drawScopeTask", { summary, scope, folder }),
  );
  bench.progress.done(`${slug}, ${scope}`);
  return {
    drawing: drawingOf(bench, scope, drawnKey, value),
    files: asAssets(files, (name) =>
      name === CARD_NAME ? `${tracePath(slug)}${name}` : scopeChartPath(slug, scope, name),
    ),
    failures: value.failures,
  };
}

/** The figures are recalled when they are asked for; where a scope could not be drawn, there is nothing to recall. */
function drawingOf({ cache, shelve }: Bench, scope: string, key: string, drawn: DrawnFigures): DrawnScope {
  if (drawn.figures.length === 0) return { scope, figures: [] };
  const held = shelve(drawn.figures, () => present(cache.recallFolder<DrawnFigures>(SCOPE, key)).value.figures);
  return {
    scope,
    get figures() {
      return held();
    },
  };
}

/**
 * Figures from the cache or a worker; where the worker fails there are none, and the failure says why. Where there is no
 * place for files nothing can be drawn at all: then what is published stays as it is.
 */
export async function drawnFigures(
  { cache, cacheDir }: Bench,
  subject: string,
  kind: string,
  key: string,
  draw: (folder: string) => Promise<DrawnFigures>,
): Promise<CachedFolder<DrawnFigures>> {
  try {
    return await cache.folder(kind, key, draw);
  } catch (error) {
    const trouble = fileTrouble(error, cacheDir);
    if (trouble !== null) throw trouble;
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
