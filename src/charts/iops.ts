import { counted } from "../model/quantities.ts";
import type { Chart } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { OP_STYLE } from "./kit/opStyle.ts";
import { axisText, countRateText } from "./kit/rates.ts";
import { scopeInfo } from "./kit/scope.ts";
import { decimalSteps } from "./kit/steps.ts";
import { type OverTime, overTimeFigure } from "./overTime/figure.ts";

const REQUESTS: OverTime = {
  quantity: "requests",
  field: "requestsPerSecond",
  totalKind: "count",
  rateKind: "perSecond",
  text: axisText,
  rateText: countRateText,
  steps: decimalSteps,
  column: (op) => `${op}Requests`,
  done: ({ op, total }) => counted(total, OP_STYLE[op].singular, OP_STYLE[op].plural),
};

/** Requests started over time, a panel for each op. */
export const iops: Chart = {
  id: "iops",
  title: "How many requests were started each second?",
  label: "IOPS",
  metrics: ["throughput"],
  figure: (summary, scope) =>
    figureOf(summary, scope, "throughput", (value) =>
      overTimeFigure(summary, scopeInfo(summary, scope), value, REQUESTS),
    ),
};
