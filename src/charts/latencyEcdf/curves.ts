import type { Latency, PhaseFigures } from "../../analysis/metrics/latency.ts";
import type { Op } from "../../model/ops.ts";
import { opsIn } from "../kit/opStyle.ts";
import { within } from "../kit/pixels.ts";
import type { Row } from "../kit/series.ts";

/** The latencies of one op: exact figures, and buckets of [lower edge, upper edge, requests]. */
export interface Curve {
  readonly op: Op;
  readonly figures: PhaseFigures;
  readonly buckets: readonly (readonly number[])[];
  /** Points of the distribution, ascending; straight in between. */
  readonly points: readonly Row[];
}

/** At the edges of buckets the shares are exact; the curve begins at the minimum and ends at the maximum. */
function pointsOf(buckets: readonly (readonly number[])[], { count, minNs, maxNs }: PhaseFigures): Row[] {
  const points: Row[] = [];
  let done = 0;
  for (const [fromNs, toNs, requests] of buckets) {
    points.push({ latencyNs: within(fromNs!, minNs, maxNs), shareDone: done / count });
    done += requests!;
    points.push({ latencyNs: within(toNs!, minNs, maxNs), shareDone: done / count });
  }
  const distinct = points.filter(({ latencyNs, shareDone }, i) => {
    const before = points[i - 1];
    return before === undefined || before["latencyNs"] !== latencyNs || before["shareDone"] !== shareDone;
  });
  return distinct.map(({ latencyNs, shareDone }) => ({
    latencyNs: Math.round(latencyNs!),
    shareDone: Number(shareDone!.toFixed(5)),
  }));
}

/** A curve for each op whose completions are known. */
export function curvesOf({ byOp, d2cBuckets }: Latency): readonly Curve[] {
  return opsIn(d2cBuckets).flatMap((op) => {
    const figures = byOp[op]?.d2c;
    const buckets = d2cBuckets[op]!;
    return figures === undefined ? [] : [{ op, figures, buckets, points: pointsOf(buckets, figures) }];
  });
}

/** The latency within which a share of the requests is done, from the curve's points. */
export function latencyAt({ points }: Curve, share: number): number {
  return points.find(({ shareDone }) => shareDone! >= share)?.["latencyNs"] ?? points.at(-1)!["latencyNs"]!;
}
