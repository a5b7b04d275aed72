import type { Summary } from "../../analysis/summary.ts";
import type { Op } from "../../model/ops.ts";
import { median } from "../judge.ts";
import { leavesOf, STRUCTURES } from "../leaves.ts";
import { metricOf } from "../side.ts";
import { limitOf } from "./limit.ts";
import { opOf } from "./paths.ts";
import type { Gate, Limit } from "./schema.ts";

/** A rule and whether it holds. */
export interface GateResult {
  /** What is limited: the metric's path, or the finding's id. */
  readonly name: string;
  /** null: the one in which each trace's page opens. */
  readonly scope: string | null;
  readonly level: "off" | "warn" | "error";
  readonly a: number | null;
  readonly b: number | null;
  /** As written: "≤ +5%", "≥ 3". */
  readonly rule: string;
  readonly holds: boolean;
  /** Why it does not hold, or null. */
  readonly why: string | null;
}

interface Bound {
  readonly sign: "≤" | "≥";
  readonly limit: Limit;
}

/** Every rule, in the order of the file. `a` and `b` are the runs of each side; of several, the medians are judged. */
export function evaluateGates(
  gates: readonly Gate[],
  a: readonly Summary[],
  b: readonly Summary[],
): readonly GateResult[] {
  return [...emptySides(a, b), ...gates.flatMap((gate) => boundsOf(gate).map((bound) => evaluate(gate, bound, a, b)))];
}

/** Whether all rules hold that must. */
export function gatesHold(results: readonly GateResult[]): boolean {
  return results.every(({ holds, level }) => holds || level !== "error");
}

function boundsOf({ max, min }: Gate): Bound[] {
  return [
    ...(max === undefined ? [] : [{ sign: "≤" as const, limit: max }]),
    ...(min === undefined ? [] : [{ sign: "≥" as const, limit: min }]),
  ];
}

function evaluate(gate: Gate, { sign, limit }: Bound, a: readonly Summary[], b: readonly Summary[]): GateResult {
  const figures = { a: median(a.map((one) => figureOf(gate, one))), b: median(b.map((one) => figureOf(gate, one))) };
  const why = whyNot(figures, sign, limit);
  return {
    name: "metric" in gate ? gate.metric : gate.finding,
    scope: gate.scope ?? null,
    level: gate.level ?? "error",
    ...figures,
    rule: `${sign} ${limit}`,
    holds: why === null,
    why,
  };
}

function whyNot({ a, b }: { a: number | null; b: number | null }, sign: "≤" | "≥", limit: Limit): string | null {
  if (b === null) return "B does not record it";
  const bound = limitOf(limit, a);
  if (bound === null) return "A does not record it";
  return (sign === "≤" ? b <= bound : b >= bound) ? null : `${b} is not ${sign} ${bound}`;
}

function figureOf(gate: Gate, summary: Summary): number | null {
  if ("finding" in gate) return summary.findings.filter(({ id }) => id === gate.finding).length;
  const scope = gate.scope ?? summary.defaultScope;
  const leaf = leavesOf(summary.scopes[scope]).find(({ metric }) => metric === gate.metric);
  return leaf?.value ?? (mayBeUnknown(gate.metric, { summary, scope }) ? null : 0);
}

/** A structure that no request touched is not listed; neither are those beyond the 500 that most did. */
function mayBeUnknown(path: string, side: { summary: Summary; scope: string }): boolean {
  if (!path.startsWith(`${STRUCTURES}.`)) return occurs(path, side);
  return metricOf(side, "targets")?.otherStructures !== 0;
}

/** Whether the op that a path names has a request in the scope; a path without one always does. */
function occurs(path: string, side: { summary: Summary; scope: string }): boolean {
  const op = opOf(path) as Op | null;
  const requests = metricOf(side, "requests");
  return op === null || requests === null || requests.byOp[op] !== undefined;
}

/** A trace without a request passes nothing. */
function emptySides(a: readonly Summary[], b: readonly Summary[]): GateResult[] {
  const sides = [...a.map((summary) => ({ side: "A", summary })), ...b.map((summary) => ({ side: "B", summary }))];
  return sides.flatMap(({ side, summary }) => {
    const total = metricOf({ summary, scope: "whole" }, "requests")?.total ?? 0;
    if (total > 0) return [];
    const why = `${side} (${summary.trace.title}) holds no request`;
    return [
      { name: "requests.total", scope: "whole", level: "error", a: null, b: null, rule: "≥ 1", holds: false, why },
    ];
  });
}
