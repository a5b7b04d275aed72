import type { Alignment } from "../analysis/metrics/alignment.ts";
import type { Op } from "../model/ops.ts";
import { allOf, bytesText, countText, sentence } from "../model/quantities.ts";
import type { Chart, DataTable, Drawing, Figure, Layout } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { opBars } from "./kit/opBars.ts";
import { OP_STYLE, opsIn } from "./kit/opStyle.ts";
import { WIDTH_PX } from "./kit/plotWidth.ts";
import { bars, chartSpec, type Layer, texts } from "./kit/spec.ts";
import { table } from "./kit/table.ts";
import { shareOf } from "./kit/words.ts";

type Aligned = NonNullable<Alignment["byOp"][Op]>;

/** Which requests are aligned, at each boundary from 512 B to 1 MiB. */
export const alignment: Chart = {
  id: "alignment",
  title: "To which boundary are requests aligned?",
  label: "Alignment",
  metrics: ["alignment"],
  figure: (summary, scope) => figureOf(summary, scope, "alignment", alignmentFigure),
};

function alignmentFigure(value: Alignment): Figure | null {
  const ops = opsIn(value.byOp);
  if (ops.length === 0) return null;
  const answer = sentence(`${ops.map((op) => clause(op, value.byOp[op]!)).join("; ")}.`);
  return {
    answer,
    alternativeText: `Bars of the aligned share at each boundary from 512 B to 1 MiB. ${answer}`,
    note: noteOf(value, ops),
    table: tableOf(value, ops),
    draw: (layout) => draw(value, ops, layout),
  };
}

function total({ aligned, unaligned }: Aligned): number {
  return aligned + unaligned;
}

function clause(op: Op, of: Aligned): string {
  const { singular, plural } = OP_STYLE[op];
  const { aligned, unaligned } = of;
  const all = `${allOf(total(of), singular, plural)} ${total(of) === 1 ? "is" : "are"}`;
  if (unaligned === 0) return `${all} aligned to 4 KiB`;
  if (aligned === 0) return `${all} unaligned to 4 KiB`;
  const are = unaligned === 1 ? "is" : "are";
  return `${countText(unaligned)} of ${countText(total(of))} ${plural} ${are} unaligned to 4 KiB`;
}

function noteOf({ byBoundary }: Alignment, ops: readonly Op[]): DataTable {
  const shown = byBoundary.filter(({ boundaryBytes }) => [512, 4096, 65536, 1048576].includes(boundaryBytes));
  return table(
    [["boundary", "", "text"], ...ops.map((op) => [op, OP_STYLE[op].singular, "text"] as const)],
    shown.map(({ boundaryBytes, byOp }) => [
      bytesText(boundaryBytes),
      ...ops.map((op) => shareOf(byOp[op]?.aligned ?? 0, total(byOp[op] ?? { aligned: 0, unaligned: 0 }))),
    ]),
  );
}

function tableOf({ byBoundary }: Alignment, ops: readonly Op[]): DataTable {
  return table(
    [
      ["boundaryBytes", "boundary", "bytes"],
      ["op", "operation", "text"],
      ["alignedRequests", "aligned", "count"],
      ["unalignedRequests", "unaligned", "count"],
    ],
    byBoundary.flatMap(({ boundaryBytes, byOp }) =>
      ops.map((op) => [boundaryBytes, OP_STYLE[op].singular, byOp[op]?.aligned ?? 0, byOp[op]?.unaligned ?? 0]),
    ),
  );
}

const VALUE_PX = { wide: 72, narrow: 56 } as const;
const COLUMNS = { wide: 3, narrow: 2 } as const;
const LEFT_PX = 60;
const RIGHT_PX = 8;
const TITLE_PX = 28;
const ROW_PX = 20;
const BAND_GAP_PX = 12;
/** What filesystems and today's disks use: its row is marked. */
const BLOCK_BYTES = 4096;

/** A column of bars for each op; more ops than fit beside each other go below. */
function draw(value: Alignment, ops: readonly Op[], layout: Layout): Drawing {
  const perBand = Math.min(ops.length, ops.length === 4 ? 2 : COLUMNS[layout]);
  const bands = Math.ceil(ops.length / perBand);
  const bandPx = TITLE_PX + value.byBoundary.length * ROW_PX;
  const widthPx = WIDTH_PX[layout];
  const heightPx = bands * bandPx + (bands - 1) * BAND_GAP_PX + 6;
  const plotPx = widthPx - LEFT_PX - RIGHT_PX;
  const layer = Array.from({ length: bands }, (_, band) => band).flatMap((band) => [
    ...boundaryLayers(value, band * (bandPx + BAND_GAP_PX), plotPx),
    ...ops.slice(band * perBand, (band + 1) * perBand).flatMap((op, column) =>
      opLayers(value, op, {
        x: (column * plotPx) / perBand,
        y: band * (bandPx + BAND_GAP_PX),
        barPx: plotPx / perBand - VALUE_PX[layout],
      }),
    ),
  ]);
  const padding = { left: LEFT_PX, right: RIGHT_PX, top: TITLE_PX, bottom: 6 };
  return { spec: chartSpec(widthPx, heightPx, padding, layer), widthPx, heightPx };
}

function boundaryLayers({ byBoundary }: Alignment, top: number, plotPx: number): readonly Layer[] {
  const labels = byBoundary.map(({ boundaryBytes }, i) => ({
    x: -10,
    y: top + i * ROW_PX + 9,
    text: bytesText(boundaryBytes),
  }));
  const block = byBoundary.findIndex(({ boundaryBytes }) => boundaryBytes === BLOCK_BYTES);
  const y = top + block * ROW_PX - 1;
  return [
    bars([{ x: -LEFT_PX, x2: plotPx + RIGHT_PX, y, y2: y + ROW_PX }], "surface"),
    texts(
      labels.filter((_, i) => i !== block),
      "ink-2",
      "right",
    ),
    texts(labels.slice(block, block + 1), "ink", "right"),
  ];
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly barPx: number;
}

function opLayers({ byOp, byBoundary }: Alignment, op: Op, { x, y, barPx }: Place): readonly Layer[] {
  const requests = total(byOp[op]!);
  const aligned = byBoundary.map((at) => at.byOp[op]?.aligned ?? 0);
  const bar = (i: number, width: number) => {
    const top = y + i * ROW_PX + 4;
    return { x, x2: x + width, y: top, y2: top + 10 };
  };
  const { plural, token, hollow } = OP_STYLE[op];
  return [
    bars(
      aligned.map((_, i) => bar(i, barPx)),
      "grid",
    ),
    ...opBars(
      aligned.map((count, i) => bar(i, (barPx * count) / requests)).filter((each) => each.x2 > each.x),
      token,
      hollow,
    ),
    texts(
      aligned.map((count, i) => ({ x: x + barPx + 6, y: y + i * ROW_PX + 9, text: shareOf(count, requests) })),
      "ink-2",
    ),
    texts([{ x, y: y - 12, text: `${sentence(plural)} aligned, of ${countText(requests)}` }], token),
  ];
}
