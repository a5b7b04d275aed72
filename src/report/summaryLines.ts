import type { Summary } from "../analysis/summary.ts";
import { bytesText, countText, durationText } from "../model/quantities.ts";
import { doubtsOf } from "./doubts.ts";
import { metricOf } from "./metricOf.ts";
import { notJudgedView } from "./pages/notJudgedView.ts";
import { sentence } from "./sentence.ts";
import { windowText } from "./window.ts";

/** A Summary for a terminal, line by line: the sentence, a line for each op, the findings. */
export function summaryLines(summary: Summary): readonly string[] {
  const { trace, defaultScope, scopeList } = summary;
  const scope = scopeList.find(({ id }) => id === defaultScope);
  const whole = scopeList.find(({ kind }) => kind === "whole");
  const window = trace.window === null ? "" : `, ${windowText(trace.window, whole?.requests ?? 0)}`;
  const heading = `${trace.title} (${trace.format}${scope === undefined ? "" : `, ${scope.title}`}${window})`;
  const lede = sentence(summary, defaultScope)
    .map(({ text }) => text)
    .join("");
  return [
    heading,
    lede,
    "",
    ...opLines(summary),
    "",
    ...findingLines(summary),
    ...notJudgedLines(summary),
    ...doubtLines(summary),
  ];
}

function opLines(summary: Summary): readonly string[] {
  const { defaultScope } = summary;
  const byOp = metricOf(summary, defaultScope, "requests")?.byOp ?? {};
  const alignment = metricOf(summary, defaultScope, "alignment")?.byOp ?? {};
  const latency = metricOf(summary, defaultScope, "latency")?.byOp ?? {};
  return Object.entries(byOp).map(([name, figures]) => {
    const op = name as keyof typeof byOp;
    const parts = [
      name.padEnd(12),
      countText(figures.count).padStart(10),
      bytesText(figures.bytes).padStart(10),
      alignment[op] === undefined ? "" : `${countText(alignment[op].unaligned)} unaligned`,
      latency[op]?.d2c === undefined
        ? ""
        : `p50 ${durationText(latency[op].d2c.p50Ns)}, most ${durationText(latency[op].d2c.maxNs)}`,
    ];
    return parts.filter((part) => part !== "").join("  ");
  });
}

function findingLines({ findings }: Summary): readonly string[] {
  return findings.map(({ severity, title, evidence }) => `${severity.padEnd(6)}  ${title}. ${evidence}`);
}

function doubtLines({ quality }: Summary): readonly string[] {
  return doubtsOf(quality).map((doubt) => `${"?".padEnd(6)}  ${doubt}`);
}

function notJudgedLines(summary: Summary): readonly string[] {
  const view = notJudgedView(summary);
  if (view === null) return [];
  return [
    ...view.lines.map(({ question, needs }) => `${"?".padEnd(6)}  Not judged: ${question} ${needs}`),
    `        The side file can say it: ${view.sideFile}`,
  ];
}
