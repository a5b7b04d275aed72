import { availableParallelism } from "node:os";
import { gatesHold } from "../../compare/gates/index.ts";
import { counted } from "../../model/quantities.ts";
import { gateMark, gateSummary, gateWords } from "../../report/diff/words.ts";
import { type BuildResult, build as buildSite, type GateOutcome } from "../../site/build.ts";
import { type Command, countOption, textOption, UsageError, type Values } from "../command.ts";
import { rulesOf } from "../gateOption.ts";
import { progressBar } from "../progress.ts";
import { writeLine } from "../terminal.ts";

export const build: Command = {
  help: `
  --traces DIR   where the traces are (default: traces)
  --from DIR…    publish the summaries below these folders, and read no trace: what blkreport summary --traces wrote,
                 on however many machines, or the output of another build
  --base DIR     compare each trace with the one of the same slug in a folder of summaries
  --gate FILE    rules that every comparison is held to (schema/gates.json), beside the gates of traces/blkreport.json
  --output DIR   where the site goes (default: output); a folder with files of others is refused
  --jobs N       worker threads (default: one for each core)
  --strict       stop at the first trace that cannot be read, and publish nothing
  --verify       hash every input again, whatever the cache remembers
  --cache DIR    where results are kept between builds (default: .cache)
`,
  options: {
    traces: { type: "string" },
    from: { type: "string", multiple: true },
    base: { type: "string" },
    gate: { type: "string", multiple: true },
    output: { type: "string" },
    cache: { type: "string" },
    jobs: { type: "string" },
    strict: { type: "boolean" },
    verify: { type: "boolean" },
  },
  async run(values, words) {
    const outputDir = textOption(values, "output", "output");
    const from = foldersOf(values, words);
    const base = values["base"];
    const gates = rulesOf(values);
    const bar = progressBar(process.stderr);
    const result = await buildSite({
      tracesDir: textOption(values, "traces", "traces"),
      outputDir,
      ...(from && { from }),
      ...(typeof base === "string" && { base }),
      ...(gates && { gates }),
      cacheDir: textOption(values, "cache", ".cache"),
      jobs: countOption(values, "jobs", availableParallelism()),
      strict: values["strict"] === true,
      verify: values["verify"] === true,
      onProgress: bar.step,
    }).finally(bar.end);
    for (const notice of result.notices) writeLine(process.stderr, `blkreport: ${notice}`);
    for (const message of result.failures) writeLine(process.stderr, `blkreport: ${message}`);
    for (const line of gateLines(result.gates)) writeLine(process.stderr, `blkreport: ${line}`);
    writeLine(process.stderr, outcome(result, outputDir));
    return result.failures.length > 0 || !result.gates.every(({ gates }) => gatesHold(gates)) ? 1 : 0;
  },
};

/** The folders of --from: `--from a b` as a shell writes `--from *`. */
function foldersOf(values: Values, words: readonly string[]): readonly string[] | undefined {
  const { from, traces } = values;
  if (!Array.isArray(from)) {
    if (words.length > 0) throw new UsageError(`unknown word "${words[0]}"; see blkreport build --help`);
    return undefined;
  }
  if (traces !== undefined)
    throw new UsageError("invalid --traces beside --from; publish traces, or summaries of them");
  return [...from.map(String), ...words];
}

/** The rules that do not hold, by comparison, and then what all of them came to. */
function gateLines(outcomes: readonly GateOutcome[]): readonly string[] {
  if (outcomes.length === 0) return [];
  const unheld = outcomes.flatMap(({ slug, gates }) =>
    gates.flatMap((gate) =>
      gate.holds || gate.level === "off" ? [] : [`${slug}: ${gateMark(gate)}: ${gateWords(gate)}: ${gate.why ?? ""}`],
    ),
  );
  const all = gateSummary(outcomes.flatMap(({ gates }) => gates));
  return [...unheld, `gates of ${counted(outcomes.length, "comparison")}: ${all}`];
}

function outcome({ traces, comparisons, published }: BuildResult, outputDir: string): string {
  const { written, unchanged, removed } = published;
  const files = `${counted(written, "file")} written, ${unchanged} unchanged, ${removed} removed`;
  return `${counted(traces, "trace")}, ${counted(comparisons, "comparison")} in ${outputDir}: ${files}`;
}
