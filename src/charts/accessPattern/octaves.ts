import { textWidth } from "../../theme/textWidth.ts";
import type { Label } from "../kit/spec.ts";

/** The first and the last octave of an axis, by their powers of two; what is below 1 stands in octave 0. */
export type OctaveRange = readonly [first: number, last: number];

const GAP_PX = 12;

function octaveOf(edge: number): number {
  return Math.round(Math.log2(Math.max(1, edge)));
}

/** From the lowest to the highest edge, and at least as far as `usual`. */
export function octaveRange(edges: readonly number[], usual: OctaveRange): OctaveRange {
  const octaves = edges.map(octaveOf);
  return [Math.min(usual[0], ...octaves), Math.max(usual[1], ...octaves)];
}

/** Counts by octave, `join` neighbours together, from [lower edge, count]. */
export function octaveCounts(
  octaves: readonly (readonly [number, number])[],
  [first, last]: OctaveRange,
  join = 1,
): number[] {
  const counts = new Array<number>(Math.ceil((last - first + 1) / join)).fill(0);
  for (const [edge, count] of octaves) counts[Math.floor((octaveOf(edge) - first) / join)]! += count;
  return counts;
}

/** A label in the middle of each octave's column, as many as fit. */
export function octaveAxis(
  [first, last]: OctaveRange,
  plotPx: number,
  y: number,
  name: (octave: number) => string,
): readonly Label[] {
  const octavePx = plotPx / (last - first + 1);
  const labels = Array.from({ length: last - first + 1 }, (_, i) => ({
    x: (i + 0.5) * octavePx,
    y,
    text: name(first + i),
  }));
  const widestPx = Math.max(...labels.map(({ text }) => textWidth(text)));
  const every = Math.ceil((widestPx + GAP_PX) / octavePx);
  return labels.filter(
    ({ x, text }, i) => i % every === 0 && x - textWidth(text) / 2 >= -8 && x + textWidth(text) / 2 <= plotPx + 8,
  );
}
