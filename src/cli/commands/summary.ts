import { availableParallelism } from "node:os";
import type { Summary } from "../../analysis/summary.ts";
import { eachOnce } from "../../io/named.ts";
import { counted } from "../../model/quantities.ts";
import { summaryLines } from "../../report/summaryLines.ts";
import { summarizeFolder } from "../../work/summarizeFolder.ts";
import { summarizeFiles } from "../../work/summarizeJob.ts";
import { type Command, countOption, textOption, UsageError, type Values } from "../command.ts";
import { progressBar } from "../progress.ts";
import { shardOf } from "../shard.ts";
import { writeLine } from "../terminal.ts";
import { withTrace } from "../traceArgument.ts";
import { WINDOW_HELP, WINDOW_OPTIONS, windowedJob } from "../window.ts";

export const summary: Command = {
  help: `
A TRACE is a file, the name of a per-CPU set (sda for sda.blktrace.0, .1 …), or - for standard input.
What it is, is told by its content; a side file beside it (TRACE.json) is read too.
One trace gives one JSON document; several give one line each.
With --traces, every trace of a folder goes to DIR/<slug>/summary.json, for blkreport build --from and --base.

  --text     the sentence, the key figures and the findings, for people
${WINDOW_HELP}
  --traces DIR   all traces of a folder
  --shard K/N    of these only the K-th of N shares, from 1: for N machines
  -o DIR         where their summaries go
  --jobs N       worker threads (default: one for each core)
  --cache DIR    where results are kept between runs (default: .cache)

  blkreport summary disk.log | jq '.scopes.whole.requests.value.byOp'
`,
  options: {
    text: { type: "boolean" },
    ...WINDOW_OPTIONS,
    traces: { type: "string" },
    shard: { type: "string" },
    output: { type: "string", short: "o" },
    jobs: { type: "string" },
    cache: { type: "string" },
  },
  async run(values, words) {
    if (values["traces"] !== undefined) return summarizeAll(values, words);
    const folderOnly = ["shard", "output", "jobs", "cache"].find((name) => values[name] !== undefined);
    if (folderOnly !== undefined) throw new UsageError(`invalid --${folderOnly} without --traces DIR`);
    if (words.length === 0) throw new UsageError("missing TRACE; see blkreport summary --help");
    const traces = eachOnce(words);
    for (const trace of traces) {
      const result = await withTrace(trace, (job) => summarizeFiles(windowedJob(job, values)));
      if (values["text"]) for (const line of summaryLines(result)) writeLine(process.stdout, line);
      else process.stdout.write(json(result, traces.length > 1));
    }
    return 0;
  },
};

/** The Summaries of a folder's traces, as files. */
async function summarizeAll(values: Values, words: readonly string[]): Promise<number> {
  const wrong = ["text", "from", "to"].find((name) => values[name] !== undefined);
  if (wrong !== undefined) throw new UsageError(`invalid --${wrong} beside --traces`);
  if (words.length > 0) throw new UsageError(`invalid TRACE "${words[0]}" beside --traces`);
  const outputDir = textOption(values, "output", "");
  if (outputDir === "") throw new UsageError("missing -o DIR for the summaries of --traces");
  const bar = progressBar(process.stderr);
  const { traces, notices, failures } = await summarizeFolder({
    tracesDir: textOption(values, "traces", ""),
    outputDir,
    shard: shardOf(textOption(values, "shard", "1/1")),
    cacheDir: textOption(values, "cache", ".cache"),
    jobs: countOption(values, "jobs", availableParallelism()),
    strict: false,
    verify: false,
    onProgress: bar.step,
  }).finally(bar.end);
  for (const message of [...notices, ...failures]) writeLine(process.stderr, `blkreport: ${message}`);
  writeLine(process.stderr, `${counted(traces, "trace")} summarised in ${outputDir}`);
  return failures.length > 0 ? 1 : 0;
}

function json(result: Summary, oneLine: boolean): string {
  return `${JSON.stringify(result, null, oneLine ? 0 : 2)}\n`;
}
