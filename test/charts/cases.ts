import { readFileSync } from "node:fs";
import type { MetricValues, Summary } from "../../src/analysis/summary.ts";

/** Summaries of published traces: the default scope, with the metrics that these charts use. */
export const CASES = ["write-hello", "mkfs-part63", "mkfs-part2048", "sqlite-wal", "xfs-fstrim", "raid1"] as const;
export type Case = (typeof CASES)[number];

export function summaryOf(name: Case): Summary {
  return JSON.parse(readFileSync(new URL(`../golden/charts/${name}/summary.json`, import.meta.url), "utf8")) as Summary;
}

/** The summary with some metrics of its default scope replaced. */
export function withMetrics(summary: Summary, metrics: Partial<MetricValues>): Summary {
  const scope = summary.defaultScope;
  const replaced = Object.fromEntries(Object.entries(metrics).map(([id, value]) => [id, { ok: true, value }]));
  return { ...summary, scopes: { ...summary.scopes, [scope]: { ...summary.scopes[scope], ...replaced } } };
}

export function metricOf<Id extends keyof MetricValues>(summary: Summary, id: Id): MetricValues[Id] {
  const result = summary.scopes[summary.defaultScope]?.[id];
  if (result?.ok !== true) throw new Error(`the case has no ${id}`);
  return result.value as MetricValues[Id];
}
