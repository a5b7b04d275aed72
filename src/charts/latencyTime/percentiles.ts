import type { LatencyOverTime } from "../../analysis/metrics/latencyOverTime.ts";
import type { Token } from "../../theme/colours.ts";
import { apart } from "../kit/fit.ts";
import { type LogScale, logPosition } from "../kit/logScale.ts";
import { type Extent, line } from "../kit/series.ts";
import { type Layer, texts } from "../kit/spec.ts";
import { spanNs, type TimeScale, timeX } from "../kit/timeScale.ts";
import { FEWEST_FOR_P99 } from "./note.ts";

type Windows = LatencyOverTime["windows"];

interface Percentile {
  readonly name: "p50" | "p99";
  readonly token: Token;
  readonly dash: readonly number[];
  value(window: Windows[number]): number;
}

const P50: Percentile = { name: "p50", token: "ink", dash: [], value: ({ p50Ns }) => p50Ns };
const P99: Percentile = { name: "p99", token: "ink", dash: [5, 3], value: ({ p99Ns }) => p99Ns };

/** The line of one percentile over a halo of background, so that it shows on dark cells. */
function stepped(
  { name, token, dash, value }: Percentile,
  windows: Windows,
  time: TimeScale,
  scale: LogScale,
): readonly Layer[] {
  const field = `${name}Ns`;
  const rows = windows.map((window) => ({ atNs: Math.max(0, window.fromNs - time.fromNs), [field]: value(window) }));
  const last = windows.at(-1)!;
  const closed = [...rows, { atNs: Math.min(last.toNs, time.toNs) - time.fromNs, [field]: value(last) }];
  const x: Extent = { field: "atNs", domain: [0, spanNs(time)], range: [0, time.plotPx] };
  const y: Extent = { field, domain: [scale.fromNs, scale.toNs], range: [scale.fromPx, scale.toPx], type: "log" };
  const mark = { interpolate: "step-after" };
  return [
    line(closed, x, y, "bg", { ...mark, strokeWidth: 5 }),
    line(closed, x, y, token, { ...mark, strokeWidth: 2, ...(dash.length > 0 ? { strokeDash: dash } : {}) }),
  ];
}

/** p50, and p99 where the windows hold enough requests, labelled at their ends. */
export function percentileLines(
  windows: Windows,
  time: TimeScale,
  scale: LogScale,
  cellsEndPx: number,
): readonly Layer[] {
  const shown = windows.every(({ count }) => count >= FEWEST_FOR_P99) ? [P99, P50] : [P50];
  const last = windows.at(-1)!;
  const ends = shown.map(({ value }) => logPosition(scale, value(last)));
  const endPx = Math.max(timeX(time, last.toNs), cellsEndPx);
  const heights = apart(ends, 14, 0, scale.fromPx);
  return [
    ...shown.flatMap((percentile) => stepped(percentile, windows, time, scale)),
    ...shown.map(({ name, token }, i) => texts([{ x: endPx + 6, y: heights[i]!, text: name }], token)),
  ];
}
