import type { SeekDistances } from "../analysis/metrics/seekDistances.ts";
import type { Op } from "../model/ops.ts";
import { bytesText, sentence } from "../model/quantities.ts";
import type { Chart, DataTable, Drawing, Figure, Layout } from "./chart.ts";
import { countPanels, countPanelsHeight } from "./kit/countPanels.ts";
import { figureOf } from "./kit/metricValue.ts";
import { OP_STYLE, opsIn } from "./kit/opStyle.ts";
import { WIDTH_PX } from "./kit/plotWidth.ts";
import { bars, chartSpec, type Label, texts } from "./kit/spec.ts";
import { table } from "./kit/table.ts";
import { shareOf, shareOfNamed } from "./kit/words.ts";

type Distances = SeekDistances["all"];

/** How far each request starts from the end of the one before, of its op. */
export const seekDistances: Chart = {
  id: "seek-distances",
  title: "How far did each request jump from the one before?",
  label: "Seeks",
  metrics: ["seekDistances"],
  figure: (summary, scope) => figureOf(summary, scope, "seekDistances", seeksFigure),
};

function seeksFigure({ all, byOp }: SeekDistances): Figure | null {
  const ops = opsIn(byOp).filter((op) => byOp[op]!.count > 0);
  if (all.count === 0 || ops.length === 0) return null;
  const answer = answerOf(all);
  return {
    answer,
    alternativeText: `Histograms of jumps backwards and forwards. ${answer}`,
    note: noteOf(byOp, ops),
    table: tableOf(all, byOp, ops),
    draw: (layout) => draw(byOp, ops, layout),
  };
}

function answerOf({ count, sequential, p50AbsoluteBytes, maxAbsoluteBytes, backward }: Distances): string {
  const follow = sequential === 0 ? "No request starts" : sequential === count ? "Every request starts" : "";
  const starts =
    follow || `${sentence(shareOfNamed(sequential, count, "requests"))} ${sequential === 1 ? "starts" : "start"}`;
  const begin = `${starts} where the one before ended`;
  if (sequential === count) return `${begin}.`;
  const back = backward.reduce((sum, [, requests]) => sum + requests!, 0);
  const backwards =
    back === 0 ? "none goes backwards" : `${shareOf(back, count)} ${back === 1 ? "goes" : "go"} backwards`;
  return `${begin}; the median jump is ${bytesText(p50AbsoluteBytes)}, the longest ${bytesText(maxAbsoluteBytes)}, and ${backwards}.`;
}

function noteOf(byOp: SeekDistances["byOp"], ops: readonly Op[]): DataTable {
  const row = (title: string, of: (distances: Distances) => string) => [title, ...ops.map((op) => of(byOp[op]!))];
  return table(
    [["figure", "", "text"], ...ops.map((op) => [op, OP_STYLE[op].singular, "text"] as const)],
    [
      row("sequential", ({ sequential, count }) => shareOf(sequential, count)),
      row("median jump", ({ p50AbsoluteBytes }) => bytesText(p50AbsoluteBytes)),
      row("p90 jump", ({ p90AbsoluteBytes }) => bytesText(p90AbsoluteBytes)),
    ],
  );
}

function tableOf(all: Distances, byOp: SeekDistances["byOp"], ops: readonly Op[]): DataTable {
  const rowsOf = (name: string, { backward, sequential, forward }: Distances) => [
    ...backward.toReversed().map(([edge, count]) => [name, "backward", edge!, edge! * 2, count!]),
    ...(sequential > 0 ? [[name, "none", 0, 0, sequential]] : []),
    ...forward.map(([edge, count]) => [name, "forward", edge!, edge! * 2, count!]),
  ];
  return table(
    [
      ["op", "operation", "text"],
      ["direction", "direction", "text"],
      ["fromBytes", "from", "bytes"],
      ["toBytes", "to less than", "bytes"],
      ["requests", "requests", "count"],
    ],
    [...rowsOf("all", all), ...ops.flatMap((op) => rowsOf(OP_STYLE[op].singular, byOp[op]!))],
  );
}

const SIDE_PX = { wide: 24, narrow: 8 } as const;
const TOP_PX = 24;
const BOTTOM_PX = 44;
/** A bin is two octaves; the first one holds all jumps below 4 KiB. */
const FIRST_OCTAVE = 10;

/** Which bin from the middle a jump of that many bytes is in: 1, 2 … */
function binOf(edgeBytes: number): number {
  return Math.max(1, Math.floor((Math.round(Math.log2(Math.max(1, edgeBytes))) - FIRST_OCTAVE) / 2) + 1);
}

function binEdge(bin: number): number {
  return 2 ** (FIRST_OCTAVE + 2 * (bin - 1));
}

/** Backwards at the left, forwards at the right, sequential in a grey band in the middle. */
function draw(byOp: SeekDistances["byOp"], ops: readonly Op[], layout: Layout): Drawing {
  const edges = ops.flatMap((op) => [...byOp[op]!.backward, ...byOp[op]!.forward].map(([edge]) => edge!));
  const farthest = Math.max(1, ...edges.map(binOf));
  const panels = ops.map((op) => ({
    title: `${sentence(OP_STYLE[op].plural)} · ${shareOf(byOp[op]!.sequential, byOp[op]!.count)} sequential`,
    token: OP_STYLE[op].token,
    hollow: OP_STYLE[op].hollow ?? false,
    counts: countsOf(byOp[op]!, farthest),
  }));
  const widthPx = WIDTH_PX[layout];
  const plotPx = widthPx - 2 * SIDE_PX[layout];
  const plotHeightPx = countPanelsHeight(panels.length, layout);
  const binPx = plotPx / (2 * farthest + 1);
  const middle = { x: farthest * binPx, x2: (farthest + 1) * binPx, y: -2, y2: plotHeightPx };
  const layer = [
    bars([middle], "surface"),
    ...countPanels(panels, plotPx, layout),
    texts(axisLabels(farthest, binPx, plotHeightPx + 14), "ink-2", "center"),
    texts([{ x: 0, y: plotHeightPx + 31, text: "← backwards" }], "ink-3"),
    texts([{ x: plotPx, y: plotHeightPx + 31, text: "forwards →" }], "ink-3", "right"),
  ];
  const heightPx = TOP_PX + plotHeightPx + BOTTOM_PX;
  const padding = { left: SIDE_PX[layout], right: SIDE_PX[layout], top: TOP_PX, bottom: BOTTOM_PX };
  return { spec: chartSpec(widthPx, heightPx, padding, layer), widthPx, heightPx };
}

function countsOf({ backward, sequential, forward }: Distances, farthest: number): readonly number[] {
  const counts = new Array<number>(2 * farthest + 1).fill(0);
  for (const [edge, count] of backward) counts[farthest - binOf(edge!)]! += count!;
  for (const [edge, count] of forward) counts[farthest + binOf(edge!)]! += count!;
  counts[farthest] = sequential;
  return counts;
}

/** Each bin is labelled at its near end; the first one has none (it begins at 0). */
function axisLabels(farthest: number, binPx: number, y: number): readonly Label[] {
  const every = Math.ceil(56 / binPx);
  const bins = Array.from({ length: 2 * farthest + 1 }, (_, i) => i - farthest);
  return bins
    .filter((bin) => bin % every === 0)
    .map((bin) => ({ x: (bin + farthest + 0.5) * binPx, y, text: binLabel(bin) }));
}

function binLabel(bin: number): string {
  if (bin === 0) return "0";
  const sign = bin < 0 ? "−" : "+";
  return Math.abs(bin) === 1 ? `${sign}<${bytesText(binEdge(2))}` : `${sign}${bytesText(binEdge(Math.abs(bin)))}`;
}
