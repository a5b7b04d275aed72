import type { Summary } from "../../analysis/summary.ts";
import type { Diff } from "../../compare/diff.ts";
import { evaluateGates, gatesHold } from "../../compare/gates/index.ts";
import { compareRuns } from "../../compare/index.ts";
import { diffJunit } from "../../report/diff/junit.ts";
import { diffLines } from "../../report/diff/lines.ts";
import { diffMarkdown } from "../../report/diff/markdown.ts";
import type { DiffReport } from "../../report/diff/report.ts";
import { type Command, textOption, UsageError, type Values } from "../command.ts";
import { rulesOf } from "../gateOption.ts";
import { summariesOf } from "../summaries.ts";
import { plain } from "../terminal.ts";

interface Compared extends DiffReport {
  readonly a: Summary;
  readonly b: Summary;
}

const FORMATS: Readonly<Record<string, (report: Compared) => string | Promise<string>>> = {
  text: (report) => `${diffLines(report).map(plain).join("\n")}\n`,
  markdown: (report) => diffMarkdown(report, { page: null, picture: null }),
  json: ({ diff, gates }) => `${JSON.stringify({ ...diff, gates }, null, 2)}\n`,
  junit: diffJunit,
  html: async (report) =>
    (await import("../../site/comparisonFile.ts")).comparisonFile({ ...report, isWithBase: false }),
};

export const diff: Command = {
  help: `
A is the baseline. Each of A and B is a trace, a stored summary (.json), or several runs of the same work: a folder,
or a pattern in quotes. Counts, bytes and places are compared exactly; times only by several runs a side.

  --format FORMAT   text (the default), ${Object.keys(FORMATS).slice(1).join(", ")}
  --gate FILE       rules on the figures (schema/gates.json); without any, nothing fails
  --scope S         the scope to compare; without it the one in which each trace's page opens
  --exit-code       exit with 1 where anything differs

Exit status: 0 all rules hold; 1 one fails, or a trace cannot be read; 2 the question was wrong.

  blkreport diff before.log after.log
  blkreport diff before.log after.log --format html > comparison.html
  blkreport diff 'base/*.qtr' 'head/*.qtr' --gate gates.json --format markdown
`,
  options: {
    format: { type: "string" },
    gate: { type: "string", multiple: true },
    scope: { type: "string" },
    "exit-code": { type: "boolean" },
  },
  async run(values, words) {
    const [wordA, wordB, ...more] = words;
    if (wordA === undefined || wordB === undefined || more.length > 0)
      throw new UsageError(
        "invalid number of traces; two are compared: put several runs of a side into a folder or a pattern",
      );
    const print = formatOf(textOption(values, "format", "text"));
    const gates = rulesOf(values);
    const a = await summariesOf(wordA);
    const b = await summariesOf(wordB);
    const report = {
      a: a[0]!,
      b: b[0]!,
      diff: compareRuns(a, b, scopesOf(values)),
      gates: gates === null ? [] : evaluateGates(gates, a, b),
    };
    process.stdout.write(await print(report));
    if (!gatesHold(report.gates)) return 1;
    return values["exit-code"] && differs(report.diff) ? 1 : 0;
  },
};

function formatOf(name: string): (typeof FORMATS)[string] {
  const format = FORMATS[name];
  if (format) return format;
  throw new UsageError(`unknown format "${name}"; expected ${Object.keys(FORMATS).join(", ")}`);
}

function scopesOf({ scope }: Values) {
  return typeof scope === "string" ? { a: scope, b: scope } : undefined;
}

function differs({ metrics, sequence, sectors, findings }: Diff): boolean {
  return (
    metrics.changed.length > 0 ||
    (sequence?.steps ?? []).length > 0 ||
    (sectors !== null && sectors.onlyA + sectors.onlyB + sectors.classChanged > 0) ||
    findings.appeared.length + findings.disappeared.length > 0
  );
}
