import type { Latency } from "../analysis/metrics/latency.ts";
import { durationText, listed, sentence } from "../model/quantities.ts";
import type { CellValue, Chart, DataTable, Figure } from "./chart.ts";
import { absent, figureOf } from "./kit/metricValue.ts";
import { OP_STYLE } from "./kit/opStyle.ts";
import { table } from "./kit/table.ts";
import { type Curve, curvesOf } from "./latencyEcdf/curves.ts";
import { drawEcdf } from "./latencyEcdf/drawing.ts";
import { percentileNote } from "./latencyTime/note.ts";

/** Of a single request no share can be told. */
const FEWEST_REQUESTS = 2;

function half({ op, figures }: Curve, i: number): string {
  const { singular, plural } = OP_STYLE[op];
  const some = figures.count === 2 ? `one of the 2 ${plural}` : `half of the ${plural}`;
  const whom = figures.count === 1 ? `the only ${singular}` : some;
  return `${whom} ${i === 0 ? "finished " : ""}within ${durationText(figures.p50Ns)}`;
}

function answer(curves: readonly Curve[]): string {
  const slowest = curves.reduce((most, each) => (each.figures.maxNs > most.figures.maxNs ? each : most));
  const which = curves.length > 1 ? `, a ${OP_STYLE[slowest.op].singular},` : "";
  return `${sentence(listed(curves.map(half)))}; the slowest request${which} took ${durationText(slowest.figures.maxNs)}.`;
}

function allBuckets(curves: readonly Curve[]): DataTable {
  const rows: CellValue[][] = [];
  for (const { op, figures, buckets } of curves) {
    let done = 0;
    for (const [fromNs, toNs, requests] of buckets) {
      done += requests!;
      rows.push([OP_STYLE[op].singular, fromNs!, toNs!, requests!, done / figures.count]);
    }
  }
  return table(
    [
      ["op", "Operation", "text"],
      ["latencyFromNs", "Latency from", "ns"],
      ["latencyToNs", "Latency to", "ns"],
      ["requests", "Requests", "count"],
      ["shareDone", "Done within", "share"],
    ],
    rows,
  );
}

function figure(latency: Latency): Figure | null {
  const curves = curvesOf(latency);
  if (curves.reduce((sum, { figures }) => sum + figures.count, 0) < FEWEST_REQUESTS) return null;
  const said = answer(curves);
  return {
    answer: said,
    alternativeText: `Cumulative distribution of latency, a curve for each kind of request. ${said}`,
    note: percentileNote(latency),
    table: allBuckets(curves),
    draw: (layout) => drawEcdf(curves, layout),
  };
}

/** The share of requests that the device finished within a given time. */
export const latencyEcdf: Chart = {
  id: "latency-ecdf",
  title: "What share of requests finished within a given time?",
  label: "Latency",
  metrics: ["latency"],
  figure: (summary, scope) => {
    const missing = (["clock", "completion"] as const).filter((need) => !summary.trace.recorded[need]);
    if (missing.length > 0) return absent(missing);
    return figureOf(summary, scope, "latency", figure);
  },
};
