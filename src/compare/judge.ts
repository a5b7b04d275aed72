import { counted } from "../model/quantities.ts";
import type { Change, Verdict } from "./diff.ts";
import { leastP, rankTest } from "./rankTest.ts";

/** Below so many requests a percentile of latency is chance. */
const FEWEST_REQUESTS = 100;
const SIGNIFICANT = 0.05;
const ONE_RUN = "one run: no judgement on time";

/** What each run of both sides measured; null: not recorded. */
export interface RunValues {
  readonly a: readonly (number | null)[];
  readonly b: readonly (number | null)[];
}

/** The middle of all runs; null where one of them does not record the figure. */
export function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((x, y) => x - y);
  if (known.length === 0 || known.length < values.length) return null;
  const middle = known.length >> 1;
  return known.length % 2 === 1 ? known[middle]! : (known[middle - 1]! + known[middle]!) / 2;
}

/** Whether the next run may give another number: it is a time, or the runs of one side differ. */
export function isNoisy({ metric, kind }: Pick<Change, "metric" | "kind">, { a, b }: RunValues): boolean {
  return kind === "ns" || metric.endsWith("PerSecond") || new Set(a).size > 1 || new Set(b).size > 1;
}

/** A noisy figure is better or worse only if the runs show it. `requests`: how many values a side's figure rests on at least. */
export function judged<C extends Change>(change: C, runs: RunValues, requests = FEWEST_REQUESTS): C {
  const { a, b } = runs;
  if (change.verdict !== "better" && change.verdict !== "worse") return change;
  if (requests < FEWEST_REQUESTS) return ruled(change, "few", `fewer than ${FEWEST_REQUESTS} requests`);
  if (a.length === 1 && b.length === 1) return ruled(change, "changed", ONE_RUN);
  if (leastP(a.length, b.length) >= SIGNIFICANT)
    return ruled(change, "few", `${a.length} and ${counted(b.length, "run")}: too few to judge`);
  const test = rankTest(a as number[], b as number[]);
  const figures = `p = ${Number(test.p.toPrecision(2))}, effect ${test.effect.toFixed(2)}`;
  const tested = { ...change, runs: { a: a as number[], b: b as number[], ...test } };
  return test.p < SIGNIFICANT
    ? { ...tested, note: figures }
    : ruled(tested, "changed", `no difference shown: ${figures}`);
}

function ruled<C extends Change>(change: C, verdict: Verdict, note: string): C {
  return { ...change, verdict, note };
}
