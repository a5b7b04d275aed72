import type { Phase, PhaseFigures } from "../../analysis/metrics/latency.ts";
import { durationText } from "../../model/quantities.ts";
import type { Drawing, Layout } from "../chart.ts";
import { axisLine, centredWithin, withoutOverlap } from "../kit/axes.ts";
import { type LogScale, logPosition, logTicks, wholeDecades } from "../kit/logScale.ts";
import { type PlotWidth, plotWidth } from "../kit/plotWidth.ts";
import { chartSpec, type Label, type Layer, rules, texts } from "../kit/spec.ts";
import { symbols } from "../kit/symbols.ts";
import { highest, PERCENTILES } from "./percentiles.ts";

export interface PhaseRow {
  readonly phase: Phase;
  readonly figures: PhaseFigures;
}

/** From which event to which, as btt has them. */
export const PHASE_TEXT: Readonly<Record<Phase, string>> = {
  q2q: "between requests",
  q2g: "queued → allocated",
  g2i: "allocated → scheduler",
  i2d: "scheduler → issued",
  q2m: "queued → merged",
  m2d: "merged → issued",
  q2d: "queued → issued",
  d2c: "issued → completed",
  q2c: "queued → completed",
};

const ROW_PX = 26;
const TOP_PX = 34;
const BOTTOM_PX = 28;
const HEAD_Y = -20;
const LEFT_PX = { wide: 176, narrow: 46 } as const;
const RIGHT_PX = { wide: 132, narrow: 62 } as const;
/** Right edges of the columns of numbers, from the right edge of the plot. */
const COLUMNS_PX = [62, 130] as const;

function middle(row: number): number {
  return row * ROW_PX + ROW_PX / 2;
}

function scaleOf(rows: readonly PhaseRow[], plotPx: number): LogScale {
  const shown = rows.flatMap(({ figures }) => [figures.p50Ns, highest(figures)]);
  const aboveZero = shown.filter((ns) => ns > 0);
  const [fromNs, toNs] = wholeDecades(Math.min(...aboveZero, Math.max(...shown)), Math.max(...shown), 2);
  return { fromNs, toNs, fromPx: 0, toPx: plotPx };
}

function names(rows: readonly PhaseRow[], { leftPx, layout }: PlotWidth): readonly Layer[] {
  const short = rows.map(({ phase }, i) => ({ x: -leftPx, y: middle(i), text: phase.toUpperCase() }));
  const long = rows.map(({ phase }, i) => ({ x: 36 - leftPx, y: middle(i), text: PHASE_TEXT[phase] }));
  return layout === "wide" ? [texts(short, "ink"), texts(long, "ink-2")] : [texts(short, "ink")];
}

/** The median, and on wide screens what else is known: the 99th percentile, or the most. */
function values(rows: readonly PhaseRow[], { plotPx, layout }: PlotWidth): readonly Layer[] {
  const p99 = PERCENTILES.at(-1)!;
  const many = rows.some(({ figures }) => figures.count >= p99.fewest);
  const tail = (figures: PhaseFigures) =>
    many ? (figures.count < p99.fewest ? "–" : durationText(figures.p99Ns)) : durationText(figures.maxNs);
  const columns = [
    { title: "p50", text: ({ p50Ns }: PhaseFigures) => durationText(p50Ns) },
    { title: many ? "p99" : "most", text: tail },
  ].slice(0, layout === "wide" ? 2 : 1);
  const labels = columns.flatMap(({ title, text }, c): Label[] => {
    const x = plotPx + COLUMNS_PX[c]!;
    return [{ x, y: HEAD_Y, text: title }, ...rows.map(({ figures }, i) => ({ x, y: middle(i), text: text(figures) }))];
  });
  return [texts(labels, "ink", "right")];
}

function ranges(rows: readonly PhaseRow[], scale: LogScale): readonly Layer[] {
  const bars = rows.map(({ figures }, i) => ({
    x: logPosition(scale, figures.p50Ns),
    x2: logPosition(scale, highest(figures)),
    y: middle(i),
    y2: middle(i),
  }));
  const dots = PERCENTILES.toReversed().flatMap(({ fewest, mark, value }) => {
    const places = rows.flatMap(({ figures }, i) =>
      figures.count < fewest ? [] : [{ x: logPosition(scale, value(figures)), y: middle(i) }],
    );
    return places.length === 0 ? [] : [symbols(places, mark)];
  });
  return [rules(bars, "n3", { strokeWidth: 3 }), ...dots];
}

function key(rows: readonly PhaseRow[]): readonly Layer[] {
  const most = Math.max(...rows.map(({ figures }) => figures.count));
  return PERCENTILES.filter(({ fewest }) => most >= fewest).flatMap(({ name, mark }, i) => [
    symbols([{ x: i * 56 + 5, y: HEAD_Y }], mark),
    texts([{ x: i * 56 + 16, y: HEAD_Y, text: name }], "ink-2"),
  ]);
}

function grid(rows: readonly PhaseRow[], scale: LogScale, plot: PlotWidth): readonly Layer[] {
  const bottom = rows.length * ROW_PX;
  const ticks = logTicks(scale, 52).map(({ ns, text }) => ({ x: logPosition(scale, ns), y: bottom + 14, text }));
  const labels = withoutOverlap(ticks.map((tick) => ({ ...tick, x: centredWithin(tick.x, tick.text, plot) })));
  const lines = rows.map((_, i) => ({
    x: -plot.leftPx,
    x2: plot.plotPx + plot.rightPx,
    y: i * ROW_PX,
    y2: i * ROW_PX,
  }));
  return [
    rules(lines, "grid"),
    ...axisLine([{ x: 0, x2: plot.plotPx, y: bottom, y2: bottom }], ticks, bottom),
    texts(labels, "ink-2", "center"),
  ];
}

/** A row a phase: a dot at the median, a bar to the highest percentile, the numbers beside it. */
export function drawPhases(rows: readonly PhaseRow[], layout: Layout): Drawing {
  const plot = plotWidth(layout, { leftPx: LEFT_PX[layout], rightPx: RIGHT_PX[layout] });
  const scale = scaleOf(rows, plot.plotPx);
  const heightPx = TOP_PX + rows.length * ROW_PX + BOTTOM_PX;
  const padding = { left: plot.leftPx, right: plot.rightPx, top: TOP_PX, bottom: BOTTOM_PX };
  const layers = [
    ...grid(rows, scale, plot),
    ...ranges(rows, scale),
    ...names(rows, plot),
    ...values(rows, plot),
    ...key(rows),
  ];
  return { spec: chartSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}
