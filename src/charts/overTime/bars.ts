import type { Throughput } from "../../analysis/metrics/throughput.ts";
import type { Op } from "../../model/ops.ts";
import { opsIn } from "../kit/opStyle.ts";
import { rebinSum } from "../kit/rebin.ts";
import { rollingWindow } from "../kit/rolling.ts";

export type Quantity = "bytes" | "requests";

const MOST_BARS = 160;
const FEWEST_BARS = 8;
/** A bar more than this many times the fourth highest is cut. */
const CUT_OVER_FOURTH = 6;
/** A cut scale reaches so many times the fourth highest. */
const HEADROOM = 1.5;
/** The others move no data. */
const MOVING_OPS: readonly Op[] = ["read", "write", "zoneAppend"];

/** One op over time, as rates: a value a bar. */
export interface BarSeries {
  readonly op: Op;
  readonly total: number;
  readonly perSecond: readonly number[];
  readonly peakPerSecond: number;
  /** What the scale must reach: the peak, or less where it is cut. */
  readonly scalePerSecond: number;
  /** How many bars a rolling mean takes; null where one would not help. */
  readonly window: number | null;
}

export interface Bars {
  readonly startNs: number;
  readonly barNs: number;
  readonly series: readonly BarSeries[];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Bins to a bar: 160 bars at most over the scope's time, and not more than requests: a bar of one says nothing of a rate. */
function barFactor({ binNs, bins, byOp }: Throughput, scopeNs: number): number {
  const requests = opsIn(byOp).reduce((total, op) => total + sum(byOp[op]!.requests), 0);
  const forRequests = (bins * binNs) / Math.max(FEWEST_BARS, requests);
  return Math.max(1, Math.ceil(Math.max(scopeNs / MOST_BARS, forRequests) / binNs));
}

function barSeries(op: Op, counts: readonly number[], barNs: number): BarSeries {
  const perSecond = counts.map((count) => (count / barNs) * 1e9);
  const ranked = perSecond.toSorted((a, b) => b - a);
  const peakPerSecond = ranked[0] ?? 0;
  const fourth = ranked[3] ?? 0;
  const cut = fourth > 0 && peakPerSecond > CUT_OVER_FOURTH * fourth;
  const scalePerSecond = cut ? HEADROOM * fourth : peakPerSecond;
  return { op, total: sum(counts), perSecond, peakPerSecond, scalePerSecond, window: rollingWindow(perSecond) };
}

/** The bars of a rolling mean, where any op has one: all have as many bars. */
export function windowOf({ series }: Bars): number | null {
  return series.find(({ window }) => window !== null)?.window ?? null;
}

/** The ops that have some of the quantity, in bars of whole bins, all as wide as each other. */
export function barsOf(throughput: Throughput, quantity: Quantity, scopeNs: number): Bars {
  const factor = barFactor(throughput, scopeNs);
  const barNs = throughput.binNs * factor;
  const ops = opsIn(throughput.byOp).filter((op) => quantity === "requests" || MOVING_OPS.includes(op));
  const series = ops
    .map((op) => barSeries(op, rebinSum(throughput.byOp[op]![quantity], factor), barNs))
    .filter(({ total }) => total > 0);
  return { startNs: throughput.startNs, barNs, series };
}
