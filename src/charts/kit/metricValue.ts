import type { Result } from "../../analysis/metric.ts";
import type { MetricId, MetricValues, Summary } from "../../analysis/summary.ts";
import type { Absent } from "../chart.ts";

/** Why a metric is missing, in the reader's words; by what it needs. */
const WHY: Readonly<Record<string, string>> = {
  clock: "This format has no times: requests are in order, but when they happened is not recorded.",
  completion: "This format does not say when requests were completed. blktrace, ftrace and the nbdkit log do.",
  queue: "This format does not say when requests were queued. blktrace does.",
  plug: "This format does not say when tasks plug the queue. blktrace does.",
  process: "This format does not name the process behind a request. blktrace, ftrace and bpftrace do.",
  cgroup: "This recording does not name the cgroup behind a request. blktrace does, with the trace option blk_cgroup.",
  error: "This format does not say whether requests failed.",
  "single device": "Several devices are together here, and each has addresses of its own. Look at one device's scope.",
};

/** One sentence or more that says what is missing for a chart. */
export function absent(missing: readonly string[]): Absent {
  return { absent: missing.map((need) => WHY[need] ?? `Not recorded in this trace: ${need}.`).join(" ") };
}

type Shown<F> = F | Absent | null;

/** What a chart shows of one metric: its figure, why it is missing, or null where the scope does not have the metric. */
export function figureOf<Id extends MetricId, F>(
  summary: Summary,
  scope: string,
  id: Id,
  figure: (value: MetricValues[Id]) => F | null,
): Shown<F> {
  const result: Result<MetricValues[Id]> | undefined = summary.scopes[scope]?.[id];
  if (result === undefined) return null;
  return result.ok ? figure(result.value) : absent(result.missing);
}
