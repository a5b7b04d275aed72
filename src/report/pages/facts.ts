import type { ScopeInfo, Summary } from "../../analysis/summary.ts";
import { lossOf } from "../../model/loss.ts";
import type { Op } from "../../model/ops.ts";
import { bytesText, counted, countText, durationText, shareText } from "../../model/quantities.ts";
import { metricOf } from "../metricOf.ts";

/** A key figure: "Written", "66 KiB", "5 requests". */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly detail: string | null;
}

const MOVED: readonly (readonly [label: string, op: Op, always: boolean])[] = [
  ["Read", "read", true],
  ["Written", "write", true],
  ["Zeroed", "writeZeroes", false],
  ["Discarded", "discard", false],
  ["Erased", "secureErase", false],
  ["Appended", "zoneAppend", false],
];

/** The figures that stand below the lede. */
export function factsOf(summary: Summary, scope: ScopeInfo): readonly Fact[] {
  return [
    requestsFact(summary, scope),
    ...movedFacts(summary, scope),
    ...flushFacts(summary, scope),
    timeFact(summary, scope),
  ];
}

function requestsFact(summary: Summary, scope: ScopeInfo): Fact {
  const passthrough = metricOf(summary, scope.id, "requests")?.passthrough ?? 0;
  const details = [
    ...(passthrough === 0 ? [] : [`and ${countText(passthrough)} passthrough`]),
    ...lossDetails(summary),
  ];
  return {
    label: "Requests",
    value: countText(scope.requests),
    detail: details.length === 0 ? null : details.join("; "),
  };
}

/** What makes every count a lower bound. */
function lossDetails({ quality }: Summary): readonly string[] {
  const { records, share } = lossOf(quality);
  return [
    ...(records === 0 ? [] : [`at least: ${shareText(share)} of the trace’s records are missing`]),
    ...(quality.truncated ? ["up to where the trace is cut off"] : []),
  ];
}

function movedFacts(summary: Summary, scope: ScopeInfo): readonly Fact[] {
  const byOp = metricOf(summary, scope.id, "requests")?.byOp;
  if (byOp === undefined) return [];
  return MOVED.flatMap(([label, op, always]): readonly Fact[] => {
    const { count, bytes } = byOp[op] ?? { count: 0, bytes: 0 };
    if (count === 0) return always ? [{ label, value: "nothing", detail: null }] : [];
    return [{ label, value: bytesText(bytes), detail: counted(count, "request") }];
  });
}

function flushFacts(summary: Summary, scope: ScopeInfo): readonly Fact[] {
  const requests = metricOf(summary, scope.id, "requests");
  const issued = requests?.byOp.flush?.count ?? 0;
  const requested = requests?.flushesRequested ?? null;
  if (issued === 0 && (requested ?? 0) === 0) return [];
  const detail = requested === null || requested === issued ? null : `${countText(requested)} requested`;
  return [{ label: "Flushes", value: countText(issued), detail }];
}

function timeFact(summary: Summary, scope: ScopeInfo): Fact {
  const label = scope.kind === "marked" || scope.kind === "span" ? "Marked time" : "Time";
  const end = scope.endNs ?? scope.lastNs;
  if (summary.trace.clock === "ordinal" || scope.firstNs === null || end === null) {
    return { label, value: "not recorded", detail: null };
  }
  return { label, value: durationText(end - scope.firstNs), detail: null };
}
