import { availableParallelism } from "node:os";
import { counted } from "../../model/quantities.ts";
import { type BuildResult, build as buildSite } from "../../site/build.ts";
import { type Command, countOption, textOption } from "../command.ts";
import { progressBar } from "../progress.ts";
import { writeLine } from "../terminal.ts";

export const build: Command = {
  help: `
  --traces DIR   where the traces are (default: traces)
  --output DIR   where the site goes (default: output); a folder with files of others is refused
  --jobs N       worker threads (default: one for each core)
  --strict       stop at the first trace that cannot be read, and publish nothing
  --verify       hash every input again, whatever the cache remembers
  --cache DIR    where results are kept between builds (default: .cache)
`,
  options: {
    traces: { type: "string" },
    output: { type: "string" },
    cache: { type: "string" },
    jobs: { type: "string" },
    strict: { type: "boolean" },
    verify: { type: "boolean" },
  },
  async run(values) {
    const outputDir = textOption(values, "output", "output");
    const bar = progressBar(process.stderr);
    const result = await buildSite({
      tracesDir: textOption(values, "traces", "traces"),
      outputDir,
      cacheDir: textOption(values, "cache", ".cache"),
      jobs: countOption(values, "jobs", availableParallelism()),
      strict: values["strict"] === true,
      verify: values["verify"] === true,
      onProgress: bar.step,
    }).finally(bar.end);
    for (const notice of result.notices) writeLine(process.stderr, `blkreport: ${notice}`);
    for (const message of result.failures) writeLine(process.stderr, `blkreport: ${message}`);
    writeLine(process.stderr, outcome(result, outputDir));
    return result.failures.length > 0 ? 1 : 0;
  },
};

function outcome({ traces, comparisons, published }: BuildResult, outputDir: string): string {
  const { written, unchanged, removed } = published;
  const files = `${counted(written, "file")} written, ${unchanged} unchanged, ${removed} removed`;
  return `${counted(traces, "trace")}, ${counted(comparisons, "comparison")} in ${outputDir}: ${files}`;
}
