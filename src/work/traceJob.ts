import type { Summary } from "../analysis/summary.ts";
import { type HashedFile, isStill } from "../io/hashes.ts";
import { TraceError } from "../model/errors.ts";
import type { Bench } from "./bench.ts";
import { type Outcome, outcomeOf, resultOf } from "./outcome.ts";
import type { KnownSource } from "./sources.ts";
import type { SummarizeJob } from "./summarizeJob.ts";

/** The files of a source; `Hash` is null where it is not known yet. */
export interface StampedSource<Hash extends string | null> {
  readonly files: readonly Stamped<Hash>[];
  readonly layout: HashedFile | null;
}

type Stamped<Hash> = Omit<HashedFile, "sha256"> & { readonly sha256: Hash };

/** What is asked of a worker; its request is all that the Summary depends on. */
export function jobOf(
  { jobs }: Pick<Bench, "jobs">,
  source: KnownSource,
  { files: stamped, layout }: StampedSource<string | null>,
): SummarizeJob {
  const { slug, path, format, side, sideFile, layoutFile } = source;
  const files = source.files.map(({ name }, i) => ({ name, bytes: stamped[i]!.bytes, sha256: stamped[i]!.sha256 }));
  const request = { slug, path, title: path, format, files, side, sideFileName: sideFile?.name ?? `${path}.json` };
  const job = { request, paths: source.files.map((file) => file.path), threads: jobs };
  if (layoutFile === null || layout === null) return job;
  const named = { name: layoutFile.name, sha256: layout.sha256 };
  return { ...job, request: { ...request, layoutFile: named }, layoutPath: layoutFile.path };
}

/** The Summary that a worker makes. */
export function summarized({ pool }: Pick<Bench, "pool">, job: SummarizeJob): Promise<Outcome<Summary>> {
  return outcomeOf(job.request.title, async () => resultOf(await pool.run("summarizeTask", job)));
}

/** Figures are of the bytes whose hash stands beside them. What a recorder added meanwhile was not read. */
export async function assertStill(
  { files, layoutFile }: KnownSource,
  { files: hashed, layout }: StampedSource<string>,
): Promise<void> {
  for (const [i, file] of files.entries()) await assertSame(file, hashed[i]!);
  if (layoutFile !== null && layout !== null) await assertSame(layoutFile, layout);
}

async function assertSame({ path, name }: KnownSource["files"][number], hashed: HashedFile): Promise<void> {
  if (await isStill(path, hashed)) return;
  const cure = "build again when nothing writes to it";
  throw new TraceError({ file: name }, "invalid", "file: it changed while it was read", cure);
}
