import { cachedContent } from "../io/lostResult.ts";
import { inlineSvg } from "../render/inlineSvg.ts";

/** The picture in a cached SVG file as markup for a page that is one file. */
export function inlinePicture(source: Parameters<typeof cachedContent>[0], prefix: string): string {
  return inlineSvg(cachedContent(source).toString("utf8"), prefix);
}
