import { type Static, Type } from "typebox";
import type { Summary } from "../analysis/summary.ts";
import { BetterDirection, Kind, orNull, Value, VerdictWord } from "./changeSchemas.ts";
import { figureChange } from "./figureChanges.ts";
import { FIGURES, type FigureSpec } from "./figures.ts";
import type { Side } from "./side.ts";

const Count = Type.Integer({ minimum: 0 });

const Cell = Type.Object({
  value: Value,
  of: Type.Optional(orNull(Type.Number({ description: "of how many the figure counts some" }))),
  restsOn: Type.Optional(orNull(Type.Integer({ minimum: 0, description: "how many values a percentile rests on" }))),
  change: orNull(Type.Number({ description: "less the baseline's value" })),
  relative: orNull(Type.Number({ description: "to the baseline's value; null where that is 0 or not recorded" })),
  verdict: VerdictWord,
  note: Type.Optional(Type.String({ description: "what limits the verdict" })),
});

/** Several traces side by side, every figure of each against one of them. */
export const Matrix = Type.Object(
  {
    schema: Type.Literal("blkreport/matrix/1"),
    group: Type.String({ description: "the folder below traces/" }),
    baseline: Type.Integer({ minimum: 0, description: "index into traces" }),
    named: Type.Boolean({ description: "a side file names the baseline; else it is the first trace" }),
    traces: Type.Array(
      Type.Object({ slug: Type.String(), title: Type.String(), scope: Type.String(), format: Type.String() }),
    ),
    figures: Type.Array(
      Type.Object({
        metric: Type.String({ description: "path in the Summary's scope, without ok and value" }),
        title: Type.String(),
        kind: Kind,
        direction: BetterDirection,
        cells: Type.Array(Cell, { description: "one for each trace" }),
      }),
    ),
    same: Type.Array(Count, { description: "for each trace, how many figures are as in the baseline" }),
  },
  { $id: "blkreport/matrix/1", $schema: "http://json-schema.org/draft-07/schema#" },
);
export type Matrix = Static<typeof Matrix>;
export type MatrixCell = Matrix["figures"][number]["cells"][number];

/** The figures of several traces, each in the scope in which its page opens. */
export function matrixOf(group: string, summaries: readonly Summary[]): Matrix {
  const sides = summaries.map((summary): Side => ({ summary, scope: summary.defaultScope }));
  const { baseline, named } = baselineOf(summaries);
  const figures = FIGURES.filter((spec) => isThere(spec, sides)).map((spec) => ({
    metric: spec.metric,
    title: spec.title,
    kind: spec.kind,
    direction: spec.direction,
    cells: sides.map((side) => cellOf(spec, sides[baseline]!, side)),
  }));
  return {
    schema: "blkreport/matrix/1",
    group,
    baseline,
    named,
    traces: summaries.map(({ trace, defaultScope }) => ({
      slug: trace.slug,
      title: trace.title,
      scope: defaultScope,
      format: trace.format,
    })),
    figures,
    same: sides.map((_, i) => figures.filter(({ cells }) => cells[i]!.verdict === "same").length),
  };
}

/** The trace that the most others name as theirs; else the first. */
function baselineOf(summaries: readonly Summary[]): { readonly baseline: number; readonly named: boolean } {
  const named = summaries.map(
    ({ trace: { slug } }) =>
      summaries.filter(({ trace }) => trace.slug !== slug && trace.baselines.includes(slug)).length,
  );
  const most = Math.max(0, ...named);
  return most === 0 ? { baseline: 0, named: false } : { baseline: named.indexOf(most), named: true };
}

/** Whether any of them records the figure, and has any where that matters. */
function isThere({ value, onlyIfAny }: FigureSpec, sides: readonly Side[]): boolean {
  return sides.map(value).some((each) => (onlyIfAny ? each : each !== null));
}

function cellOf(spec: FigureSpec, baseline: Side, side: Side): MatrixCell {
  const { b, change, relative, verdict, note } = figureChange(spec, [baseline], [side]);
  return {
    value: b,
    ...(spec.of && { of: spec.of(side) }),
    ...(spec.values && { restsOn: spec.values(side) }),
    change,
    relative,
    verdict: side === baseline && b !== null ? "same" : verdict,
    ...(note !== undefined && { note }),
  };
}
