import type { MetricId, MetricValues } from "../analysis/summary.ts";
import type { Evidence } from "./finding.ts";

/** The value of a metric in the default scope; null where it is not recorded. */
export function figure<Id extends MetricId>(evidence: Evidence, id: Id): MetricValues[Id] | null {
  const result = evidence.scopes[evidence.defaultScope]?.[id];
  return result?.ok ? result.value : null;
}
