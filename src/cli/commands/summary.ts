import type { Summary } from "../../analysis/summary.ts";
import { eachOnce } from "../../io/named.ts";
import { summaryLines } from "../../report/summaryLines.ts";
import { summarizeFiles } from "../../work/summarizeJob.ts";
import { type Command, UsageError } from "../command.ts";
import { writeLine } from "../terminal.ts";
import { withTrace } from "../traceArgument.ts";
import { WINDOW_HELP, WINDOW_OPTIONS, windowedJob } from "../window.ts";

export const summary: Command = {
  help: `
A TRACE is a file, the name of a per-CPU set (sda for sda.blktrace.0, .1 …), or - for standard input.
What it is, is told by its content; a side file beside it (TRACE.json) is read too.
One trace gives one JSON document; several give one line each.

  --text     the sentence, the key figures and the findings, for people
${WINDOW_HELP}
  blkreport summary disk.log | jq '.scopes.whole.requests.value.byOp'
`,
  options: { text: { type: "boolean" }, ...WINDOW_OPTIONS },
  async run(values, words) {
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

function json(result: Summary, oneLine: boolean): string {
  return `${JSON.stringify(result, null, oneLine ? 0 : 2)}\n`;
}
