import type { Summary } from "../analysis/summary.ts";
import { CHARTS, COMPARISON_CHARTS } from "../charts/index.ts";
import { compare } from "../compare/index.ts";
import { type DrawnFigures, drawAll } from "./draw.ts";
import { drawThumbnail } from "./drawThumbnail.ts";
import { comparisonOrigin, traceOrigin } from "./origin.ts";

/** The charts of one scope, to be drawn into a folder. */
export interface DrawScopeJob {
  readonly summary: Summary;
  readonly scope: string;
  readonly folder: string;
}

export async function drawScope({ summary, scope, folder }: DrawScopeJob): Promise<DrawnFigures> {
  if (scope === summary.defaultScope) await drawThumbnail(summary, folder);
  const sketches = CHARTS.map((chart) => ({ chart, figureOf: () => chart.figure(summary, scope) }));
  return drawAll(sketches, traceOrigin(summary, scope), folder);
}

/** The charts of one comparison, to be drawn into a folder; `a` is the baseline. */
export interface DrawComparisonJob {
  readonly a: Summary;
  readonly b: Summary;
  readonly folder: string;
}

export function drawComparison({ a, b, folder }: DrawComparisonJob): Promise<DrawnFigures> {
  const diff = compare(a, b);
  const sketches = COMPARISON_CHARTS.map((chart) => ({ chart, figureOf: () => chart.figure(diff, a, b) }));
  return drawAll(sketches, comparisonOrigin(a, b), folder);
}
