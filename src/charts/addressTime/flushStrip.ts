import { colour } from "../../theme/colours.ts";
import { px } from "../kit/pixels.ts";
import { strokes } from "../kit/shapes.ts";
import { type Layer, texts } from "../kit/spec.ts";
import { type TimeScale, timeX } from "../kit/timeScale.ts";

const TICK_PX = 8;

/** A tick at each flush, as one path; nothing where there is none. */
export function flushStrip(timesNs: readonly number[], time: TimeScale, top: number): readonly Layer[] {
  if (timesNs.length === 0) return [];
  const places = [...new Set(timesNs.map((atNs) => timeX(time, atNs)))];
  const ticks = places.map(
    (x) =>
      [
        [px(x), top],
        [px(x), top + TICK_PX],
      ] as const,
  );
  return [
    strokes(ticks, { stroke: colour("flush"), strokeWidth: 1 }),
    texts([{ x: -8, y: top + TICK_PX / 2, text: "flush" }], "ink-2", "right"),
  ];
}
