import type { History, HistoryFigure } from "../../compare/history.ts";
import { counted } from "../../model/quantities.ts";
import type { DataTable, Figure } from "../chart.ts";
import { table } from "../kit/table.ts";
import { drawHistory } from "./drawHistory.ts";
import { valueText } from "./valueText.ts";

/** One figure over the points of a history, in words and numbers. */
export interface HistoryChart {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  figure(): Figure;
}

const MOST_CHARTS = 12;

/** A chart for each figure that did not stay the same, as far as the page has room. */
export function historyCharts(history: History): readonly HistoryChart[] {
  return history.figures
    .filter(({ runs }) => new Set(runs.flat()).size > 1)
    .slice(0, MOST_CHARTS)
    .map((figure) => ({
      id: figure.metric.replace(/[^a-z0-9]+/gi, "-").toLowerCase(),
      title: `${figure.title}: ${figure.direction === "none" ? "other" : "better"} than before?`,
      label: figure.title,
      figure: () => historyFigure(history, figure),
    }));
}

function historyFigure(history: History, figure: HistoryFigure): Figure {
  const answer = answerOf(history, figure);
  return {
    answer,
    alternativeText: `Line over ${counted(history.points.length, "point")}. ${answer}`,
    note: null,
    table: tableOf(history, figure),
    draw: (layout) => drawHistory(history, figure, layout),
  };
}

/** "v6.4: 63, against 18 in v6.1, the best of the 10 points before it." */
function answerOf({ points, windowPoints }: History, figure: HistoryFigure): string {
  const last = points.at(-1)!.name;
  const value = valueText(figure.values.at(-1) ?? null, figure.kind);
  if (figure.reference === null) return `${last}: ${value}, and nothing before it.`;
  const { point, value: best } = figure.reference;
  const before = Math.min(windowPoints, points.length - 1);
  const which =
    figure.direction === "none" ? "the one before" : `the best of the ${counted(before, "point")} before it`;
  return `${last}: ${value}, against ${valueText(best, figure.kind)} in ${points[point]!.name}, ${which}.`;
}

function tableOf({ points }: History, { kind, runs }: HistoryFigure): DataTable {
  return table(
    [
      ["point", "point", "text"],
      ["commit", "commit", "text"],
      ["date", "date", "text"],
      ["trace", "trace", "text"],
      ["value", "value", kind],
    ],
    points.flatMap(({ name, commit, date, traces }, i) =>
      traces.map(({ slug }, run) => [name, commit, date, slug, runs[i]![run] ?? null]),
    ),
  );
}
