import type { Change, FigureChange, Verdict } from "./diff.ts";

/** lower, higher: less or more of it is better; none: it is only different. */
export type Direction = "lower" | "higher" | "none";

/** What both sides have of one figure: the value, and where it counts some of them, of how many. */
export interface Pair {
  readonly a: number | null;
  readonly b: number | null;
  readonly of?: FigureChange["of"];
}

/** Whether B is better than A. Some of them are better only when their share is as well. */
export function verdictOf({ a, b, of }: Pair, direction: Direction): Verdict {
  if (a === null || b === null) return "notComparable";
  if (a === b) return "same";
  if (direction === "none") return "changed";
  const byCount = b < a === (direction === "lower");
  if (of == null || !of.a || !of.b) return byCount ? "better" : "worse";
  const difference = b / of.b - a / of.a;
  if (difference === 0) return "changed";
  const byShare = difference < 0 === (direction === "lower");
  if (byCount !== byShare) return "changed";
  return byCount ? "better" : "worse";
}

/** A number's change with its verdict. */
export function changeOf(
  { metric, kind, direction }: { direction: Direction } & Pick<Change, "metric" | "kind">,
  pair: Pair,
): Change {
  const { a, b } = pair;
  const change = a === null || b === null ? null : b - a;
  return {
    metric,
    kind,
    a,
    b,
    change,
    relative: change === null || a === null || a === 0 ? null : change / a,
    verdict: verdictOf(pair, direction),
  };
}
