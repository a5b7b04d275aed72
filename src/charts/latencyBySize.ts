import type { LatencyBySize, SizeClass } from "../analysis/metrics/latencyBySize.ts";
import type { Op } from "../model/ops.ts";
import { allOf, bytesText, counted, countText, durationText, sentence } from "../model/quantities.ts";
import type { Chart, DataTable, Figure } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { OP_STYLE, opsIn } from "./kit/opStyle.ts";
import { decimalText } from "./kit/rates.ts";
import { table } from "./kit/table.ts";
import { drawLatencyBySize } from "./latencyBySize/drawing.ts";
import { FEWEST_FOR_P90, FEWEST_FOR_P99 } from "./latencyTime/note.ts";

/** How long requests of each size took. */
export const latencyBySize: Chart = {
  id: "latency-by-size",
  title: "Do large requests take longer?",
  label: "Latency by size",
  metrics: ["latencyBySize"],
  figure: (summary, scope) => figureOf(summary, scope, "latencyBySize", latencyBySizeFigure),
};

function latencyBySizeFigure({ byOp }: LatencyBySize): Figure | null {
  const ops = opsIn(byOp);
  if (ops.length === 0) return null;
  const answer = `${sentence(ops.map((op) => clause(op, byOp[op]!)).join("; "))}.`;
  return {
    answer,
    alternativeText: `Dots at the median latency of each size of request, with the range from the 10th to the 90th percentile. ${answer}`,
    note: null,
    table: tableOf({ byOp }, ops),
    draw: (layout) => drawLatencyBySize({ byOp }, ops, layout),
  };
}

/** "4 KiB to 8 KiB": the sizes of a class, without its end. */
function sizes({ fromBytes }: SizeClass): string {
  return `${bytesText(fromBytes)} to ${bytesText(2 * fromBytes)}`;
}

/** Compares the smallest and the largest size of which there are enough; else what there is most of with another. */
function clause(op: Op, classes: readonly SizeClass[]): string {
  const { singular, plural } = OP_STYLE[op];
  if (classes.length === 1) {
    const [only] = classes;
    const all = `${allOf(only!.count, singular, plural)} ${only!.count === 1 ? "is" : "are"} of ${sizes(only!)}`;
    return `${all}: ${ofThem(only!.count)} took ${durationText(only!.p50Ns)}${only!.count === 1 ? "" : " at most"}`;
  }
  const enough = classes.filter(({ count }) => count >= FEWEST_FOR_P90);
  if (enough.length < 2) return ofFew(op, classes);
  const [small, large] = [enough[0]!, enough.at(-1)!];
  const medians = `the median of ${plural} is ${durationText(small.p50Ns)} from ${sizes(small)}, ${durationText(large.p50Ns)} from ${sizes(large)}`;
  const ratio = large.p50Ns / Math.max(1, small.p50Ns);
  return `${medians} (${decimalText(ratio)} times as long for about ${decimalText(large.fromBytes / small.fromBytes)} times the bytes)`;
}

/** Too few for a ratio of medians to mean anything: those of the commonest size, and the largest, or smallest, of the others. */
function ofFew(op: Op, classes: readonly SizeClass[]): string {
  const commonest = classes.reduce((most, each) => (each.count > most.count ? each : most));
  const other = classes.at(-1) === commonest ? classes[0]! : classes.at(-1)!;
  const [small, large] = commonest.fromBytes < other.fromBytes ? [commonest, other] : [other, commonest];
  return `${took(op, small)}, ${took(op, large)}`;
}

function took(op: Op, size: SizeClass): string {
  const { singular, plural } = OP_STYLE[op];
  const { count, minNs, p50Ns, maxNs } = size;
  if (count >= FEWEST_FOR_P90)
    return `half of the ${countText(count)} ${plural} of ${sizes(size)} took ${durationText(p50Ns)} at most`;
  const range = minNs === maxNs ? durationText(minNs) : `${durationText(minNs)} to ${durationText(maxNs)}`;
  return `${counted(count, singular, plural)} of ${sizes(size)} took ${range}`;
}

function ofThem(count: number): string {
  if (count === 1) return "it";
  return count === 2 ? "one of them" : "half of them";
}

function tableOf({ byOp }: LatencyBySize, ops: readonly Op[]): DataTable {
  return table(
    [
      ["op", "Operation", "text"],
      ["fromBytes", "From", "bytes"],
      ["belowBytes", "Below", "bytes"],
      ["requests", "Requests", "count"],
      ["meanNs", "Mean", "ns"],
      ["p10Ns", "p10", "ns"],
      ["p50Ns", "p50", "ns"],
      ["p90Ns", "p90", "ns"],
      ["p99Ns", "p99", "ns"],
      ["maxNs", "Most", "ns"],
    ],
    ops.flatMap((op) =>
      byOp[op]!.map(({ fromBytes, count, meanNs, p10Ns, p50Ns, p90Ns, p99Ns, maxNs }) => [
        OP_STYLE[op].singular,
        fromBytes,
        2 * fromBytes,
        count,
        Math.round(meanNs),
        count < FEWEST_FOR_P90 ? null : p10Ns,
        p50Ns,
        count < FEWEST_FOR_P90 ? null : p90Ns,
        count < FEWEST_FOR_P99 ? null : p99Ns,
        maxNs,
      ]),
    ),
  );
}
