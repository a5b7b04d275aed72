import type { DataTable } from "../../charts/chart.ts";
import { table } from "../../charts/kit/table.ts";
import type { Change, Diff, Verdict } from "../../compare/diff.ts";
import { counted, countText } from "../../model/quantities.ts";
import { changeText, VERDICTS, valueText } from "./figureRows.ts";

/** Every number of the Summaries that differs, by its path; what is better or worse first. */
export interface MetricsView {
  /** "412 numbers differ, 1 203 do not". */
  readonly summary: string;
  readonly table: DataTable;
  /** What the table leaves out, or null. */
  readonly rest: string | null;
}

const MOST_ROWS = 30;
const ORDER: readonly Verdict[] = ["worse", "better", "changed", "few", "notComparable", "same"];

/** null where no number differs. */
export function metricsView({ metrics: { same, changed } }: Diff): MetricsView | null {
  if (changed.length === 0) return null;
  const first = judgedFirst(changed).slice(0, MOST_ROWS);
  const total = changed.length;
  return {
    summary: `${counted(total, "number")} of the Summaries ${total === 1 ? "differs" : "differ"}, ${countText(same)} ${same === 1 ? "does" : "do"} not`,
    table: table(
      [
        ["metric", "Path in the Summary", "text"],
        ["a", "A", "text"],
        ["b", "B", "text"],
        ["change", "Change", "text"],
        ["verdict", "Verdict", "text"],
      ],
      first.map(({ metric, kind, a, b, change, relative, verdict }) => [
        metric,
        valueText(a, null, kind),
        valueText(b, null, kind),
        changeText(change, relative, kind),
        VERDICTS[verdict].word,
      ]),
    ),
    rest: total <= MOST_ROWS ? null : `${MOST_ROWS} of ${countText(total)}, what is worse or better first.`,
  };
}

/** All of them, in plain numbers. */
export function metricsCsv({ metrics }: Diff): DataTable {
  return table(
    [
      ["metric", "metric", "text"],
      ["a", "A", "count"],
      ["b", "B", "count"],
      ["change", "change", "count"],
      ["relative", "relative", "share"],
      ["verdict", "verdict", "text"],
      ["note", "note", "text"],
    ],
    judgedFirst(metrics.changed).map(({ metric, a, b, change, relative, verdict, note }) => [
      metric,
      a,
      b,
      change,
      relative,
      verdict,
      note ?? null,
    ]),
  );
}

function judgedFirst(changed: readonly Change[]): readonly Change[] {
  return [...changed].sort((one, other) => ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict));
}
