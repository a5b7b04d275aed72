import type { Summary } from "../analysis/summary.ts";
import { CHARTS, COMPARISON_CHARTS } from "../charts/index.ts";
import type { Diff } from "../compare/diff.ts";
import { compare } from "../compare/index.ts";
import { verdictSentence } from "../compare/sentence.ts";
import { comparisonTitle } from "../report/pages/comparisonPage.ts";
import { formatTitle } from "../report/pages/formatTitle.ts";
import { textOf } from "../report/segments.ts";
import { sentence } from "../report/sentence.ts";
import { type DrawnFigures, drawAll } from "./draw.ts";
import { type CardWords, drawCard } from "./drawCard.ts";
import { drawThumbnail } from "./drawThumbnail.ts";
import { comparisonOrigin, provenanceOfAll, traceOrigin } from "./origin.ts";

/** The charts of one scope, to be drawn into a folder. */
export interface DrawScopeJob {
  readonly summary: Summary;
  readonly scope: string;
  readonly folder: string;
}

export async function drawScope({ summary, scope, folder }: DrawScopeJob): Promise<DrawnFigures> {
  if (scope === summary.defaultScope) await drawThumbnail(summary, folder);
  const sketches = CHARTS.map((chart) => ({ chart, figureOf: () => chart.figure(summary, scope) }));
  const drawn = await drawAll(sketches, traceOrigin(summary, scope), folder);
  return scope === summary.defaultScope ? drawCard(traceCard(summary), drawn, folder) : drawn;
}

/** The charts of one comparison, to be drawn into a folder; `a` is the baseline. */
export interface DrawComparisonJob {
  readonly a: Summary;
  readonly b: Summary;
  readonly folder: string;
}

export async function drawComparison({ a, b, folder }: DrawComparisonJob): Promise<DrawnFigures> {
  const diff = compare(a, b);
  const sketches = COMPARISON_CHARTS.map((chart) => ({ chart, figureOf: () => chart.figure(diff, a, b) }));
  const drawn = await drawAll(sketches, comparisonOrigin(a, b), folder);
  return drawCard(comparisonCard(diff, a, b), drawn, folder);
}

function traceCard(summary: Summary): CardWords {
  const { title, format } = summary.trace;
  const kind = `blkreport · ${formatTitle(format)}`;
  return {
    title,
    sentence: textOf(sentence(summary, summary.defaultScope)),
    kind,
    provenance: provenanceOfAll(summary),
  };
}

function comparisonCard(diff: Diff, a: Summary, b: Summary): CardWords {
  const [before, after] = [a.trace.title, b.trace.title];
  const title = before === after ? `${after}: what changed` : comparisonTitle({ a, b, isWithBase: false });
  const provenance = provenanceOfAll(a, b);
  return { title, sentence: textOf(verdictSentence(diff)), kind: "blkreport · comparison", provenance };
}
