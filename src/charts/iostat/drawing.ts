import { durationText } from "../../model/quantities.ts";
import type { Token } from "../../theme/colours.ts";
import type { Drawing, Layout } from "../chart.ts";
import { timeAxisPx, timesBelow, zeroNote } from "../kit/axes.ts";
import { firstThatFits } from "../kit/fit.ts";
import { px, within } from "../kit/pixels.ts";
import { plotWidth, WIDTH_PX } from "../kit/plotWidth.ts";
import { type Row, scaledSpec, stepArea } from "../kit/series.ts";
import { type Layer, rules, texts } from "../kit/spec.ts";
import { columnFactor } from "../kit/timeColumns.ts";
import { spanNs, type TimeScale } from "../kit/timeScale.ts";
import { type Column, type IostatBins, joined, together } from "./columns.ts";

const SIDE_PX = 14;
const BETWEEN_PX = 28;
const TOP_PX = 40;
const TITLE_PX = 26;
const PANEL_PX = 36;
const BAR_PX = 2;

/** A panel's place among the others. */
interface Place {
  readonly leftPx: number;
  readonly topPx: number;
}

/** The area of one column over time, from zero to its own peak. */
function area(column: Column, bins: IostatBins, time: TimeScale, { leftPx, topPx }: Place): readonly Layer[] {
  const values = bins.sums.map((sums) => column.value(sums, bins.binNs) ?? 0);
  const peak = Math.max(...values);
  if (peak === 0) return [];
  const at = (bin: number) => within(bins.startNs + bin * bins.binNs - time.fromNs, 0, spanNs(time));
  const rows: Row[] = [...values, 0].map((value, i) => ({ atNs: at(i), [column.field]: Number(value.toPrecision(5)) }));
  return [
    stepArea(
      rows,
      { field: "atNs", domain: [0, spanNs(time)], range: [leftPx, leftPx + time.plotPx] },
      { field: column.field, domain: [0, peak], range: [topPx + PANEL_PX, topPx] },
      column.token,
    ),
  ];
}

/** Its name, what it is, and its mean and peak: they are its scale. */
function heading(column: Column, bins: IostatBins, stretchNs: number, widthPx: number): string {
  const peak = Math.max(...bins.sums.map((sums) => column.value(sums, bins.binNs) ?? 0));
  if (peak === 0) return `${column.name} · none`;
  const mean = column.text(column.value(together(bins), stretchNs) ?? 0);
  const most = column.text(peak);
  return firstThatFits(
    [
      `${column.name} · ${column.title}: mean ${mean}, peak ${most}`,
      `${column.name} · mean ${mean}, peak ${most}`,
      `${column.name} · ${mean}, ${most}`,
    ],
    widthPx,
  );
}

function gridOf(layout: Layout): { readonly across: number; readonly panelPx: number } {
  const across = layout === "wide" ? 2 : 1;
  return { across, panelPx: (WIDTH_PX[layout] - 2 * SIDE_PX - (across - 1) * BETWEEN_PX) / across };
}

/** Small areas under and beside each other, each with its own scale, over one stretch of time. */
export function drawIostat(
  columns: readonly Column[],
  bins: IostatBins,
  scaleFor: (plotPx: number) => TimeScale,
  layout: Layout,
): Drawing {
  const { across, panelPx } = gridOf(layout);
  const time = scaleFor(panelPx);
  const shown = joined(bins, columnFactor(bins, time, BAR_PX));
  const rowPx = PANEL_PX + TITLE_PX;
  const lines = Math.ceil(columns.length / across);
  const floorPx = lines * rowPx - TITLE_PX;
  const places = columns.map((_, i): Place => {
    return { leftPx: (i % across) * (panelPx + BETWEEN_PX), topPx: Math.floor(i / across) * rowPx };
  });
  const floors = places.map(({ leftPx, topPx }) => {
    const y = topPx + PANEL_PX;
    return { x: leftPx, x2: px(leftPx + panelPx), y, y2: y };
  });
  const headings = columns.map((column, i) => {
    const { leftPx, topPx } = places[i]!;
    return { column, label: { x: leftPx, y: topPx - 12, text: heading(column, shown, spanNs(time), panelPx) } };
  });
  const headingsIn = (token: Token) => headings.flatMap(({ column, label }) => (column.token === token ? [label] : []));
  const plot = plotWidth(layout, { leftPx: SIDE_PX, rightPx: SIDE_PX });
  const padding = { left: SIDE_PX, right: SIDE_PX, top: TOP_PX, bottom: timeAxisPx(time) };
  const heightPx = TOP_PX + floorPx + padding.bottom;
  const layers = [
    ...columns.flatMap((column, i) => area(column, shown, time, places[i]!)),
    rules(floors, "ink-3"),
    // As few layers as there are colours: each layer takes as long to compile as a small chart.
    ...[...new Set(columns.map(({ token }) => token))].map((token) => texts(headingsIn(token), token)),
    texts([{ x: 0, y: -30, text: `each from 0 to its own peak; ${durationText(shown.binNs)} a step` }], "ink-3"),
    ...Array.from({ length: across }, (_, i) => timesBelow(time, i * (panelPx + BETWEEN_PX), floorPx, plot)).flat(),
    ...zeroNote(time, floorPx),
  ];
  return { spec: scaledSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}
