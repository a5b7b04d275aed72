import type { Summary } from "../analysis/summary.ts";
import { compare } from "../compare/index.ts";
import type { PlannedFile } from "../io/publish.ts";
import { comparisonChartPath } from "../report/pages/links.ts";
import type { ComparisonEntry } from "../report/siteModel.ts";
import type { Bench } from "./bench.ts";
import type { Failure } from "./outcome.ts";
import { asAssets, drawnFigures } from "./prepareTrace.ts";

/** A Summary with the text of all that it depends on. */
export interface KeyedSummary {
  readonly key: string;
  readonly summary: Summary;
}

export interface PreparedComparison {
  readonly entry: ComparisonEntry;
  readonly files: readonly PlannedFile[];
  readonly failures: readonly Failure[];
}

/** Compares and draws one pair, as far as the cache does not know it yet; `a` is the baseline. */
export async function prepareComparison(bench: Bench, a: KeyedSummary, b: KeyedSummary): Promise<PreparedComparison> {
  const slug = `${a.summary.trace.slug}..${b.summary.trace.slug}`;
  const sides = { a: a.summary, b: b.summary };
  const { value, files } = await drawnFigures(bench, slug, "comparison", JSON.stringify([a.key, b.key]), (folder) =>
    bench.pool.run("drawComparisonTask", { ...sides, folder }),
  );
  bench.progress.done(slug);
  return {
    entry: { slug, ...sides, diff: compare(sides.a, sides.b), figures: value.figures },
    files: asAssets(files, (name) => comparisonChartPath(slug, name)),
    failures: value.failures,
  };
}
