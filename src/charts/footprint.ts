import type { Footprint } from "../analysis/metrics/footprint.ts";
import { bytesText, sentence, shareText } from "../model/quantities.ts";
import { colour, type Token } from "../theme/colours.ts";
import type { Chart, DataTable, Drawing, Figure, Layout } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { WIDTH_PX } from "./kit/plotWidth.ts";
import { areas, insideOutline, rectangle, type Stroke, stroke, strokes } from "./kit/shapes.ts";
import { chartSpec, type Layer, texts } from "./kit/spec.ts";
import { table } from "./kit/table.ts";

/** How many bytes went to places touched for the first time, and how many to places touched before. */
export const footprint: Chart = {
  id: "footprint",
  title: "How much of it was touched more than once?",
  label: "Footprint",
  metrics: ["footprint"],
  figure: (summary, scope) => figureOf(summary, scope, "footprint", footprintFigure),
};

interface Reuse {
  readonly name: string;
  readonly verb: string;
  readonly token: Token;
  /** Bytes of distinct sectors. */
  readonly firstBytes: number;
  /** Bytes to sectors that were touched before. */
  readonly againBytes: number;
}

function footprintFigure(value: Footprint): Figure | null {
  const reuse = reuseOf(value);
  if (reuse.length === 0) return null;
  const answer = answerOf(value, reuse);
  return {
    answer,
    alternativeText: `Bars of bytes touched for the first time and again. ${answer}`,
    note: noteOf(value),
    table: tableOf(value, reuse),
    draw: (layout) => draw(reuse, layout),
  };
}

function reuseOf({
  distinctReadBytes,
  rereadBytes,
  distinctWrittenBytes,
  rewrittenBytes,
}: Footprint): readonly Reuse[] {
  const reuse: readonly Reuse[] = [
    { name: "reads", verb: "read", token: "read", firstBytes: distinctReadBytes, againBytes: rereadBytes },
    { name: "writes", verb: "written", token: "write", firstBytes: distinctWrittenBytes, againBytes: rewrittenBytes },
  ];
  return reuse.filter(({ firstBytes }) => firstBytes > 0);
}

function answerOf({ exact, relativeError }: Footprint, reuse: readonly Reuse[]): string {
  const estimated = exact ? "" : ` (estimated, ± ${shareText(relativeError)})`;
  return `${sentence(reuse.map(again).join("; "))}${estimated}.`;
}

function again({ verb, firstBytes, againBytes }: Reuse): string {
  if (againBytes === 0) return `no sector was ${verb} twice`;
  return `${bytesText(againBytes)} of the ${bytesText(firstBytes + againBytes)} ${verb} had been ${verb} before`;
}

function noteOf(value: Footprint): DataTable {
  const { distinctBytes, distinctZeroedBytes, distinctDiscardedBytes, exact, relativeError } = value;
  const rows: readonly [string, string][] = [
    ["read or written", bytesText(distinctBytes)],
    ...(distinctZeroedBytes > 0 ? [["zeroed", bytesText(distinctZeroedBytes)] as [string, string]] : []),
    ...(distinctDiscardedBytes > 0 ? [["discarded", bytesText(distinctDiscardedBytes)] as [string, string]] : []),
    ["counted", exact ? "exactly" : `by sample, ± ${shareText(relativeError)}`],
  ];
  return table(
    [
      ["figure", "", "text"],
      ["distinct", "distinct", "text"],
    ],
    rows,
  );
}

function tableOf({ distinctZeroedBytes, distinctDiscardedBytes }: Footprint, reuse: readonly Reuse[]): DataTable {
  return table(
    [
      ["op", "operation", "text"],
      ["distinctBytes", "first time", "bytes"],
      ["repeatedBytes", "again", "bytes"],
    ],
    [
      ...reuse.map(({ name, firstBytes, againBytes }) => [name, firstBytes, againBytes]),
      ...(distinctZeroedBytes > 0 ? [["write-zeroes", distinctZeroedBytes, null]] : []),
      ...(distinctDiscardedBytes > 0 ? [["discards", distinctDiscardedBytes, null]] : []),
    ],
  );
}

const SIDE_PX = 8;
const TOP_PX = 6;
const ROW_PX = 46;
const LABEL_PX = 12;
const BAR_TOP_PX = 22;
const BAR_PX = 14;
const HATCH_PX = 7;

/** One bar for each op: solid for the first time, hollow and struck through for what came again. */
function draw(reuse: readonly Reuse[], layout: Layout): Drawing {
  const widthPx = WIDTH_PX[layout];
  const plotPx = widthPx - 2 * SIDE_PX;
  const most = Math.max(...reuse.map(({ firstBytes, againBytes }) => firstBytes + againBytes));
  const layer = reuse.flatMap((op, i) => barLayers(op, i * ROW_PX, plotPx / most));
  const padding = { left: SIDE_PX, right: SIDE_PX, top: TOP_PX, bottom: 0 };
  const heightPx = TOP_PX + reuse.length * ROW_PX;
  return { spec: chartSpec(widthPx, heightPx, padding, layer), widthPx, heightPx };
}

function barLayers({ name, token, firstBytes, againBytes }: Reuse, top: number, pxPerByte: number): readonly Layer[] {
  const firstPx = Math.max(1.5, firstBytes * pxPerByte);
  const againPx = againBytes * pxPerByte;
  const y = top + BAR_TOP_PX;
  return [
    texts([{ x: 0, y: top + LABEL_PX, text: `${sentence(name)} · ${labelOf(firstBytes, againBytes)}` }], token),
    areas([rectangle(0, y, firstPx, BAR_PX)], { fill: colour(token) }),
    ...(againPx >= 2 ? againLayers(token, firstPx + 1, y, againPx - 1) : []),
  ];
}

function labelOf(firstBytes: number, againBytes: number): string {
  if (againBytes === 0) return `${bytesText(firstBytes)}, each sector once`;
  return `${bytesText(firstBytes)} the first time, ${bytesText(againBytes)} again`;
}

function againLayers(token: Token, x: number, y: number, widthPx: number): readonly Layer[] {
  const outline = areas([insideOutline(x, y, widthPx, BAR_PX)], {
    filled: false,
    stroke: colour(token),
    strokeWidth: 1,
  });
  const hatch: Stroke[] = [];
  for (let left = x; left + HATCH_PX <= x + widthPx; left += HATCH_PX) {
    hatch.push(stroke(left, y + BAR_PX, left + HATCH_PX, y));
  }
  return [outline, strokes(hatch, { stroke: colour(token), strokeWidth: 1 })];
}
