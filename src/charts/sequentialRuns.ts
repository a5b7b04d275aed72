import type { Runs } from "../analysis/metrics/runs.ts";
import type { Op } from "../model/ops.ts";
import { allOf, bytesText, countText, sentence, shareText } from "../model/quantities.ts";
import { octaveAxis, octaveCounts, octaveRange } from "./accessPattern/octaves.ts";
import type { Chart, DataTable, Drawing, Figure, Layout } from "./chart.ts";
import { countPanels, countPanelsHeight } from "./kit/countPanels.ts";
import { figureOf } from "./kit/metricValue.ts";
import { OP_STYLE, opsIn } from "./kit/opStyle.ts";
import { WIDTH_PX } from "./kit/plotWidth.ts";
import { chartSpec, texts } from "./kit/spec.ts";
import { table } from "./kit/table.ts";
import { shareOf, shareOfNamed } from "./kit/words.ts";

type OfOp = NonNullable<Runs["byOp"][Op]>;

/** In how long sequential runs the requests of each op come. */
export const sequentialRuns: Chart = {
  id: "sequential-runs",
  title: "How long are the sequential runs?",
  label: "Runs",
  metrics: ["runs"],
  figure: (summary, scope) => figureOf(summary, scope, "runs", runsFigure),
};

function runsFigure(runs: Runs): Figure | null {
  const ops = opsIn(runs.byOp).filter((op) => runs.byOp[op]!.requests > 1);
  if (ops.length === 0) return null;
  const answer = `${sentence(ops.map((op) => clause(op, runs.byOp[op]!)).join("; "))}.`;
  return {
    answer,
    alternativeText: `Histograms of the requests by the length of their sequential run. ${answer}`,
    note: noteOf(runs, ops),
    table: tableOf(runs, ops),
    draw: (layout) => draw(runs, ops, layout),
  };
}

function clause(op: Op, { requests, requestsInRuns, lengthRequests, lengthBytes }: OfOp): string {
  const { plural, singular } = OP_STYLE[op];
  if (lengthRequests === null || lengthBytes === null) return `no ${singular} starts where another one ended`;
  const share =
    requestsInRuns === requests ? allOf(requests, singular, plural) : shareOfNamed(requestsInRuns, requests, plural);
  const longest = `${countText(lengthRequests.max)} requests`;
  return `${share} are in sequential runs, the longest of ${longest}, the largest of ${bytesText(lengthBytes.max)}`;
}

function noteOf({ byOp }: Runs, ops: readonly Op[]): DataTable {
  const row = (title: string, of: (figures: OfOp) => string) => [title, ...ops.map((op) => of(byOp[op]!))];
  return table(
    [["figure", "", "text"], ...ops.map((op) => [op, OP_STYLE[op].singular, "text"] as const)],
    [
      row("runs", ({ runs }) => countText(runs)),
      row("bytes in runs", ({ bytesInRuns, bytes }) => shareText(bytesInRuns / bytes)),
      row("median run", ({ lengthBytes }) => (lengthBytes === null ? "–" : bytesText(lengthBytes.p50))),
      row("in turns", inTurns),
      row("stride", commonestStride),
    ],
  );
}

/** The share of continuing requests that other streams came before. */
function inTurns({ interleaved }: OfOp): string {
  const all = interleaved.reduce((sum, [, requests]) => sum + requests!, 0);
  const atOnce = interleaved.find(([others]) => others === 0)?.[1] ?? 0;
  return all === 0 ? "–" : shareOf(all - atOnce, all);
}

function commonestStride({ strides: { count, commonest } }: OfOp): string {
  const [first] = commonest;
  return first === undefined ? "–" : `${bytesText(first.strideBytes)}, ${shareOf(first.atLeast, count)}`;
}

function tableOf({ byOp }: Runs, ops: readonly Op[]): DataTable {
  return table(
    [
      ["op", "operation", "text"],
      ["fromRequests", "run of at least", "count"],
      ["runs", "runs", "count"],
      ["requests", "requests", "count"],
      ["bytes", "bytes", "bytes"],
    ],
    ops.flatMap((op) => byOp[op]!.octaves.map((octave) => [OP_STYLE[op].singular, ...octave])),
  );
}

const PADDING = { left: 8, right: 8, top: 24, bottom: 44 } as const;
const FEWEST_OCTAVES = 8;

function draw({ byOp }: Runs, ops: readonly Op[], layout: Layout): Drawing {
  const range = octaveRange(
    ops.flatMap((op) => byOp[op]!.octaves.map(([from]) => from!)),
    [0, FEWEST_OCTAVES - 1],
  );
  const panels = ops.map((op) => {
    const { octaves, requestsInRuns, requests } = byOp[op]!;
    return {
      title: `${sentence(OP_STYLE[op].plural)} · ${shareOf(requestsInRuns, requests)} in runs`,
      token: OP_STYLE[op].token,
      hollow: OP_STYLE[op].hollow ?? false,
      counts: octaveCounts(
        octaves.map(([from, , count]) => [from!, count!]),
        range,
      ),
    };
  });
  const widthPx = WIDTH_PX[layout];
  const plotPx = widthPx - PADDING.left - PADDING.right;
  const plotHeightPx = countPanelsHeight(panels.length, layout);
  const names = (octave: number) => (octave === 0 ? "alone" : countText(2 ** octave));
  const layer = [
    ...countPanels(panels, plotPx, layout),
    texts(octaveAxis(range, plotPx, plotHeightPx + 14, names), "ink-2", "center"),
    texts([{ x: plotPx, y: plotHeightPx + 31, text: "requests in the run, at least" }], "ink-3", "right"),
  ];
  const heightPx = PADDING.top + plotHeightPx + PADDING.bottom;
  return { spec: chartSpec(widthPx, heightPx, PADDING, layer), widthPx, heightPx };
}
