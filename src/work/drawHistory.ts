import type { Summary } from "../analysis/summary.ts";
import { historyCharts } from "../charts/history/historyFigure.ts";
import { historyOf } from "../compare/history.ts";
import { type DrawnFigures, drawAll } from "./draw.ts";
import { historyOrigin } from "./origin.ts";

/** The charts of a history, to be drawn into a folder. */
export interface DrawHistoryJob {
  readonly of: string;
  readonly summaries: readonly Summary[];
  readonly folder: string;
}

export function drawHistory({ of, summaries, folder }: DrawHistoryJob): Promise<DrawnFigures> {
  const sketches = historyCharts(historyOf(of, summaries)).map(({ figure, ...chart }) => ({ chart, figureOf: figure }));
  return drawAll(sketches, historyOrigin(of, summaries), folder);
}
