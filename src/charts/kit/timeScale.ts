import type { ScopeInfo, Summary } from "../../analysis/summary.ts";
import { countText } from "../../model/quantities.ts";
import { px, within } from "./pixels.ts";
import { decimalSteps, multiplesWithin } from "./steps.ts";

/** A scope's time from left to right. */
export interface TimeScale {
  /** "ordinal": the trace has no clock, and its times are the requests' numbers. */
  readonly clock: "ns" | "ordinal";
  readonly fromNs: number;
  readonly toNs: number;
  readonly plotPx: number;
}

export interface TimeTick {
  readonly atNs: number;
  readonly text: string;
}

/** A wait for the last completions up to this share of the time is shown, so that all charts of a scope line up. */
const SHORT_WAIT = 0.1;

/** From the first request to the last one, and to the last completion too unless that is much later; null without a request. */
export function timeScale(summary: Summary, info: ScopeInfo, plotPx: number): TimeScale | null {
  const whole = fullTimeScale(summary, info, plotPx);
  if (whole === null || info.lastNs === null) return null;
  const issueNs = info.lastNs - whole.fromNs;
  return spanNs(whole) <= issueNs * (1 + SHORT_WAIT) ? whole : { ...whole, toNs: info.lastNs };
}

/** From the first request to the last completion. */
export function fullTimeScale(summary: Summary, info: ScopeInfo, plotPx: number): TimeScale | null {
  if (info.firstNs === null || info.lastNs === null) return null;
  const toNs = Math.max(info.lastNs, info.endNs ?? info.lastNs);
  return { clock: summary.trace.clock, fromNs: info.firstNs, toNs, plotPx };
}

export function spanNs({ fromNs, toNs }: TimeScale): number {
  return toNs - fromNs;
}

/** Pixels from the left edge; what lies outside stands at the edge. */
export function timeX(scale: TimeScale, atNs: number): number {
  const span = Math.max(spanNs(scale), 1);
  return px(within((atNs - scale.fromNs) / span, 0, 1) * scale.plotPx);
}

const UNITS = [
  { upToNs: 2e3, ns: 1, symbol: "ns" },
  { upToNs: 2e6, ns: 1e3, symbol: "µs" },
  { upToNs: 2e9, ns: 1e6, symbol: "ms" },
  { upToNs: 6e11, ns: 1e9, symbol: "s" },
  { upToNs: 3.6e13, ns: 6e10, symbol: "min" },
  { upToNs: Number.POSITIVE_INFINITY, ns: 3.6e12, symbol: "h" },
] as const;

export interface TimeUnit {
  readonly ns: number;
  readonly symbol: string;
}

/** The unit in which a stretch of time is labelled. */
export function timeUnit(stretchNs: number): TimeUnit {
  return UNITS.find(({ upToNs }) => stretchNs < upToNs)!;
}

/** 1000 → "1 000", 0.5 → "0.5". */
export function plainNumber(value: number): string {
  return Number.isInteger(value) ? countText(value) : String(value);
}

function clockTicks(scale: TimeScale, most: number): TimeTick[] {
  const unit = timeUnit(spanNs(scale));
  const inUnit = spanNs(scale) / unit.ns;
  return multiplesWithin(decimalSteps(inUnit, most).step, 0, inUnit).map((value, i) => ({
    atNs: scale.fromNs + value * unit.ns,
    text: i === 0 ? `0 ${unit.symbol}` : plainNumber(value),
  }));
}

function ordinalTicks(scale: TimeScale, most: number): TimeTick[] {
  const step = Math.max(1, decimalSteps(spanNs(scale), most).step);
  return multiplesWithin(step, scale.fromNs, scale.toNs).map((row, i) => ({
    atNs: row,
    text: i === 0 ? `request ${countText(row)}` : countText(row),
  }));
}

/** Round points in time, counted from the scope's first request, the unit at the first; or numbers of requests. */
export function timeTicks(scale: TimeScale, most: number): readonly TimeTick[] {
  return scale.clock === "ordinal" ? ordinalTicks(scale, most) : clockTicks(scale, most);
}
