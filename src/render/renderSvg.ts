import { legalXml } from "../model/xml.ts";
import { type Spec, vegaSvg } from "./compile.ts";
import { type Frame, framed } from "./frame.ts";
import { tidy } from "./tidy.ts";

/** The SVG file of a chart: framed, with its font and the colours of both themes inside; the same spec gives the same bytes. */
export async function renderSvg(spec: Spec, frame: Frame): Promise<string> {
  return framed(legalXml(tidy(await vegaSvg(spec))), frame);
}
