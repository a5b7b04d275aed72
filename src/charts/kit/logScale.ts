import { durationText } from "../../model/quantities.ts";
import { px, within } from "./pixels.ts";

/** Durations on a logarithmic axis, between two pixel positions. */
export interface LogScale {
  readonly fromNs: number;
  readonly toNs: number;
  readonly fromPx: number;
  readonly toPx: number;
}

/** What lies outside, zero too, stands at the edge. */
export function logPosition({ fromNs, toNs, fromPx, toPx }: LogScale, ns: number): number {
  const share = Math.log10(Math.max(ns, fromNs) / fromNs) / Math.log10(toNs / fromNs);
  return px(fromPx + within(share, 0, 1) * (toPx - fromPx));
}

/** The range of durations, widened to whole parts of a decade and to a decade at least. */
export function wholeDecades(leastNs: number, mostNs: number, partsOfDecade: number): readonly [number, number] {
  const from = Math.floor(Math.log10(Math.max(leastNs, 1)) * partsOfDecade + 1e-9);
  const to = Math.ceil(Math.log10(Math.max(mostNs, 1)) * partsOfDecade - 1e-9);
  const missing = Math.max(0, partsOfDecade - (to - from));
  const below = Math.min(from, Math.floor(missing / 2));
  return [10 ** ((from - below) / partsOfDecade), 10 ** ((to + missing - below) / partsOfDecade)];
}

export interface LogTick {
  readonly ns: number;
  readonly text: string;
}

const DIVISIONS: readonly (readonly number[])[] = [[1, 2, 5], [1, 3], [1]];

/** Ticks at 1, 2 and 5, at 1 and 3, or at each power of ten: as many as leave `leastGapPx` between them. */
export function logTicks(scale: LogScale, leastGapPx: number): readonly LogTick[] {
  const decadePx = Math.abs(scale.toPx - scale.fromPx) / Math.log10(scale.toNs / scale.fromNs);
  const divisions = DIVISIONS.find((each) => decadePx / each.length >= leastGapPx * 1.3) ?? [1];
  const ticks: LogTick[] = [];
  for (let power = Math.floor(Math.log10(scale.fromNs)); power <= Math.log10(scale.toNs) + 1e-9; power++) {
    for (const digit of divisions) {
      const ns = Number((digit * 10 ** power).toPrecision(1));
      if (ns >= scale.fromNs * 0.999 && ns <= scale.toNs * 1.001) ticks.push({ ns, text: durationText(ns) });
    }
  }
  const every = Math.max(1, Math.ceil(leastGapPx / decadePx));
  return divisions.length > 1 ? ticks : ticks.filter((_, i) => i % every === 0);
}
