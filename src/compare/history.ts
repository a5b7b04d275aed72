import { type Static, Type } from "typebox";
import type { Summary } from "../analysis/summary.ts";
import { BetterDirection, Kind, orNull, Value, VerdictWord } from "./changeSchemas.ts";
import type { FigureChange } from "./diff.ts";
import { figureChange } from "./figureChanges.ts";
import { FIGURES, type FigureSpec } from "./figures.ts";
import { median } from "./judge.ts";
import type { Side } from "./side.ts";

/** The last point is held against the best of so many before it, so that a slow decline shows too. */
export const WINDOW_POINTS = 10;

const Point = Type.Object({
  name: Type.String({ description: "label, commit, date or slug, whichever is said first" }),
  commit: orNull(Type.String()),
  date: orNull(Type.String({ description: "of the side file, else the time of recording; ISO 8601, in UTC" })),
  traces: Type.Array(Type.Object({ slug: Type.String(), title: Type.String() }), {
    description: "recordings of one commit are runs of it",
  }),
});

const Figure = Type.Object({
  metric: Type.String({ description: "path in the Summary's scope, without ok and value" }),
  title: Type.String(),
  kind: Kind,
  direction: BetterDirection,
  values: Type.Array(Value, { description: "of each point; the median of its runs" }),
  runs: Type.Array(Type.Array(Value), { description: "of each point, what each run measured" }),
  reference: orNull(
    Type.Object({
      point: Type.Integer({
        minimum: 0,
        description: "the best of the window; where nothing is better, the one before",
      }),
      value: Type.Number(),
    }),
  ),
  change: Value,
  relative: Value,
  verdict: VerdictWord,
  note: Type.Optional(Type.String({ description: "what limits the verdict" })),
});

/** Recordings of the same work over commits or dates; the last against the best of a window before it. */
export const History = Type.Object(
  {
    schema: Type.Literal("blkreport/history/1"),
    of: Type.String(),
    windowPoints: Type.Integer({ minimum: 1 }),
    points: Type.Array(Point, { description: "in order of their dates; those without one last" }),
    figures: Type.Array(Figure),
  },
  { $id: "blkreport/history/1", $schema: "http://json-schema.org/draft-07/schema#" },
);
export type History = Static<typeof History>;
export type HistoryFigure = History["figures"][number];

/** @param summaries of traces whose side files say that they are recordings of this work. */
export function historyOf(of: string, summaries: readonly Summary[]): History {
  const points = pointsOf(summaries);
  const sides = points.map(({ runs }) => runs.map((summary): Side => ({ summary, scope: summary.defaultScope })));
  const figures = FIGURES.filter((spec) => isThere(spec, sides.flat())).map((spec) => figureOf(spec, sides));
  return {
    schema: "blkreport/history/1",
    of,
    windowPoints: WINDOW_POINTS,
    points: points.map(({ runs, commit, date }) => ({
      name: runs[0]!.trace.history?.label ?? commit?.slice(0, 12) ?? date ?? runs[0]!.trace.slug,
      commit,
      date,
      traces: runs.map(({ trace }) => ({ slug: trace.slug, title: trace.title })),
    })),
    figures,
  };
}

interface Runs {
  readonly commit: string | null;
  readonly date: string | null;
  readonly runs: readonly Summary[];
}

function pointsOf(summaries: readonly Summary[]): readonly Runs[] {
  const inOrder = summaries.map((summary) => ({ summary, date: dateOf(summary) })).sort(byDate);
  const points: { commit: string | null; date: string | null; runs: Summary[] }[] = [];
  for (const { summary, date } of inOrder) {
    const commit = summary.trace.history?.commit ?? null;
    const known = commit === null ? undefined : points.find((point) => point.commit === commit);
    if (known === undefined) points.push({ commit, date, runs: [summary] });
    else known.runs.push(summary);
  }
  return points;
}

interface Dated {
  readonly summary: Summary;
  readonly date: string | null;
}

function byDate(a: Dated, b: Dated): number {
  const [dateA, dateB] = [a.date ?? "\uffff", b.date ?? "\uffff"];
  if (dateA !== dateB) return dateA < dateB ? -1 : 1;
  return a.summary.trace.slug < b.summary.trace.slug ? -1 : 1;
}

function dateOf({ trace: { history, context, startUnixNs } }: Summary): string | null {
  const said = history?.date ?? context.recordedAt;
  if (said !== null || startUnixNs === null) return said;
  return new Date(Number(BigInt(startUnixNs) / 1_000_000n)).toISOString();
}

function isThere({ value, onlyIfAny }: FigureSpec, sides: readonly Side[]): boolean {
  return sides.map(value).some((each) => (onlyIfAny ? each : each !== null));
}

function figureOf(spec: FigureSpec, points: readonly (readonly Side[])[]): HistoryFigure {
  const { metric, title, kind, direction } = spec;
  const runs = points.map((sides) => sides.map(spec.value));
  const values = runs.map(median);
  const point = referenceOf(values, direction);
  const against = point === null ? null : figureChange(spec, points[point]!, points.at(-1)!);
  return {
    metric,
    title,
    kind,
    direction,
    values,
    runs,
    reference: point === null ? null : { point, value: values[point]! },
    ...judgement(against),
  };
}

function judgement(against: FigureChange | null): Pick<HistoryFigure, "change" | "relative" | "verdict" | "note"> {
  if (against === null) return { change: null, relative: null, verdict: "notComparable", note: "nothing before it" };
  const { change, relative, verdict, note } = against;
  return { change, relative, verdict, ...(note !== undefined && { note }) };
}

/** Of equally good points the latest. */
function referenceOf(values: readonly (number | null)[], direction: FigureSpec["direction"]): number | null {
  const last = values.length - 1;
  const before = [...values.keys()].slice(Math.max(0, last - WINDOW_POINTS), last).filter((i) => values[i] !== null);
  if (direction === "none") return before.at(-1) ?? null;
  const sign = direction === "lower" ? 1 : -1;
  return before.reduce<number | null>(
    (best, i) => (best === null || sign * (values[i]! - values[best]!) <= 0 ? i : best),
    null,
  );
}
