import type { RequestSizes } from "../analysis/metrics/requestSizes.ts";
import type { Op } from "../model/ops.ts";
import { allOf, bytesText, countText, sentence } from "../model/quantities.ts";
import type { Chart, DataTable, Drawing, Figure, Layout } from "./chart.ts";
import { countPanels, countPanelsHeight } from "./kit/countPanels.ts";
import { figureOf } from "./kit/metricValue.ts";
import { OP_STYLE, opsIn } from "./kit/opStyle.ts";
import { WIDTH_PX } from "./kit/plotWidth.ts";
import { chartSpec, texts } from "./kit/spec.ts";
import { table } from "./kit/table.ts";

type Sizes = NonNullable<RequestSizes["byOp"][Op]>;

/** How large the requests were: a histogram in powers of two for each op. */
export const requestSizes: Chart = {
  id: "request-sizes",
  title: "How large were the requests?",
  label: "Size",
  metrics: ["requestSizes"],
  figure: (summary, scope) => figureOf(summary, scope, "requestSizes", sizesFigure),
};

function sizesFigure({ byOp }: RequestSizes): Figure | null {
  const ops = opsIn(byOp);
  if (ops.length === 0) return null;
  const answer = sentence(`${ops.map((op) => sizeClause(op, byOp[op]!)).join("; ")}.`);
  return {
    answer,
    alternativeText: `Histograms of request sizes in powers of two. ${answer}`,
    note: sizesNote(byOp, ops),
    table: sizesTable(byOp, ops),
    draw: (layout) => drawSizes(byOp, ops, layout),
  };
}

function sizeClause(op: Op, { count, minBytes, p50Bytes, maxBytes }: Sizes): string {
  const { singular, plural } = OP_STYLE[op];
  const all = `${allOf(count, singular, plural)} ${count === 1 ? "is" : "are"}`;
  if (minBytes === maxBytes) return `${all} ${bytesText(maxBytes)}`;
  return `${all} ${bytesText(minBytes)} to ${bytesText(maxBytes)}, the median is ${bytesText(p50Bytes)}`;
}

function sizesNote(byOp: RequestSizes["byOp"], ops: readonly Op[]): DataTable {
  const row = (title: string, of: (sizes: Sizes) => number) => [title, ...ops.map((op) => of(byOp[op]!))];
  return table(
    [["figure", "", "text"], ...ops.map((op) => [op, OP_STYLE[op].singular, "bytes"] as const)],
    [
      row("least", (sizes) => sizes.minBytes),
      row("median", (sizes) => sizes.p50Bytes),
      row("mean", (sizes) => sizes.meanBytes),
      row("most", (sizes) => sizes.maxBytes),
    ],
  );
}

function sizesTable(byOp: RequestSizes["byOp"], ops: readonly Op[]): DataTable {
  return table(
    [
      ["op", "operation", "text"],
      ["fromBytes", "from", "bytes"],
      ["toBytes", "to less than", "bytes"],
      ["requests", "requests", "count"],
    ],
    ops.flatMap((op) =>
      byOp[op]!.octaves.map(([lower, count]) => [OP_STYLE[op].singular, lower!, Math.max(1, lower! * 2), count!]),
    ),
  );
}

const PADDING = { left: 8, right: 8, top: 24, bottom: 30 } as const;
/** The axis shows at least 512 B to 128 KiB, so that charts of different traces look alike. */
const USUAL_OCTAVES = [9, 17] as const;

function octaveOf(lowerBytes: number): number {
  return lowerBytes === 0 ? 0 : Math.round(Math.log2(lowerBytes));
}

function drawSizes(byOp: RequestSizes["byOp"], ops: readonly Op[], layout: Layout): Drawing {
  const present = ops.flatMap((op) => byOp[op]!.octaves.map(([lower]) => octaveOf(lower!)));
  const first = Math.min(USUAL_OCTAVES[0], ...present);
  const bins = Math.max(USUAL_OCTAVES[1], ...present) - first + 1;
  const panels = ops.map((op) => {
    const counts = new Array<number>(bins).fill(0);
    for (const [lower, count] of byOp[op]!.octaves) counts[octaveOf(lower!) - first]! += count!;
    return {
      title: `${sentence(OP_STYLE[op].plural)} · ${countText(byOp[op]!.count)}`,
      token: OP_STYLE[op].token,
      hollow: OP_STYLE[op].hollow ?? false,
      counts,
    };
  });
  const widthPx = WIDTH_PX[layout];
  const plotPx = widthPx - PADDING.left - PADDING.right;
  const plotHeightPx = countPanelsHeight(panels.length, layout);
  const heightPx = PADDING.top + plotHeightPx + PADDING.bottom;
  const every = Math.ceil(58 / (plotPx / bins));
  const axis = Array.from({ length: bins }, (_, bin) => ({
    x: ((bin + 0.5) * plotPx) / bins,
    y: plotHeightPx + 14,
    text: bytesText(2 ** (first + bin)),
  })).filter((_, bin) => bin % every === 0);
  const layer = [...countPanels(panels, plotPx, layout), texts(axis, "ink-2", "center")];
  return { spec: chartSpec(widthPx, heightPx, PADDING, layer), widthPx, heightPx };
}
