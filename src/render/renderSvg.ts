import { legalXml } from "../model/xml.ts";
import type { Spec } from "./compile.ts";
import { type Frame, framed } from "./frame.ts";
import { tidy } from "./tidy.ts";
import { isUsual } from "./usual/usualSpec.ts";
import { usualSvg } from "./usual/usualSvg.ts";

/** The SVG file of a chart: framed, with its font and the colours of both themes inside; the same spec gives the same bytes. */
export async function renderSvg(spec: Spec, frame: Frame): Promise<string> {
  return framed(legalXml(tidy(await plotSvg(spec))), frame);
}

/** As Vega writes it. A spec that is not usual is compiled first, and only then is the compiler loaded. */
async function plotSvg(spec: Spec): Promise<string> {
  return isUsual(spec) ? usualSvg(spec) : (await import("./compile.ts")).vegaSvg(spec);
}
