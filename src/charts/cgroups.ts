import type { Chart } from "./chart.ts";
import { issuersFigure } from "./issuers/figure.ts";
import { figureOf } from "./kit/metricValue.ts";

/** The same as by process, by cgroup. */
export const cgroups: Chart = {
  id: "cgroups",
  title: "Which cgroups caused it?",
  label: "Cgroups",
  metrics: ["cgroups"],
  figure: (summary, scope) =>
    figureOf(summary, scope, "cgroups", ({ cgroups: all, others }) => {
      const named = all.map(({ ids, ...share }) => ({ ...share, keys: ids.join(" ") }));
      return issuersFigure({ singular: "cgroup", plural: "cgroups", keys: "ids", named, others });
    }),
};
