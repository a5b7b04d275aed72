import { ADVANCES } from "./advances.ts";
import { CHART_TEXT_PX } from "./type.ts";

type Weight = keyof typeof ADVANCES;

/** What a browser's fallback font takes at most for a letter that the shipped font lacks (an ideograph): one em. */
const UNKNOWN_ADVANCE = 1000;

function advancesByCodePoint(weight: Weight): Float64Array {
  const runs = ADVANCES[weight];
  const [lastFirst, last] = runs[runs.length - 1]!;
  const advances = new Float64Array(lastFirst + last.length).fill(UNKNOWN_ADVANCE);
  for (const [first, run] of runs) advances.set(run, first);
  return advances;
}

const BY_WEIGHT = { 400: advancesByCodePoint(400), 600: advancesByCodePoint(600) } as const;

/** The width of a text in the shipped font, in pixels: exact in charts, which are set without kerning. */
export function textWidth(text: string, sizePx: number = CHART_TEXT_PX, weight: Weight = 400): number {
  const advances = BY_WEIGHT[weight];
  let thousandths = 0;
  for (const character of text) thousandths += advances[character.codePointAt(0)!] ?? UNKNOWN_ADVANCE;
  return (thousandths * sizePx) / 1000;
}
