import type { MetricValues } from "../analysis/summary.ts";
import { OPS, type Op } from "../model/ops.ts";
import type { Diff, StructureAmount, StructureChange } from "./diff.ts";
import { metricOf, type Side } from "./side.ts";
import { keysOf } from "./structureKeys.ts";

type Targets = MetricValues["targets"];
type Touched = Targets["structures"][number];

const NONE: StructureAmount = { count: 0, bytes: 0 };

/** What requests did to each structure of a layout on both sides; null where either has none. */
export function compareStructures(a: Side, b: Side): Diff["structures"] {
  const targetsA = metricOf(a, "targets");
  const targetsB = metricOf(b, "targets");
  if (targetsA === null || targetsB === null) return null;
  const all = paired(targetsA.structures, targetsB.structures).map((pair) => changeOf(pair, targetsA, targetsB));
  const changed = all.filter(({ byOp }) => Object.keys(byOp).length > 0);
  return { same: all.length - changed.length, changed: changed.sort((x, y) => weightOf(y) - weightOf(x)) };
}

type Pair = readonly [a: Touched | null, b: Touched | null];

/** The same name in the same holder; else the same name, where each side has it once: the holder's own name may have changed. */
function paired(a: readonly Touched[], b: readonly Touched[]): readonly Pair[] {
  const byHolder = new Map(b.map((one) => [JSON.stringify([one.name, one.within]), one]));
  const named = new Map(keysOf(b).map((key, i) => [key, b[i]!]));
  const keys = keysOf(a);
  const taken = new Set<Touched>();
  const pairs = a.map((one, i): Pair => {
    const other = byHolder.get(JSON.stringify([one.name, one.within])) ?? named.get(keys[i]!) ?? null;
    if (other !== null) taken.add(other);
    return [one, other];
  });
  return [...pairs, ...b.filter((one) => !taken.has(one)).map((one): Pair => [null, one])];
}

/** What a Summary does not list of many is not known; of few it was not touched. */
function changeOf([a, b]: Pair, targetsA: Targets, targetsB: Targets): StructureChange {
  const { name, kind, within } = (b ?? a)!;
  const amounts = (one: Touched | null, { otherStructures }: Targets, op: Op): StructureAmount | null => {
    if (one === null) return otherStructures > 0 ? null : NONE;
    const { count, bytes } = one.byOp[op] ?? NONE;
    return { count, bytes };
  };
  const byOp = OPS.flatMap((op) => {
    const pair = { a: amounts(a, targetsA, op), b: amounts(b, targetsB, op) };
    const isSame = pair.a?.count === pair.b?.count && pair.a?.bytes === pair.b?.bytes;
    return isSame || !occurs(pair) ? [] : [[op, pair] as const];
  });
  return { name, kind, within, byOp: Object.fromEntries(byOp) };
}

function occurs({ a, b }: { readonly a: StructureAmount | null; readonly b: StructureAmount | null }): boolean {
  return (a?.count ?? 0) + (b?.count ?? 0) > 0;
}

/** How many more or fewer requests; changes of what is written come first. */
function weightOf({ byOp }: StructureChange): number {
  return OPS.reduce((sum, op) => {
    const change = Math.abs((byOp[op]?.b?.count ?? 0) - (byOp[op]?.a?.count ?? 0));
    return sum + change * (op === "read" ? 1 : 1000);
  }, 0);
}
