import type { Latency } from "../analysis/metrics/latency.ts";
import type { Op } from "../model/ops.ts";
import { durationText } from "../model/quantities.ts";
import type { ComparisonChart } from "./chart.ts";
import { type Distribution, distribution } from "./ecdfPair/distribution.ts";
import { pairFigure } from "./ecdfPair/figure.ts";
import { durations } from "./ecdfPair/scales.ts";

/** The device's latencies of both sides in one picture; whether one is faster, several runs must tell. */
export const comparedLatency: ComparisonChart = {
  id: "latency-ecdf",
  title: "Within what time do the requests of each finish?",
  label: "Latency",
  figure: (diff, a, b) =>
    pairFigure(diff, a, b, {
      metric: "latency",
      records: ["clock", "completion"],
      distributionOf: latenciesOf,
      verb: "took",
      unit: "Ns",
      kind: "ns",
      share: "share of requests done within",
      text: durationText,
      scale: durations,
    }),
};

function latenciesOf({ byOp, d2cBuckets }: Latency, op: Op): Distribution | null {
  const of = byOp[op]?.d2c;
  const buckets = d2cBuckets[op];
  if (of === undefined || buckets === undefined) return null;
  return distribution({ buckets, least: of.minNs, most: of.maxNs, p50: of.p50Ns, p90: of.p90Ns, p99: of.p99Ns });
}
