import { bytesText, durationText } from "../../model/quantities.ts";
import { type LogScale, logPosition, logTicks, wholeDecades } from "../kit/logScale.ts";
import { px, within } from "../kit/pixels.ts";
import type { Extent } from "../kit/series.ts";

/** The axis of the values, in pixels from the plot's left. */
export interface ValueScale {
  readonly extent: Pick<Extent, "domain" | "type" | "constant">;
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
  position(value: number): number;
}

/** @param values the least and the most that is shown. */
export type ScaleOf = (values: readonly [least: number, most: number], plotPx: number) => ValueScale;

const LEAST_GAP_PX = 56;

/** Durations by decades. */
export const durations: ScaleOf = ([least, most], plotPx) => {
  const [fromNs, toNs] = wholeDecades(least, most, 2);
  const scale: LogScale = { fromNs, toNs, fromPx: 0, toPx: plotPx };
  return {
    extent: { domain: [fromNs, toNs], type: "log" },
    ticks: logTicks(scale, LEAST_GAP_PX).map(({ ns }) => ({ x: logPosition(scale, ns), text: durationText(ns) })),
    position: (value) => logPosition(scale, value),
  };
};

/** Sizes of requests by powers of two, at least from 512 B to 128 KiB, as the histogram of sizes has it. */
export const sizes: ScaleOf = ([least, most], plotPx) => {
  const from = Math.min(9, Math.floor(Math.log2(Math.max(1, least))));
  const to = Math.max(17, Math.ceil(Math.log2(Math.max(1, most))));
  const position = (value: number) =>
    px((within(Math.log2(Math.max(1, value)) - from, 0, to - from) / (to - from)) * plotPx);
  return {
    extent: { domain: [2 ** from, 2 ** to], type: "log" },
    ticks: powersOfTwo(from, to, plotPx / (to - from)).map((value) => ({ x: position(value), text: bytesText(value) })),
    position,
  };
};

/** What is nearer to zero than this stands close to it. */
const BEND_BYTES = 512;

/** Distances from zero on, beyond a sector by powers of two. */
export const distances: ScaleOf = ([, most], plotPx) => {
  const to = Math.max(17, Math.ceil(Math.log2(Math.max(1, most))));
  const end = Math.log1p(2 ** to / BEND_BYTES);
  const position = (value: number) => px((Math.log1p(Math.max(0, value) / BEND_BYTES) / end) * plotPx);
  const powers = powersOfTwo(11, to, plotPx / (to - 8));
  return {
    extent: { domain: [0, 2 ** to], type: "symlog", constant: BEND_BYTES },
    ticks: [0, ...powers].map((value) => ({ x: position(value), text: value === 0 ? "0" : bytesText(value) })),
    position,
  };
};

function powersOfTwo(from: number, to: number, octavePx: number): readonly number[] {
  const every = Math.max(1, Math.ceil(LEAST_GAP_PX / octavePx));
  const powers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return powers.filter((_, i) => i % every === 0).map((power) => 2 ** power);
}
