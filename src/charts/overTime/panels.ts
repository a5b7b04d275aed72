import { durationText } from "../../model/quantities.ts";
import { textWidth } from "../../theme/textWidth.ts";
import type { Drawing, Layout } from "../chart.ts";
import { plotBeside, timeAxis, timeAxisPx } from "../kit/axes.ts";
import { scaledSpec } from "../kit/series.ts";
import { type Layer, texts } from "../kit/spec.ts";
import type { TimeScale } from "../kit/timeScale.ts";
import { type Bars, windowOf } from "./bars.ts";
import { headingLabel, type Panel, panelLayers, type Quantities, rateMarks, type Shared } from "./panel.ts";

/** One scale for all panels while their peaks differ less than this many times. */
const ONE_SCALE_BELOW = 8;
const TOP_PX = 24;
const GAP_PX = 34;

function panelHeight(count: number, layout: Layout): number {
  if (count === 1) return layout === "wide" ? 140 : 120;
  if (count === 2) return layout === "wide" ? 92 : 84;
  return 60;
}

function panelsOf({ series }: Bars, { steps }: Quantities, layout: Layout): readonly Panel[] {
  const peaks = series.map(({ scalePerSecond }) => scalePerSecond);
  const ownScale = Math.max(...peaks) >= ONE_SCALE_BELOW * Math.min(...peaks);
  const heightPx = panelHeight(series.length, layout);
  return series.map((each, i) => ({
    series: each,
    steps: steps(ownScale ? each.scalePerSecond : Math.max(...peaks), 3),
    ownScale,
    topPx: i * (heightPx + GAP_PX),
    heightPx,
  }));
}

/** What a bar and the line are, in full and in short; the line never without its window. */
function barWords({ bars }: Shared): readonly string[] {
  const { barNs } = bars;
  const window = windowOf(bars);
  if (window === null) return [`${durationText(barNs)} a bar`];
  const mean = `mean of ${window} bars (${durationText(window * barNs)})`;
  return [
    `${durationText(barNs)} a bar; line: ${mean}`,
    `line: ${mean}`,
    `line: mean of ${durationText(window * barNs)}`,
  ];
}

/** How long a bar is, at the right of the first heading where there is room. */
function barLength(first: Panel, shared: Shared): readonly Layer[] {
  const { x, y, text } = headingLabel(first, shared);
  const right = shared.plot.plotPx;
  const words = barWords(shared).find((each) => x + textWidth(text) + 16 + textWidth(each) <= right);
  return words === undefined ? [] : [texts([{ x: right, y, text: words }], "ink-3", "right")];
}

/** Bars over time, a panel for each op, over one time axis. */
export function drawPanels(
  bars: Bars,
  quantities: Quantities,
  scaleFor: (plotPx: number) => TimeScale,
  layout: Layout,
): Drawing {
  const panels = panelsOf(bars, quantities, layout);
  const plot = plotBeside(
    panels.flatMap((panel) => rateMarks(panel, quantities)),
    layout,
  );
  const shared = { bars, quantities, time: scaleFor(plot.plotPx), plot };
  const last = panels.at(-1)!;
  const bottomPx = last.topPx + last.heightPx;
  const padding = { left: plot.leftPx, right: plot.rightPx, top: TOP_PX, bottom: timeAxisPx(shared.time) };
  const heightPx = TOP_PX + bottomPx + padding.bottom;
  const layers = [
    ...panels.flatMap((panel) => panelLayers(panel, shared)),
    ...barLength(panels[0]!, shared),
    ...timeAxis(shared.time, plot, bottomPx),
  ];
  return { spec: scaledSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}
