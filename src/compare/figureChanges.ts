import type { FigureChange } from "./diff.ts";
import { FIGURES, type FigureSpec } from "./figures.ts";
import { isNoisy, judged, median } from "./judge.ts";
import type { Side } from "./side.ts";
import { changeOf } from "./verdict.ts";

/** Every figure of both sides with its verdict, for several runs the medians; figures that neither side has are left out. */
export function figureChanges(a: readonly Side[], b: readonly Side[]): FigureChange[] {
  return FIGURES.flatMap((spec) => {
    const change = figureChange(spec, a, b);
    return spec.onlyIfAny && !change.a && !change.b ? [] : [change];
  });
}

/** One figure of both sides. */
export function figureChange(spec: FigureSpec, a: readonly Side[], b: readonly Side[]): FigureChange {
  const runs = { a: a.map(spec.value), b: b.map(spec.value) };
  const pair = { a: median(runs.a), b: median(runs.b) };
  const of = spec.of && { of: { a: median(a.map(spec.of)), b: median(b.map(spec.of)) } };
  const where = spec.where && pair.a !== pair.b && { where: { a: spec.where(a[0]!), b: spec.where(b[0]!) } };
  const change = { title: spec.title, ...changeOf(spec, { ...pair, ...of }), ...of, ...where };
  return isNoisy(spec, runs) ? judged(change, runs, fewestValues(spec, [...a, ...b])) : change;
}

/** How many values the figure rests on in the run that has the fewest; undefined where that does not matter. */
function fewestValues({ values }: FigureSpec, sides: readonly Side[]): number | undefined {
  return values && Math.min(...sides.map((side) => values(side) ?? 0));
}
