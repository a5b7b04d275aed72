import type { SeekDistances } from "../analysis/metrics/seekDistances.ts";
import type { Op } from "../model/ops.ts";
import { bytesText } from "../model/quantities.ts";
import type { ComparisonChart } from "./chart.ts";
import { type Distribution, distribution } from "./ecdfPair/distribution.ts";
import { pairFigure } from "./ecdfPair/figure.ts";
import { distances } from "./ecdfPair/scales.ts";

/** How far requests start from the end of the one before of their op, backwards or forwards, on both sides. */
export const comparedSeeks: ComparisonChart = {
  id: "seek-distances",
  title: "How far do the requests of each jump?",
  label: "Seeks",
  figure: (diff, a, b) =>
    pairFigure(diff, a, b, {
      metric: "seekDistances",
      distributionOf: jumpsOf,
      verb: "jumps",
      unit: "Bytes",
      kind: "bytes",
      share: "share of requests that jump at most that far",
      text: bytesText,
      scale: distances,
    }),
};

function jumpsOf({ byOp }: SeekDistances, op: Op): Distribution | null {
  const of = byOp[op];
  if (of === undefined) return null;
  const octaves = new Map<number, number>();
  for (const [edge, count] of [...of.backward, ...of.forward]) octaves.set(edge!, (octaves.get(edge!) ?? 0) + count!);
  const jumps = [...octaves].sort(([one], [other]) => one - other).map(([edge, count]) => [edge, edge * 2, count]);
  const buckets = of.sequential === 0 ? jumps : [[0, 0, of.sequential], ...jumps];
  if (buckets.length === 0) return null;
  const { maxAbsoluteBytes: most, p50AbsoluteBytes: p50, p90AbsoluteBytes: p90 } = of;
  return distribution({ buckets, least: buckets[0]![0]!, most, p50, p90, p99: null });
}
