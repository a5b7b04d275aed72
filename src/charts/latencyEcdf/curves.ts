import type { Latency, PhaseFigures } from "../../analysis/metrics/latency.ts";
import type { Op } from "../../model/ops.ts";
import { ecdfPoints } from "../kit/ecdf.ts";
import { opsIn } from "../kit/opStyle.ts";
import type { Row } from "../kit/series.ts";

/** The latencies of one op: exact figures, and buckets of [lower edge, upper edge, requests]. */
export interface Curve {
  readonly op: Op;
  readonly figures: PhaseFigures;
  readonly buckets: readonly (readonly number[])[];
  /** Points of the distribution, ascending; straight in between. */
  readonly points: readonly Row[];
}

function pointsOf(buckets: Curve["buckets"], { minNs, maxNs }: PhaseFigures): Row[] {
  return ecdfPoints(buckets, { least: minNs, most: maxNs }).map(({ value, share }) => ({
    latencyNs: value,
    shareDone: share,
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
