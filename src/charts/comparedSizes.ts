import type { RequestSizes } from "../analysis/metrics/requestSizes.ts";
import type { Op } from "../model/ops.ts";
import { bytesText } from "../model/quantities.ts";
import type { ComparisonChart } from "./chart.ts";
import { type Distribution, distribution } from "./ecdfPair/distribution.ts";
import { pairFigure } from "./ecdfPair/figure.ts";
import { sizes } from "./ecdfPair/scales.ts";

/** The sizes of both sides' requests in one picture. */
export const comparedSizes: ComparisonChart = {
  id: "request-sizes",
  title: "How large are the requests of each?",
  label: "Size",
  figure: (diff, a, b) =>
    pairFigure(diff, a, b, {
      metric: "requestSizes",
      distributionOf: sizesOf,
      verb: "is",
      unit: "Bytes",
      kind: "bytes",
      share: "share of requests up to that size",
      text: bytesText,
      scale: sizes,
    }),
};

function sizesOf({ byOp }: RequestSizes, op: Op): Distribution | null {
  const of = byOp[op];
  if (of === undefined) return null;
  const buckets = of.octaves.map(([lower, count]) => [lower!, Math.max(1, lower! * 2), count!]);
  const { minBytes: least, maxBytes: most, p50Bytes: p50, p90Bytes: p90, p99Bytes: p99 } = of;
  return distribution({ buckets, least, most, p50, p90, p99 });
}
