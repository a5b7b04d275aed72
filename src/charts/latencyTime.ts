import type { Latency } from "../analysis/metrics/latency.ts";
import type { LatencyOverTime } from "../analysis/metrics/latencyOverTime.ts";
import type { ScopeInfo, Summary } from "../analysis/summary.ts";
import { countText, durationText } from "../model/quantities.ts";
import type { Chart, DataTable, Figure } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { scopeInfo } from "./kit/scope.ts";
import { table } from "./kit/table.ts";
import { timeScale } from "./kit/timeScale.ts";
import { latencyBinNs } from "./latencyTime/cells.ts";
import { drawLatencyTime } from "./latencyTime/drawing.ts";
import { FEWEST_FOR_P99, percentileNote } from "./latencyTime/note.ts";

type Window = LatencyOverTime["windows"][number];

function extremes(values: readonly number[]): string {
  const [least, most] = [durationText(Math.min(...values)), durationText(Math.max(...values))];
  return least === most ? `at ${least}` : `between ${least} and ${most}`;
}

function answerOfOne({ count, p50Ns, p99Ns, maxNs }: Window): string {
  const p99 = count < FEWEST_FOR_P99 ? "" : `, 99 % within ${durationText(p99Ns)}`;
  if (count === 1) return `The only request took ${durationText(maxNs)}.`;
  const half = count === 2 ? "One of the 2" : `Half of the ${countText(count)}`;
  return `${half} requests finished within ${durationText(p50Ns)}${p99}; the slowest took ${durationText(maxNs)}.`;
}

function stretchText(fromNs: number, toNs: number): string {
  const to = durationText(toNs);
  return fromNs <= 0 ? `in the first ${to}` : `from ${durationText(fromNs)} to ${to}`;
}

/** What the windows say; their times count from the scope's first request. */
function answer(windows: readonly Window[], fromNs: number): string {
  if (windows.length === 1) return answerOfOne(windows[0]!);
  const worst = windows.reduce((most, each) => (each.p99Ns > most.p99Ns ? each : most));
  const when = stretchText(worst.fromNs - fromNs, worst.toNs - fromNs);
  const medians = extremes(windows.map(({ p50Ns }) => p50Ns));
  const slowest = durationText(Math.max(...windows.map(({ maxNs }) => maxNs)));
  return `The median stays ${medians}; p99 is highest, ${durationText(worst.p99Ns)}, ${when}, and the slowest request took ${slowest}.`;
}

function allCells({ startNs, binNs, cells }: LatencyOverTime): DataTable {
  const rows: number[][] = [];
  for (let i = 0; i < cells.length; i += 3) {
    const fromNs = startNs + cells[i]! * binNs;
    const bin = cells[i + 1]!;
    rows.push([
      fromNs,
      fromNs + binNs,
      Math.round(latencyBinNs(bin)),
      Math.round(latencyBinNs(bin + 1)),
      cells[i + 2]!,
    ]);
  }
  return table(
    [
      ["fromNs", "From", "ns"],
      ["toNs", "To", "ns"],
      ["latencyFromNs", "Latency from", "ns"],
      ["latencyToNs", "Latency to", "ns"],
      ["requests", "Requests", "count"],
    ],
    rows,
  );
}

function figure(summary: Summary, info: ScopeInfo, value: LatencyOverTime, latency: Latency | null): Figure | null {
  const scale = timeScale(summary, info, 0);
  if (scale === null || scale.toNs <= scale.fromNs || value.windows.length === 0) return null;
  const said = answer(value.windows, scale.fromNs);
  return {
    answer: said,
    alternativeText: `Heat map of latency over time, with the median and the 99th percentile. ${said}`,
    note: latency && percentileNote(latency),
    table: allCells(value),
    draw: (layout) => drawLatencyTime(value, (plotPx) => ({ ...scale, plotPx }), layout),
  };
}

/** How long requests took, over the time at which they were started. */
export const latencyTime: Chart = {
  id: "latency-time",
  title: "When were requests slow?",
  label: "Latency over time",
  metrics: ["latencyOverTime", "latency"],
  figure: (summary, scope) =>
    figureOf(summary, scope, "latencyOverTime", (value) => {
      const latency = summary.scopes[scope]?.latency;
      return figure(summary, scopeInfo(summary, scope), value, latency?.ok ? latency.value : null);
    }),
};
