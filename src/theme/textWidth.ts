import { CHART_TEXT_PX } from "./type.ts";

/** The width of a text in the charts' font, in pixels. */
export function textWidth(text: string, sizePx: number = CHART_TEXT_PX): number {
  return text.length * 0.497 * sizePx;
}
