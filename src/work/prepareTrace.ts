import { groupOf } from "../io/discover.ts";
import type { PlannedFile } from "../io/publish.ts";
import { sha256 } from "../io/sha256.ts";
import { readableText } from "../model/readable.ts";
import { CARD_NAME, scopeChartPath, tracePath } from "../report/pages/links.ts";
import type { DrawnScope, TraceEntry } from "../report/siteModel.ts";
import type { Bench } from "./bench.ts";
import { drawn } from "./drawn.ts";
import type { Failure } from "./outcome.ts";
import type { GoodRead, TraceRead } from "./readTrace.ts";
import type { Held } from "./shelf.ts";

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
  const { key, path, pageScopes } = read;
  bench.progress.expect(pageScopes.length);
  const scopes = await Promise.all(pageScopes.map((scope) => drawScope(bench, read, scope)));
  const drawings = scopes.map(({ drawing }) => drawing);
  const failures = scopes.flatMap((one) => one.failures);
  return {
    key: contentKey([key, path, failures]),
    entry: entryOf(read, drawings),
    files: scopes.flatMap(({ files }) => files),
    failures,
  };
}

/** On its own: a function that lives on in an object keeps all that those beside it know, a Summary too. */
function entryOf(read: GoodRead, scopes: readonly DrawnScope[]): TraceEntry {
  return {
    ok: true,
    slug: read.trace.slug,
    group: readableText(groupOf(read.path)),
    defaultScope: read.defaultScope,
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

async function drawScope(bench: Bench, read: GoodRead, scope: string): Promise<ScopeOnDisk> {
  const { slug } = read.trace;
  const { figures, files, failures } = await drawn(bench, {
    subject: `${slug}, ${scope}`,
    kind: "scope",
    key: JSON.stringify([read.key, scope]),
    draw: (folder) => bench.pool.run("drawScopeTask", { summary: read.summary, scope, folder }),
    pathOf: (name) => (name === CARD_NAME ? `${tracePath(slug)}${name}` : scopeChartPath(slug, scope, name)),
  });
  return { drawing: drawingOf(scope, figures), files, failures };
}

/** On its own, so that it keeps no Summary in memory. */
function drawingOf(scope: string, held: Held<DrawnScope["figures"]>): DrawnScope {
  return {
    scope,
    get figures() {
      return held();
    },
  };
}
