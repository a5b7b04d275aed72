import { createReadStream, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, extname } from "node:path";
import { type SourceFile, withSets } from "../io/discover.ts";
import { filesBeside, type NamedSource, namedSource } from "../io/named.ts";
import { slugOf } from "../io/slug.ts";
import { spoolStream } from "../io/spool.ts";
import { readFoundText } from "../io/textFile.ts";
import { TraceError } from "../model/errors.ts";
import type { ReadHints } from "../model/format.ts";
import { checkedJson } from "../report/checkedJson.ts";
import { SideFile } from "../report/sideFile.ts";
import { formatOf } from "../work/formatOf.ts";
import type { SummarizeJob } from "../work/summarizeJob.ts";
import { writeLine } from "./terminal.ts";

/** Does something with the trace that a word of the command line means; "-" is standard input. */
export function withTrace<T>(word: string, use: (job: SummarizeJob) => Promise<T>): Promise<T> {
  return withSource(word, async (source) => use(await jobOf(source)));
}

/** Does something with the files that a word means, whatever they are. A pipe can be read once only, and is kept in a file. */
export async function withSource<T>(word: string, use: (source: NamedSource) => Promise<T>): Promise<T> {
  const isPipe = word !== "-" && statSync(word, { throwIfNoEntry: false })?.isFIFO() === true;
  if (word !== "-" && !isPipe) return use(namedSource(word));
  const spooled = await spoolStream(isPipe ? createReadStream(word) : process.stdin);
  const name = isPipe ? word : "standard input";
  try {
    return await use({ name, files: [{ name, path: spooled.path }], sideFile: null, layoutFile: null });
  } finally {
    await spooled.remove();
  }
}

async function jobOf({ name, files: own, sideFile, layoutFile }: NamedSource): Promise<SummarizeJob> {
  const side = readSideFile(sideFile);
  const { files, notices } = withSets(own, sideFile ?? "", side.sets ?? [], (set) => filesBeside(name, set));
  for (const notice of notices) writeLine(process.stderr, `blkreport: ${notice}`);
  const format = await knownFormat(name, files, side.read);
  const request = {
    slug: slugOf(basename(name)),
    title: basename(name, extname(name)),
    format,
    files: files.map(({ name: file, path }) => ({ name: basename(file), bytes: statSync(path).size, sha256: null })),
    side,
    sideFileName: sideFile ?? "",
  };
  const job = { request, paths: files.map(({ path }) => path), threads: availableParallelism() };
  if (layoutFile === null) return job;
  const layout = { name: basename(layoutFile), sha256: null };
  return { ...job, request: { ...request, layoutFile: layout }, layoutPath: layoutFile };
}

/** What a side file says; without one, nothing. */
export function readSideFile(path: string | null): SideFile {
  return path === null ? {} : checkedJson<SideFile>(SideFile, readFoundText(path, path), path);
}

async function knownFormat(name: string, files: readonly SourceFile[], hints?: ReadHints): Promise<string> {
  const { file, format, reason } = await formatOf(files, hints);
  if (format !== null) return format;
  if (file === null) throw new TraceError({ file: name }, "invalid", "trace: it is empty", "record it again");
  throw new TraceError({ file }, "unknown", "format", reason);
}
