import type { Summary } from "../analysis/summary.ts";
import type { Absent, Figure } from "../charts/chart.ts";
import { CHARTS, COMPARISON_CHARTS } from "../charts/index.ts";
import { compare } from "../compare/index.ts";
import { prepareFonts } from "../render/fonts.ts";
import { pngTexts } from "../render/provenance.ts";
import { renderPng } from "../render/renderPng.ts";
import { sized, type Theme, themed } from "../render/standalone.ts";
import { type ChartWords, drawLayout } from "./draw.ts";
import { comparisonOrigin, type Origin, traceOrigin } from "./origin.ts";

/** What is drawn: a chart of a trace's scope, or of two traces compared (the baseline first). */
export type Subject =
  | { readonly trace: Summary; readonly scope: string }
  | { readonly a: Summary; readonly b: Summary; readonly scope: string | null };

/** How it is drawn. */
export interface Look {
  /** null: an SVG has both, and a PNG is light. */
  readonly theme: Theme | null;
  /** Of the whole file in CSS pixels; null: as on the pages. */
  readonly widthPx: number | null;
}

/** A chart as a file. */
export interface ChartFile {
  readonly svg: string;
  readonly widthPx: number;
  readonly heightPx: number;
  png(scale: number): Promise<Uint8Array>;
}

/** Narrower than this, the drawing for narrow screens is the one that can be read. */
const LEAST_WIDE_PX = 560;

/** The ids of the charts that there are of such a subject. */
export function chartIds(subject: "trace" | "comparison"): readonly string[] {
  return (subject === "trace" ? CHARTS : COMPARISON_CHARTS).map(({ id }) => id);
}

/** Draws one chart; `file` and `options` stand in the command that its metadata names. */
export async function renderChart(
  subject: Subject,
  chartId: string,
  { theme, widthPx }: Look,
  { file, options }: { readonly file: string; readonly options: readonly string[] },
): Promise<ChartFile | Absent> {
  prepareFonts();
  const { chart, figure, origin } = sketchOf(subject, chartId);
  if (figure === null) return { absent: "the scope has no request of the kind that it shows" };
  if ("absent" in figure) return figure;
  const provenance = origin.provenanceOf(chart.id, file, options);
  const layout = widthPx !== null && widthPx < LEAST_WIDE_PX ? "narrow" : "wide";
  const { svg } = await drawLayout(chart, figure, layout, origin.source, provenance);
  const size = sized(svg, widthPx);
  return {
    svg: theme === null ? size.svg : themed(size.svg, theme),
    widthPx: size.widthPx,
    heightPx: size.heightPx,
    png: (scale) =>
      renderPng(svg, {
        theme: theme ?? "light",
        scale: scale * size.enlargement,
        texts: pngTexts(chart.title, figure.alternativeText, provenance),
      }),
  };
}

interface ChosenChart {
  readonly chart: ChartWords;
  readonly figure: Figure | Absent | null;
  readonly origin: Origin;
}

function sketchOf(subject: Subject, id: string): ChosenChart {
  if ("trace" in subject) {
    const { trace, scope } = subject;
    const chart = found(CHARTS, id);
    return { chart, figure: chart.figure(trace, scope), origin: traceOrigin(trace, scope) };
  }
  const { a, b, scope } = subject;
  const chart = found(COMPARISON_CHARTS, id);
  const diff = compare(a, b, scope === null ? undefined : { a: scope, b: scope });
  return { chart, figure: chart.figure(diff, a, b), origin: comparisonOrigin(a, b) };
}

function found<T extends ChartWords>(charts: readonly T[], id: string): T {
  const chart = charts.find((one) => one.id === id);
  if (chart === undefined) throw new Error(`there is no chart ${id}`);
  return chart;
}
