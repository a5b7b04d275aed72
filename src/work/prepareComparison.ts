import { evaluateGates } from "../compare/gates/index.ts";
import type { Gate } from "../compare/gates/schema.ts";
import { compare } from "../compare/index.ts";
import type { PlannedFile } from "../io/publish.ts";
import { CARD_NAME, comparisonChartPath, comparisonPath } from "../report/pages/links.ts";
import type { ComparisonEntry } from "../report/siteModel.ts";
import type { Bench } from "./bench.ts";
import { drawn } from "./drawn.ts";
import type { Failure } from "./outcome.ts";
import { contentKey } from "./prepareTrace.ts";
import type { KeyedSummary } from "./readTrace.ts";

export interface PreparedComparison {
  readonly key: string;
  readonly entry: ComparisonEntry;
  readonly files: readonly PlannedFile[];
  readonly failures: readonly Failure[];
}

/** What two Summaries are compared for; `a` is the baseline. */
export interface Compared {
  readonly a: KeyedSummary;
  readonly b: KeyedSummary;
  readonly gates: readonly Gate[];
  readonly isWithBase: boolean;
}

/** Compares and draws one pair, as far as the cache does not know it yet. */
export async function prepareComparison(
  bench: Bench,
  { a, b, gates, isWithBase }: Compared,
): Promise<PreparedComparison> {
  const slug = `${a.trace.slug}..${b.trace.slug}`;
  const sides = { a: a.summary, b: b.summary };
  const { figures, files, failures } = await drawn(bench, {
    subject: slug,
    kind: "comparison",
    key: JSON.stringify([a.key, b.key]),
    draw: (folder) => bench.pool.run("drawComparisonTask", { ...sides, folder }),
    pathOf: (name) => (name === CARD_NAME ? `${comparisonPath(slug)}${name}` : comparisonChartPath(slug, name)),
  });
  const held = gates.length === 0 ? [] : evaluateGates(gates, [sides.a], [sides.b]);
  return {
    key: contentKey([a.key, b.key, failures, held, isWithBase]),
    entry: entryOf(a, b, { slug, diff: compare(sides.a, sides.b), figures: figures(), gates: held, isWithBase }),
    files,
    failures,
  };
}

/** On its own, so that it keeps no Summary in memory. */
function entryOf(a: KeyedSummary, b: KeyedSummary, rest: Omit<ComparisonEntry, "a" | "b">): ComparisonEntry {
  return {
    ...rest,
    get a() {
      return a.summary;
    },
    get b() {
      return b.summary;
    },
  };
}
