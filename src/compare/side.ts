import type { MetricId, MetricValues, Summary } from "../analysis/summary.ts";

/** One scope of a Summary, as a comparison sees it. */
export interface Side {
  readonly summary: Summary;
  readonly scope: string;
}

/** The value of a metric; null where it is not recorded. */
export function metricOf<Id extends MetricId>({ summary, scope }: Side, id: Id): MetricValues[Id] | null {
  const result = summary.scopes[scope]?.[id];
  return result?.ok ? result.value : null;
}

/** A figure of one metric. */
export function from<Id extends MetricId>(id: Id, pick: (value: MetricValues[Id]) => number | null | undefined) {
  return (side: Side): number | null => {
    const value = metricOf(side, id);
    return value === null ? null : (pick(value) ?? null);
  };
}

/** Nanoseconds from the scope's first request to its last; null without a clock or a request. */
export function spanNs({ summary, scope }: Side): number | null {
  if (summary.trace.clock !== "ns") return null;
  const { firstNs, lastNs } = summary.scopeList.find(({ id }) => id === scope) ?? {};
  return firstNs == null || lastNs == null ? null : lastNs - firstNs;
}
