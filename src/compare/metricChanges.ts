import type { Diff } from "./diff.ts";
import { directionOf } from "./directions.ts";
import { isNoisy, judged, median } from "./judge.ts";
import { kindOf, leavesOf, STRUCTURES } from "./leaves.ts";
import type { Side } from "./side.ts";
import { changeOf } from "./verdict.ts";

/** Every number of both sides that differs, by its path, but for those of structures, which stand by themselves; for several runs the medians. */
export function metricChanges(a: readonly Side[], b: readonly Side[]): Diff["metrics"] {
  const [runsA, runsB] = [a.map(numbersOf), b.map(numbersOf)];
  const metrics = new Set([...runsA, ...runsB].flatMap((numbers) => [...numbers.keys()]));
  const changes = [...metrics].map((metric) => {
    const runs = { a: valuesOf(runsA, metric), b: valuesOf(runsB, metric) };
    const spec = { metric, kind: kindOf(metric), direction: directionOf(metric) };
    const change = changeOf(spec, { a: median(runs.a), b: median(runs.b) });
    return isNoisy(spec, runs) ? judged(change, runs) : change;
  });
  const changed = changes.filter(({ verdict }) => verdict !== "same");
  return { same: changes.length - changed.length, changed };
}

function numbersOf({ summary, scope }: Side): ReadonlyMap<string, number> {
  const leaves = leavesOf(summary.scopes[scope]).filter(({ metric }) => !metric.startsWith(`${STRUCTURES}.`));
  return new Map(leaves.map(({ metric, value }) => [metric, value]));
}

function valuesOf(runs: readonly ReadonlyMap<string, number>[], metric: string): (number | null)[] {
  return runs.map((numbers) => numbers.get(metric) ?? null);
}
