import type { Iostat } from "../analysis/metrics/iostat.ts";
import type { ScopeInfo, Summary } from "../analysis/summary.ts";
import { bytesText, durationText, shareText } from "../model/quantities.ts";
import type { CellValue, Chart, DataTable, Figure } from "./chart.ts";
import { type Column, columnsOf, type IostatBins, inBins, together } from "./iostat/columns.ts";
import { drawIostat } from "./iostat/drawing.ts";
import { figureOf } from "./kit/metricValue.ts";
import { decimalText } from "./kit/rates.ts";
import { scopeInfo } from "./kit/scope.ts";
import { table } from "./kit/table.ts";
import { fullTimeScale, spanNs } from "./kit/timeScale.ts";

/** The columns of iostat over time, from the trace. */
export const iostat: Chart = {
  id: "iostat",
  title: "What would iostat have shown?",
  label: "iostat",
  metrics: ["iostat"],
  figure: (summary, scope) =>
    figureOf(summary, scope, "iostat", (value) => iostatFigure(summary, scopeInfo(summary, scope), value)),
};

function iostatFigure(summary: Summary, info: ScopeInfo, value: Iostat): Figure | null {
  const scale = fullTimeScale(summary, info, 0);
  if (scale === null || spanNs(scale) <= 0 || value.bins < 2) return null;
  const bins = inBins(value);
  const columns = columnsOf(value);
  const answer = answerOf(columns, bins, spanNs(scale));
  return {
    answer,
    alternativeText: `A small area chart over time for each of iostat's columns. ${answer}`,
    note: null,
    table: tableOf(columns, bins),
    draw: (layout) => drawIostat(columns, bins, (plotPx) => ({ ...scale, plotPx }), layout),
  };
}

function answerOf(columns: readonly Column[], bins: IostatBins, stretchNs: number): string {
  const whole = together(bins);
  const of = (name: string): number | null =>
    columns.find((column) => column.name === name)?.value(whole, stretchNs) ?? null;
  const rates = ["r/s", "w/s", "d/s"].flatMap((name) => {
    const perSecond = of(name);
    return perSecond === null || perSecond === 0 ? [] : [`${decimalText(perSecond)} ${name}`];
  });
  const size = of("avgrq-sz");
  const took = of("await") ?? of("svctm");
  const which = of("await") === null ? "svctm: from issue to completion" : "await: from queueing to completion";
  const request =
    size === null || took === null
      ? ""
      : `; a request has ${bytesText(Math.round(size))} and takes ${durationText(took)} (${which})`;
  return `On average ${rates.join(", ")}${request}; something is in flight for ${shareText(of("%util") ?? 0)} of the time (%util).`;
}

function tableOf(columns: readonly Column[], bins: IostatBins): DataTable {
  const rows = bins.sums.map((sums, i): CellValue[] => {
    const fromNs = bins.startNs + i * bins.binNs;
    const values = columns.map((column) => {
      const value = column.value(sums, bins.binNs);
      return value === null ? null : Number(value.toPrecision(7));
    });
    return [fromNs, fromNs + bins.binNs, ...values];
  });
  return table(
    [
      ["fromNs", "From", "ns"],
      ["toNs", "To", "ns"],
      ...columns.map(({ field, name, kind }) => [field, name, kind] as const),
    ],
    rows,
  );
}
