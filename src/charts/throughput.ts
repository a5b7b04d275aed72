import type { Op } from "../model/ops.ts";
import { bytesText } from "../model/quantities.ts";
import type { Chart } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { OP_STYLE } from "./kit/opStyle.ts";
import { byteRateText } from "./kit/rates.ts";
import { scopeInfo } from "./kit/scope.ts";
import { binarySteps } from "./kit/steps.ts";
import { type OverTime, overTimeFigure } from "./overTime/figure.ts";

const PARTICIPLE: Partial<Record<Op, string>> = { read: "read", write: "written" };

const BYTES: OverTime = {
  quantity: "bytes",
  field: "bytesPerSecond",
  totalKind: "bytes",
  rateKind: "bytesPerSecond",
  text: bytesText,
  rateText: byteRateText,
  steps: binarySteps,
  column: (op) => `${op}Bytes`,
  done: ({ op, total }) => `${bytesText(total)} ${PARTICIPLE[op] ?? `of ${OP_STYLE[op].plural}`}`,
};

/** Bytes over time, reads above writes. */
export const throughput: Chart = {
  id: "throughput",
  title: "How much was moved each second?",
  label: "Throughput",
  metrics: ["throughput"],
  figure: (summary, scope) =>
    figureOf(summary, scope, "throughput", (value) => overTimeFigure(summary, scopeInfo(summary, scope), value, BYTES)),
};
