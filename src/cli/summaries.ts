import { statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Summary } from "../analysis/summary.ts";
import { matcher } from "../io/glob.ts";
import { findSource } from "../io/named.ts";
import { readNamedText } from "../io/textFile.ts";
import { walk } from "../io/walk.ts";
import { TraceError } from "../model/errors.ts";
import { storedSummary } from "../report/storedSummary.ts";
import { type SummarizeJob, summarizeFiles } from "../work/summarizeJob.ts";
import { writeLine } from "./terminal.ts";
import { withTrace } from "./traceArgument.ts";

/** The Summaries that a word means: of a trace, a stored one, or those of a folder's or a pattern's files, in order of name. */
export async function summariesOf(word: string): Promise<readonly Summary[]> {
  const summaries: Summary[] = [];
  for (const name of namesOf(word)) summaries.push(await summaryOf(name));
  return summaries;
}

/** The Summary of a trace, or a stored one; `adapted` may change how a trace is summarised. */
export function summaryOf(
  name: string,
  adapted: (job: SummarizeJob) => SummarizeJob = (job) => job,
): Promise<Summary> | Summary {
  if (name.endsWith(".json")) return storedSummary(readNamedText(name), name);
  return withTrace(name, (job) => summarizeFiles(adapted(job)));
}

function namesOf(word: string): readonly string[] {
  const stat = word === "-" ? undefined : statSync(word, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return runsIn(word, () => true);
  if (stat === undefined && /[*?]/.test(basename(word))) return runsIn(dirname(word), matcher([basename(word)]));
  return [word];
}

/** The traces and stored summaries of a folder; side files describe traces, and a set of per-CPU files is one. */
function runsIn(folder: string, isWanted: (name: string) => boolean): readonly string[] {
  const { files, notices } = walk(folder, { deep: false });
  for (const notice of notices) writeLine(process.stderr, `blkreport: ${join(folder, notice)}`);
  const paths = files.filter(isWanted).map((name) => join(folder, name));
  const traces = paths.filter((path) => !path.endsWith(".json")).map((path) => findSource(path)?.name ?? path);
  const sideFiles = new Set(traces.map((name) => `${name}.json`));
  const stored = paths.filter((path) => path.endsWith(".json") && !sideFiles.has(path));
  const names = [...new Set([...traces, ...stored])].sort();
  if (names.length === 0)
    throw new TraceError(
      { file: folder },
      "missing",
      "trace or summary of that name",
      "name a file, a folder or a pattern",
    );
  return names;
}
