import { legalXml } from "../model/xml.ts";
import type { Spec } from "./compile.ts";
import { type Frame, framed } from "./frame.ts";
import { tidy } from "./tidy.ts";
import { isUsual } from "./usual/isUsual.ts";
import { usualPlot } from "./usual/usualPlot.ts";

/** The SVG file of a chart: framed, with its font and the colours of both themes inside; the same spec gives the same bytes. */
export async function renderSvg(spec: Spec, frame: Frame): Promise<string> {
  return framed(legalXml(await plotOf(spec)), frame);
}

/** A spec that is not usual is drawn by Vega, which is loaded only then: it takes longer than many charts. */
async function plotOf(spec: Spec): Promise<string> {
  if (isUsual(spec)) return usualPlot(spec);
  const { vegaSvg } = await import("./compile.ts");
  return tidy(await vegaSvg(spec));
}
