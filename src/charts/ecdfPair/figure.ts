import type { MetricId, MetricValues, Summary } from "../../analysis/summary.ts";
import type { Diff } from "../../compare/diff.ts";
import type { Op } from "../../model/ops.ts";
import { sentence } from "../../model/quantities.ts";
import type { Absent, CellKind, Figure } from "../chart.ts";
import { absent, figureOf } from "../kit/metricValue.ts";
import { bucketsOf, type Distribution, medianClause, noteOf, type OpPair, pairsOf } from "./distribution.ts";
import { drawPairs, type PairWords } from "./drawing.ts";

/** What is compared, and how it is said. */
export interface PairChart<Id extends MetricId> extends PairWords {
  readonly metric: Id;
  /** What a trace must record, beyond what the metric says of itself. */
  readonly records?: readonly (keyof Summary["trace"]["recorded"])[];
  distributionOf(value: MetricValues[Id], op: Op): Distribution | null;
  /** "the median read <verb> 4 KiB in A". */
  readonly verb: string;
  /** How the names of the table's columns end: "Bytes". */
  readonly unit: string;
  readonly kind: CellKind;
  text(value: number): string;
}

/** The distributions of both sides in one figure; Absent where a side does not record them, null where neither has any. */
export function pairFigure<Id extends MetricId>(
  diff: Diff,
  a: Summary,
  b: Summary,
  chart: PairChart<Id>,
): Figure | Absent | null {
  const sideA = measuredOf(a, diff.a.scope, chart);
  const sideB = measuredOf(b, diff.b.scope, chart);
  if (sideA === null || sideB === null) return null;
  if ("absent" in sideA || "absent" in sideB) return absentOf(sideA, sideB);
  const pairs = pairsOf((side, op) => chart.distributionOf((side === "a" ? sideA : sideB).value, op));
  return pairs.length === 0 ? null : figureOfPairs(pairs, chart);
}

type Value<Id extends MetricId> = { readonly value: MetricValues[Id] } | Absent | null;

function measuredOf<Id extends MetricId>(
  summary: Summary,
  scope: string,
  { metric, records = [] }: PairChart<Id>,
): Value<Id> {
  const missing = records.filter((need) => !summary.trace.recorded[need]);
  if (missing.length > 0) return absent(missing);
  return figureOf(summary, scope, metric, (value) => ({ value }));
}

function absentOf(a: object, b: object): Absent {
  const [inA, inB] = [a, b].map((side) => ("absent" in side ? String(side.absent) : null));
  if (inA === inB) return { absent: `Neither A nor B: ${inA}` };
  return { absent: [...(inA ? [`A: ${inA}`] : []), ...(inB ? [`B: ${inB}`] : [])].join(" ") };
}

function figureOfPairs<Id extends MetricId>(pairs: readonly OpPair[], chart: PairChart<Id>): Figure {
  const { verb, text, unit, kind } = chart;
  const answer = `${sentence(pairs.map((pair) => medianClause(pair, verb, text)).join("; "))}.`;
  return {
    answer,
    alternativeText: `Cumulative distributions of A, dashed, and B, solid, a panel for each kind of request. ${answer}`,
    note: noteOf(pairs, kind),
    table: bucketsOf(pairs, unit, kind),
    draw: (layout) => drawPairs(pairs, chart, layout),
  };
}
