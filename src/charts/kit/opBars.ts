import { colour, type Token } from "../../theme/colours.ts";
import { bars, type Layer, type Line } from "./spec.ts";

/** The bars of one op: solid, or outlines where no data moves. */
export function opBars(lines: readonly Line[], token: Token, hollow = false): readonly Layer[] {
  if (lines.length === 0) return [];
  if (!hollow) return [bars(lines, token)];
  return [bars(lines.map(inside), "bg", { stroke: colour(token), strokeWidth: 1 })];
}

/** Half a pixel smaller, so that the outline stays within the bar. */
function inside({ x, x2, y, y2 }: Line): Line {
  return { x: x + 0.5, x2: Math.max(x + 1, x2 - 0.5), y: y + 0.5, y2: Math.max(y + 1, y2 - 0.5) };
}
