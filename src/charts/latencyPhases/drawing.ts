import type { Phase, PhaseFigures } from "../../analysis/metrics/latency.ts";
import { durationText } from "../../model/quantities.ts";
import { colour } from "../../theme/colours.ts";
import type { Drawing, Layout } from "../chart.ts";
import { axisLine, centredWithin, withoutOverlap } from "../kit/axes.ts";
import { type LogScale, logPosition, logTicks, wholeDecades } from "../kit/logScale.ts";
import { type PlotWidth, plotWidth } from "../kit/plotWidth.ts";
import { chartSpec, type Label, type Layer, rules, texts } from "../kit/spec.ts";
import { symbols } from "../kit/symbols.ts";
import { FEWEST_FOR_P90, FEWEST_FOR_P99 } from "../latencyTime/note.ts";

export interface PhaseRow {
  readonly phase: Phase;
  readonly figures: PhaseFigures;
}

/** From which event to which: Q queued, G request allocated, I inserted into the scheduler, M merged, D issued, C completed. */
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
const LEFT_PX = { wide: 176, narrow: 46 } as const;
const RIGHT_PX = { wide: 132, narrow: 62 } as const;

function middle(row: number): number {
  return row * ROW_PX + ROW_PX / 2;
}

/** The highest percentile that so many requests can have. */
function upper({ count, p90Ns, p99Ns, maxNs }: PhaseFigures): number {
  if (count >= FEWEST_FOR_P99) return p99Ns;
  return count >= FEWEST_FOR_P90 ? p90Ns : maxNs;
}

function scaleOf(rows: readonly PhaseRow[], plotPx: number): LogScale {
  const least = Math.min(...rows.map(({ figures }) => figures.p50Ns).filter((ns) => ns > 0), upper(rows[0]!.figures));
  const most = Math.max(...rows.map(({ figures }) => upper(figures)));
  const [fromNs, toNs] = wholeDecades(least, most, 2);
  return { fromNs, toNs, fromPx: 0, toPx: plotPx };
}

function names(rows: readonly PhaseRow[], { leftPx, layout }: PlotWidth): readonly Layer[] {
  const short = rows.map(({ phase }, i) => ({ x: -leftPx, y: middle(i), text: phase.toUpperCase() }));
  const long = rows.map(({ phase }, i) => ({ x: 36 - leftPx, y: middle(i), text: PHASE_TEXT[phase] }));
  return layout === "wide" ? [texts(short, "ink"), texts(long, "ink-2")] : [texts(short, "ink")];
}

function values(rows: readonly PhaseRow[], { plotPx, layout }: PlotWidth): readonly Layer[] {
  const column = (x: number, title: string, text: (figures: PhaseFigures) => string): Label[] => [
    { x, y: -20, text: title },
    ...rows.map(({ figures }, i) => ({ x, y: middle(i), text: text(figures) })),
  ];
  const median = column(plotPx + 62, "p50", ({ p50Ns }) => durationText(p50Ns));
  const tail = column(plotPx + 130, "p99", ({ count, p99Ns }) => (count < FEWEST_FOR_P99 ? "–" : durationText(p99Ns)));
  return [texts(layout === "wide" ? [...median, ...tail] : median, "ink", "right")];
}

function ranges(rows: readonly PhaseRow[], scale: LogScale): readonly Layer[] {
  const at = (ns: (figures: PhaseFigures) => number, shown: (figures: PhaseFigures) => boolean) =>
    rows.flatMap(({ figures }, i) => (shown(figures) ? [{ x: logPosition(scale, ns(figures)), y: middle(i) }] : []));
  const bars = rows.map(({ figures }, i) => ({
    x: logPosition(scale, figures.p50Ns),
    x2: logPosition(scale, upper(figures)),
    y: middle(i),
    y2: middle(i),
  }));
  const solid = { fill: colour("ink"), stroke: colour("bg"), strokeWidth: 1 };
  const hollow = { fill: colour("bg"), stroke: colour("ink"), strokeWidth: 1.5 };
  return [
    rules(bars, "n3", { strokeWidth: 3 }),
    symbols(
      at(
        ({ p99Ns }) => p99Ns,
        ({ count }) => count >= FEWEST_FOR_P99,
      ),
      { shape: "diamond", size: 52, ...hollow },
    ),
    symbols(
      at(
        ({ p90Ns }) => p90Ns,
        ({ count }) => count >= FEWEST_FOR_P90,
      ),
      { shape: "circle", size: 40, ...hollow },
    ),
    symbols(
      at(
        ({ p50Ns }) => p50Ns,
        () => true,
      ),
      { shape: "circle", size: 64, ...solid },
    ),
  ];
}

function key(rows: readonly PhaseRow[]): readonly Layer[] {
  const most = Math.max(...rows.map(({ figures }) => figures.count));
  const solid = { fill: colour("ink"), stroke: colour("bg"), strokeWidth: 1 };
  const hollow = { fill: colour("bg"), stroke: colour("ink"), strokeWidth: 1.5 };
  const entries = [
    { text: "p50", shape: "circle", size: 64, ...solid },
    ...(most < FEWEST_FOR_P90 ? [] : [{ text: "p90", shape: "circle", size: 40, ...hollow }]),
    ...(most < FEWEST_FOR_P99 ? [] : [{ text: "p99", shape: "diamond", size: 52, ...hollow }]),
  ];
  return entries.flatMap(({ text, ...mark }, i) => [
    symbols([{ x: i * 56 + 5, y: -20 }], mark),
    texts([{ x: i * 56 + 16, y: -20, text }], "ink-2"),
  ]);
}

function grid(rows: readonly PhaseRow[], scale: LogScale, plot: PlotWidth): readonly Layer[] {
  const bottom = rows.length * ROW_PX;
  const ticks = logTicks(scale, 52).map(({ ns, text }) => ({ x: logPosition(scale, ns), y: bottom + 14, text }));
  const labels = withoutOverlap(ticks.map((tick) => ({ ...tick, x: centredWithin(tick.x, tick.text, plot) })));
  const lines = Array.from({ length: rows.length }, (_, i) => ({
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

/** A row a phase: a dot at the median, a bar to the 99th percentile, the numbers beside it. */
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
