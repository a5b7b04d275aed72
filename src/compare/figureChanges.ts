import type { FigureChange } from "./diff.ts";
import { FIGURES, type FigureSpec } from "./figures.ts";
import type { Side } from "./side.ts";
import { changeOf } from "./verdict.ts";

/** Below so many values a percentile of latency is chance. */
const FEWEST_TO_JUDGE = 100;
const ONE_RUN = "one run: no judgement on time";

/** Every figure of both sides with its verdict; figures that neither side has are left out. */
export function figureChanges(a: Side, b: Side): FigureChange[] {
  return FIGURES.flatMap((spec) => {
    const pair = { a: spec.value(a), b: spec.value(b) };
    if (spec.onlyIfAny && !pair.a && !pair.b) return [];
    const of = spec.of && { of: { a: spec.of(a), b: spec.of(b) } };
    const change = changeOf(spec, { ...pair, ...of });
    return [spec.kind === "ns" ? judgedAsTime(change, spec, a, b) : change];
  });
}

/** A time of one run on each side has no verdict of better or worse: the next run may turn it round. */
function judgedAsTime(change: FigureChange, spec: FigureSpec, a: Side, b: Side): FigureChange {
  if (change.verdict !== "better" && change.verdict !== "worse") return change;
  const fewest = spec.values ? Math.min(spec.values(a) ?? 0, spec.values(b) ?? 0) : FEWEST_TO_JUDGE;
  return fewest < FEWEST_TO_JUDGE
    ? { ...change, verdict: "few", note: `fewer than ${FEWEST_TO_JUDGE} requests` }
    : { ...change, verdict: "changed", note: ONE_RUN };
}
