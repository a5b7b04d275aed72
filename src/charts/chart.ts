import type { MetricId, Summary } from "../analysis/summary.ts";
import type { Diff } from "../compare/diff.ts";

/** A Vega-Lite specification with its data inside; `autosize: none`, colours as var(--token). */
export type VegaLiteSpec = Readonly<Record<string, unknown>>;

export type CellValue = string | number | null;
/** How a column of numbers is written for people; the CSV has plain numbers in the unit of its name. */
export type CellKind = "text" | "count" | "bytes" | "sector" | "ns" | "share" | "bytesPerSecond" | "perSecond";

/** The data behind a chart: the CSV has all of it, the page the first rows. */
export interface DataTable {
  /** `name` is the CSV header, with its unit: "p99Ns". */
  readonly columns: readonly { readonly name: string; readonly title: string; readonly kind: CellKind }[];
  readonly rows: readonly (readonly CellValue[])[];
}

export interface Drawing {
  readonly spec: VegaLiteSpec;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A chart of one scope of a Summary, in words and numbers; `draw` makes the picture for wide and narrow screens. */
export interface Figure {
  /** One sentence with numbers that answers the question. */
  readonly answer: string;
  /** For who cannot see it: kind of chart and the answer. */
  readonly alternativeText: string;
  /** A few figures to stand in the margin, or null. */
  readonly note: DataTable | null;
  readonly table: DataTable;
  draw(layout: Layout): Drawing;
}

/** Why a chart is not there: what the trace does not record, in the reader's words. */
export interface Absent {
  readonly absent: string;
}

export type Layout = "wide" | "narrow";

/**
 * A chart. Its title is the question that it answers.
 * `figure` gives null when the scope has nothing to show (no request of that kind), Absent when the trace does not record it.
 */
export interface Chart {
  /** kebab-case; stands in URLs. */
  readonly id: string;
  readonly title: string;
  /** A word or two for the list of sections. */
  readonly label: string;
  /** The full-width drawing (944 px instead of 720). */
  readonly map?: boolean;
  readonly metrics: readonly MetricId[];
  figure(summary: Summary, scope: string): Figure | Absent | null;
}

/** A chart of two Summaries compared; `a` is the baseline. */
export interface ComparisonChart {
  /** kebab-case; stands in URLs. */
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly map?: boolean;
  figure(diff: Diff, a: Summary, b: Summary): Figure | Absent | null;
}
