import type { Throughput } from "../../analysis/metrics/throughput.ts";
import type { ScopeInfo, Summary } from "../../analysis/summary.ts";
import { durationText, listed, sentence } from "../../model/quantities.ts";
import type { CellKind, DataTable, Figure } from "../chart.ts";
import { OP_STYLE } from "../kit/opStyle.ts";
import { table } from "../kit/table.ts";
import { type TimeScale, timeScale } from "../kit/timeScale.ts";
import { type BarSeries, type Bars, barsOf, type Quantity, windowOf } from "./bars.ts";
import type { Quantities } from "./panel.ts";
import { drawPanels } from "./panels.ts";

/** What tells bytes from requests, in words and numbers. */
export interface OverTime extends Quantities {
  readonly quantity: Quantity;
  readonly totalKind: CellKind;
  readonly rateKind: CellKind;
  /** CSV column of an op: "readBytes". */
  column(op: string): string;
  /** "18.8 MiB written", "976 writes". */
  done(series: BarSeries): string;
}

/** From the first request to the last; null where no time passes between them. */
function issueSpanNs({ firstNs, lastNs }: ScopeInfo): number | null {
  return firstNs === null || lastNs === null || lastNs <= firstNs ? null : lastNs - firstNs;
}

/** Over the time from the first request to the last, which bars may exceed: then the mean is no more than the peak. */
function meanPerSecond({ total, peakPerSecond }: BarSeries, stretchNs: number): number {
  return Math.min((total / stretchNs) * 1e9, peakPerSecond);
}

function answer(bars: Bars, kind: OverTime, stretchNs: number): string {
  const parts = bars.series.map((series) => {
    const mean = kind.rateText(meanPerSecond(series, stretchNs));
    const peak = kind.rateText(series.peakPerSecond);
    return `${kind.done(series)} (${mean} on average, ${peak} in the busiest ${durationText(bars.barNs)})`;
  });
  return sentence(`${listed(parts)} in ${durationText(stretchNs)}.`);
}

/** The window of the rolling mean, where there is one. */
function rollingText(bars: Bars): string {
  const window = windowOf(bars);
  return window === null ? "" : `, with the mean of ${window} bars (${durationText(window * bars.barNs)}) as a line`;
}

function note(bars: Bars, kind: OverTime, stretchNs: number): DataTable {
  const columns = bars.series.map(({ op }) => [`${op}PerSecond`, OP_STYLE[op].singular, kind.rateKind] as const);
  return table(
    [["figure", "", "text"], ...columns],
    [
      ["mean", ...bars.series.map((series) => meanPerSecond(series, stretchNs))],
      ["peak", ...bars.series.map(({ peakPerSecond }) => peakPerSecond)],
    ],
  );
}

function allBins(throughput: Throughput, bars: Bars, { quantity, totalKind, column }: OverTime): DataTable {
  const { startNs, binNs, bins, byOp } = throughput;
  const ops = bars.series.map(({ op }) => op);
  const columns = ops.map((op) => [column(op), sentence(OP_STYLE[op].plural), totalKind] as const);
  const rows = Array.from({ length: bins }, (_, i) => [
    startNs + i * binNs,
    startNs + (i + 1) * binNs,
    ...ops.map((op) => byOp[op]![quantity][i]!),
  ]);
  return table([["fromNs", "From", "ns"], ["toNs", "To", "ns"], ...columns], rows);
}

/** The figure of a quantity over time; null where there is none of it, or no time passes. */
export function overTimeFigure(
  summary: Summary,
  info: ScopeInfo,
  throughput: Throughput,
  kind: OverTime,
): Figure | null {
  const stretchNs = issueSpanNs(info);
  const bars = barsOf(throughput, kind.quantity, stretchNs ?? 0);
  if (stretchNs === null || bars.series.length === 0) return null;
  const said = answer(bars, kind, stretchNs);
  const scaleFor = (plotPx: number): TimeScale => timeScale(summary, info, plotPx)!;
  return {
    answer: said,
    alternativeText: `Bars over time, a panel for each kind of request${rollingText(bars)}. ${said}`,
    note: note(bars, kind, stretchNs),
    table: allBins(throughput, bars, kind),
    draw: (layout) => drawPanels(bars, kind, scaleFor, layout),
  };
}
