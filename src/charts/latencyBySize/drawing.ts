import type { LatencyBySize, SizeClass } from "../../analysis/metrics/latencyBySize.ts";
import type { Op } from "../../model/ops.ts";
import { bytesText, sentence } from "../../model/quantities.ts";
import { colour } from "../../theme/colours.ts";
import { type OctaveRange, octaveAxis, octaveRange } from "../accessPattern/octaves.ts";
import type { Drawing, Layout } from "../chart.ts";
import { axisLine, valueGrid } from "../kit/axes.ts";
import { firstThatFits } from "../kit/fit.ts";
import { type LogScale, logPosition, logTicks, wholeDecades } from "../kit/logScale.ts";
import { OP_STYLE } from "../kit/opStyle.ts";
import { px } from "../kit/pixels.ts";
import { type PlotWidth, plotWidth } from "../kit/plotWidth.ts";
import { chartSpec, type Layer, type Line, rules, texts } from "../kit/spec.ts";
import { symbols } from "../kit/symbols.ts";
import { FEWEST_FOR_P90, FEWEST_FOR_P99 } from "../latencyTime/note.ts";

const TOP_PX = 26;
const GAP_PX = 34;
const BOTTOM_PX = 26;
const PANEL_PX = { wide: 130, narrow: 116 } as const;
const P99_TICK_PX = 7;
const USUAL_OCTAVES: OctaveRange = [9, 16];

interface Panel {
  readonly op: Op;
  readonly classes: readonly SizeClass[];
  readonly topPx: number;
  readonly scale: LogScale;
}

interface Dot {
  readonly x: number;
  readonly of: SizeClass;
}

function dotsOf({ classes }: Panel, [first, last]: OctaveRange, plotPx: number): readonly Dot[] {
  const octavePx = plotPx / (last - first + 1);
  return classes.map((of) => ({ x: px((Math.log2(of.fromBytes) - first + 0.5) * octavePx), of }));
}

/** From p10 to p90; of few requests, from the fastest to the slowest. */
function ranges(dots: readonly Dot[], scale: LogScale): readonly Line[] {
  return dots.map(({ x, of: { count, minNs, maxNs, p10Ns, p90Ns } }) => {
    const few = count < FEWEST_FOR_P90;
    return { x, x2: x, y: logPosition(scale, few ? minNs : p10Ns), y2: logPosition(scale, few ? maxNs : p90Ns) };
  });
}

function p99Ticks(dots: readonly Dot[], scale: LogScale): readonly Line[] {
  return dots
    .filter(({ of: { count } }) => count >= FEWEST_FOR_P99)
    .map(({ x, of: { p99Ns } }) => {
      const y = logPosition(scale, p99Ns);
      return { x: x - P99_TICK_PX, x2: x + P99_TICK_PX, y, y2: y };
    });
}

function panelLayers(panel: Panel, octaves: OctaveRange, plot: PlotWidth, isFirst: boolean): readonly Layer[] {
  const { op, scale, topPx } = panel;
  const { token, plural, hollow = false } = OP_STYLE[op];
  const dots = dotsOf(panel, octaves, plot.plotPx);
  const ticks = p99Ticks(dots, scale);
  const marks = logTicks(scale, 22).map(({ ns, text }) => ({ y: logPosition(scale, ns), text }));
  const key = "dot: median · line: p10 to p90 · tick: p99";
  const name = sentence(plural);
  const heading = isFirst
    ? firstThatFits([`${name} · ${key}`, `${name} · median, p10 to p90, p99`], plot.plotPx)
    : name;
  return [
    ...valueGrid(marks, plot.plotPx),
    rules(ranges(dots, scale), token, { strokeWidth: 2 }),
    ...(ticks.length === 0 ? [] : [rules(ticks, token, { strokeWidth: 1.5 })]),
    symbols(
      dots.map(({ x, of }) => ({ x, y: logPosition(scale, of.p50Ns) })),
      {
        shape: op === "write" ? "square" : "circle",
        size: 52,
        fill: colour(hollow ? "bg" : token),
        stroke: colour(token),
        strokeWidth: 1.5,
      },
    ),
    texts([{ x: 0, y: topPx - 13, text: heading }], token),
  ];
}

function extent(classes: readonly SizeClass[]): readonly [number, number] {
  return [
    Math.min(...classes.map(({ minNs, p10Ns, count }) => (count < FEWEST_FOR_P90 ? minNs : p10Ns))),
    Math.max(...classes.map(({ maxNs, p99Ns, count }) => (count < FEWEST_FOR_P99 ? maxNs : p99Ns))),
  ];
}

/** A panel for each op over one axis of sizes, all with one scale of latency. */
export function drawLatencyBySize({ byOp }: LatencyBySize, ops: readonly Op[], layout: Layout): Drawing {
  const plot = plotWidth(layout);
  const all = ops.flatMap((op) => byOp[op]!);
  const [fromNs, toNs] = wholeDecades(...extent(all), 3);
  const octaves = octaveRange(
    all.map(({ fromBytes }) => fromBytes),
    USUAL_OCTAVES,
  );
  const panelPx = PANEL_PX[layout];
  const panels = ops.map((op, i): Panel => {
    const topPx = i * (panelPx + GAP_PX);
    return { op, classes: byOp[op]!, topPx, scale: { fromNs, toNs, fromPx: topPx + panelPx, toPx: topPx } };
  });
  const floorPx = panels.at(-1)!.topPx + panelPx;
  const labels = octaveAxis(octaves, plot.plotPx, floorPx + 14, (octave) => bytesText(2 ** octave));
  const layers = [
    ...panels.flatMap((panel, i) => panelLayers(panel, octaves, plot, i === 0)),
    ...axisLine([{ x: 0, x2: plot.plotPx, y: floorPx, y2: floorPx }], labels, floorPx),
    texts(labels, "ink-2", "center"),
  ];
  const padding = { left: plot.leftPx, right: plot.rightPx, top: TOP_PX, bottom: BOTTOM_PX };
  const heightPx = TOP_PX + floorPx + BOTTOM_PX;
  return { spec: chartSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}
