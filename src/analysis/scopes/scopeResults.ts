import type { Span } from "../../model/batch.ts";
import type { TraceEnd } from "../../model/trace.ts";
import type { AnyMetric, Need, Result, ScopeEnd } from "../metric.ts";
import type { ScopeInfo, ScopeMetrics } from "../summary.ts";
import { rowRanges } from "./rowRanges.ts";
import type { Scope } from "./scope.ts";
import { deviceScopeIds, MARKED, OTHER_DEVICES, OTHER_SPANS, spanScopeId, WHOLE } from "./scopeIds.ts";
import type { ScopeSet } from "./scopeSet.ts";

/** A scope with its name, at the trace's end. */
export interface NamedScope {
  readonly id: string;
  readonly title: string;
  readonly scope: Scope;
  /** The spans that limit it; null where it is not limited by rows. */
  readonly spans: readonly Span[] | null;
}

const MOST_ROW_RANGES = 64;

/** The scopes in the order in which a page offers them. */
export function namedScopes(set: ScopeSet, end: TraceEnd): NamedScope[] {
  const whole = { id: WHOLE, title: "whole trace", scope: set.whole, spans: null };
  return [whole, ...spanScopes(set, end), ...deviceScopes(set, end)];
}

function spanScopes({ spans: { marked, own, other } }: ScopeSet, { spans }: TraceEnd): NamedScope[] {
  const named: NamedScope[] = [...own].map(([s, scope]) => {
    const { name } = spans[s]!;
    return { id: spanScopeId(s, name), title: name, scope, spans: [spans[s]!] };
  });
  const rest = spans.filter((_, s) => !own.has(s));
  if (marked) named.unshift({ id: MARKED, title: "all marked spans", scope: marked, spans });
  if (other) named.push({ id: OTHER_SPANS, title: "other spans", scope: other, spans: rest });
  return named;
}

function deviceScopes({ devices }: ScopeSet, { devices: facts }: TraceEnd): NamedScope[] {
  if (devices.wanted().size === 0) return [];
  const own = [...devices.own].filter(([, { requests }]) => requests > 0);
  const names = own.map(([d]) => facts[d]!.name);
  const ids = deviceScopeIds(names);
  const named: NamedScope[] = own.map(([, scope], i) => ({ id: ids[i]!, title: names[i]!, scope, spans: null }));
  const { other } = devices;
  if (other && other.requests > 0) named.push({ id: OTHER_DEVICES, title: "other devices", scope: other, spans: null });
  return named;
}

export function scopeInfo({ id, title, scope, spans }: NamedScope): ScopeInfo {
  const { kind, devices, requests, firstNs, lastNs, endNs } = scope;
  return {
    id,
    kind,
    title,
    devices: [...devices].sort((a, b) => a - b),
    requests,
    rows: spans === null ? null : rowRanges(spans).slice(0, MOST_ROW_RANGES),
    firstNs: numberOrNull(firstNs),
    lastNs: numberOrNull(lastNs),
    endNs: numberOrNull(endNs),
  };
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** The results of every scope's metrics, by its id. */
export function metricsByScope(set: ScopeSet, trace: TraceEnd): Record<string, ScopeMetrics> {
  return Object.fromEntries(namedScopes(set, trace).map(({ id, scope }) => [id, scopeMetrics(scope, trace)]));
}

/** The results of a scope's metrics; what the trace lacks for one stands in its place. */
function scopeMetrics({ metrics, running, devices, firstNs, lastNs }: Scope, trace: TraceEnd): ScopeMetrics {
  const end: ScopeEnd = { trace, devices: [...devices].sort((a, b) => a - b), firstNs, lastNs };
  return Object.fromEntries(metrics.map((metric) => [metric.id, resultOf(metric, running, end)])) as ScopeMetrics;
}

function resultOf(metric: AnyMetric, running: Scope["running"], end: ScopeEnd): Result<unknown> {
  const missing = metric.needs.filter((need) => !isThere(need, end));
  if (missing.length > 0) return { ok: false, missing };
  return { ok: true, value: metric.finish(running.get(metric.id)!.state, end) };
}

function isThere(need: Need, { trace, devices }: ScopeEnd): boolean {
  if (need === "layout") return true;
  return need === "single device" ? devices.length < 2 : trace.recorded[need];
}
