import type { Summary } from "../analysis/summary.ts";
import { stampOf } from "../io/hashes.ts";
import type { Bench } from "./bench.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import type { KnownSource } from "./sources.ts";
import { areLarge, type SummarizeJob } from "./summarizeJob.ts";
import { jobOf, type StampedSource, summarized } from "./traceJob.ts";

/** The kind of notes in the cache of which large traces it knows, by all that names a Summary but the hashes. */
const SEEN = "seen";

/** A trace that was hashed while it was read. */
export interface ReadOnce {
  readonly hashed: StampedSource<string>;
  readonly summary: Summary;
}

/**
 * Reads a large trace of which the cache knows nothing whatever it holds, and hashes it meanwhile. null: it has to be
 * hashed first.
 */
export async function readUnseen(bench: Bench, source: KnownSource): Promise<Outcome<ReadOnce> | null> {
  const stamped = await unhashed(bench, source);
  if (stamped === null) return null;
  const job = jobOf(bench, source, stamped);
  if (bench.cache.recallJson(SEEN, nameOf(job)) !== null) return null;
  const read = await summarized(bench, job);
  // What went wrong may be that the file changed: who hashes it first can tell.
  if (!read.ok) return isUnchanged(source, stamped) ? read : null;
  const { files } = read.value.trace;
  const hashed = { ...stamped, files: stamped.files.map((file, i) => ({ ...file, sha256: files[i]!.sha256 })) };
  for (const [i, { path }] of source.files.entries()) bench.hashes.learn(path, hashed.files[i]!);
  return { ok: true, value: { hashed, summary: read.value } };
}

/** Notes that the cache knows Summaries of a large trace. */
export async function noteSeen({ cache }: Bench, job: SummarizeJob): Promise<void> {
  if (areLarge(job.request.files)) await cache.json(SEEN, nameOf(job), async () => true);
}

function nameOf({ request }: SummarizeJob): string {
  return JSON.stringify({ ...request, files: request.files.map(({ name, bytes }) => ({ name, bytes })) });
}

/** Large files, not all of which have a hash that is remembered. */
async function unhashed({ hashes }: Bench, source: KnownSource): Promise<StampedSource<null> | null> {
  const { files, layoutFile } = source;
  const stamped = files.flatMap(({ path }) => stampOf(path) ?? []);
  if (stamped.length < files.length || !areLarge(stamped)) return null;
  if (files.every(({ path }) => hashes.recall(path) !== null)) return null;
  const layout = await outcomeOf(source.path, async () =>
    layoutFile === null ? null : await hashes.of(layoutFile.path, layoutFile.name),
  );
  return layout.ok ? { files: stamped.map((file) => ({ ...file, sha256: null })), layout: layout.value } : null;
}

function isUnchanged({ files }: KnownSource, stamped: StampedSource<null>): boolean {
  return files.every(({ path }, i) => stampOf(path)?.stamp === stamped.files[i]!.stamp);
}
