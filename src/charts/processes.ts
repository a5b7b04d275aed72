import type { Chart } from "./chart.ts";
import { issuersFigure } from "./issuers/figure.ts";
import { figureOf } from "./kit/metricValue.ts";

/** Who issued the requests: a table with bars. */
export const processes: Chart = {
  id: "processes",
  title: "Which processes caused it?",
  label: "Processes",
  metrics: ["processes"],
  figure: (summary, scope) =>
    figureOf(summary, scope, "processes", ({ processes: all, others }) => {
      const named = all.map(({ pids, ...share }) => ({ ...share, keys: pids.join(" ") }));
      return issuersFigure({ singular: "process", plural: "processes", keys: "pids", named, others });
    }),
};
