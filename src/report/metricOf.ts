import type { MetricId, MetricValues, Summary } from "../analysis/summary.ts";

/** The value of a metric in a scope; null where the scope does not have it or the trace does not record it. */
export function metricOf<Id extends MetricId>(summary: Summary, scope: string, id: Id): MetricValues[Id] | null {
  const result = summary.scopes[scope]?.[id];
  return result?.ok ? result.value : null;
}
