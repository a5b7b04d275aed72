import type { Reuse } from "../analysis/metrics/reuse.ts";
import type { ScopeInfo, Summary } from "../analysis/summary.ts";
import { bytesText, counted, durationText } from "../model/quantities.ts";
import { runningSums } from "./accessPattern/runningSums.ts";
import { sampleWords } from "./accessPattern/sampled.ts";
import { drawWorkingSet } from "./accessPattern/workingSetDrawing.ts";
import type { Chart, DataTable, Figure } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { scopeInfo } from "./kit/scope.ts";
import { table } from "./kit/table.ts";
import { timeScale } from "./kit/timeScale.ts";

/** The blocks in use in each stretch of time, and all that have been used so far. */
export const workingSet: Chart = {
  id: "working-set",
  title: "How fast does the working set grow?",
  label: "Working set",
  metrics: ["reuse"],
  figure: (summary, scope) =>
    figureOf(summary, scope, "reuse", (reuse) => workingSetFigure(summary, scopeInfo(summary, scope), reuse)),
};

function workingSetFigure(summary: Summary, info: ScopeInfo, reuse: Reuse): Figure | null {
  const { bins, distinctBlocks, binNs } = reuse.workingSet;
  if (bins < 2) return null;
  const stretch = summary.trace.clock === "ns" ? durationText(binNs) : counted(binNs, "request");
  const answer = `${answerOf(reuse, Math.max(...distinctBlocks), stretch)}${sampleWords(reuse)}.`;
  return {
    answer,
    alternativeText: `Data touched in each stretch of time as an area, and all data touched so far as a line. ${answer}`,
    note: null,
    table: tableOf(reuse),
    draw: (layout) => drawWorkingSet(reuse, stretch, (plotPx) => timeScale(summary, info, plotPx)!, layout),
  };
}

function answerOf({ blocks, blockBytes, workingSet: { newBlocks } }: Reuse, most: number, stretch: string): string {
  const half = runningSums(newBlocks).findIndex((soFar) => soFar >= blocks / 2) + 1;
  const when = Math.round((100 * half) / newBlocks.length);
  const touched = `${bytesText(blocks * blockBytes)} ${blocks === 1 ? "is" : "are"} touched in all, half of it in the first ${Math.max(1, when)} % of the time`;
  return `${touched}; at most ${bytesText(most * blockBytes)} within ${stretch}`;
}

function tableOf({ blockBytes, workingSet: { startNs, binNs, distinctBlocks, newBlocks } }: Reuse): DataTable {
  const soFar = runningSums(newBlocks);
  return table(
    [
      ["fromNs", "from", "ns"],
      ["toNs", "to", "ns"],
      ["distinctBytes", "touched", "bytes"],
      ["newBytes", "for the first time", "bytes"],
      ["soFarBytes", "touched so far", "bytes"],
    ],
    distinctBlocks.map((distinct, i) => {
      const from = startNs + i * binNs;
      return [from, from + binNs, distinct * blockBytes, newBlocks[i]! * blockBytes, soFar[i]! * blockBytes];
    }),
  );
}
