import type { Summary } from "../analysis/summary.ts";
import { bytesText, countText, durationText } from "../model/quantities.ts";
import { metricOf } from "./metricOf.ts";
import { sentence } from "./sentence.ts";

/** A Summary for a terminal: the sentence, a line for each op, the findings. */
export function summaryText(summary: Summary): string {
  const { trace, defaultScope, scopeList } = summary;
  const scope = scopeList.find(({ id }) => id === defaultScope);
  const heading = `${trace.title} (${trace.format}${scope === undefined ? "" : `, ${scope.title}`})`;
  const lede = sentence(summary, defaultScope)
    .map(({ text }) => text)
    .join("");
  return `${[heading, lede, "", ...opLines(summary), "", ...findingLines(summary)].join("\n")}\n`;
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
