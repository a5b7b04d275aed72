import { type Static, Type } from "typebox";
import { axisStart, binsInUse, placeOf } from "../kernels/adaptiveAxis.ts";
import type { DepthOverTime } from "../kernels/depthOverTime.ts";
import { inOrder } from "../kernels/fold.ts";
import { type InFlight, settled } from "../kernels/inFlight.ts";
import { defineMetric } from "../metric.ts";
import { Count, Real } from "../schemas.ts";
import { askForInFlight } from "../shared.ts";

/** Data requests issued and not completed. A request that never completes counts until the end. */
export const QueueDepth = Type.Object({
  startNs: Real,
  binNs: Real,
  bins: Count,
  /** Time-weighted mean of each bin, over the part of it that lies in the scope. */
  mean: Type.Array(Real),
  max: Type.Array(Count),
  overallMean: Real,
  peak: Count,
  /** Share of the scope's time with nothing in flight. */
  idleShare: Real,
  /** [depth, nanoseconds spent at it], ascending; depths above 1024 are counted as 1024. */
  timeAtDepthNs: Type.Array(Type.Array(Real, { minItems: 2, maxItems: 2 })),
});
export type QueueDepth = Static<typeof QueueDepth>;

export const queueDepth = defineMetric({
  id: "queueDepth",
  schema: QueueDepth,
  weight: "heavy",
  needs: ["clock", "completion"],
  start: askForInFlight,
  add: () => undefined,
  finish: (state: InFlight): QueueDepth => figures(settled(state)),
});

function figures(state: DepthOverTime): QueueDepth {
  const { time, area, max, timeAtDepthNs, firstNs, nowNs } = state;
  const spentNs = nowNs - firstNs;
  const peak = max.reduce((most, depth) => Math.max(most, depth), 0);
  return {
    startNs: axisStart(time),
    binNs: time.width,
    bins: binsInUse(time),
    mean: means(state),
    max: inOrder(max, time),
    overallMean: spentNs > 0 ? area.reduce((sum, part) => sum + part, 0) / spentNs : peak,
    peak,
    idleShare: spentNs > 0 ? timeAtDepthNs[0]! / spentNs : 0,
    timeAtDepthNs: Array.from(timeAtDepthNs, (ns, depth) => [depth, ns]).filter(([, ns]) => ns! > 0),
  };
}

/** A bin of which no time lies in the scope has only its moment: its peak. */
function means({ time, area, max, firstNs, nowNs }: DepthOverTime): number[] {
  const mean: number[] = [];
  for (let bin = time.low; bin <= time.high; bin++) {
    const place = placeOf(time, bin);
    const spentNs = Math.min(nowNs, (bin + 1) * time.width) - Math.max(firstNs, bin * time.width);
    mean.push(spentNs > 0 ? area[place]! / spentNs : max[place]!);
  }
  return mean;
}
