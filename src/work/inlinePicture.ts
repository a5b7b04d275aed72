import { readFileSync } from "node:fs";
import { inlineSvg } from "../render/inlineSvg.ts";

/** The picture in an SVG file as markup for a page that is one file. */
export function inlinePicture(file: string, prefix: string): string {
  return inlineSvg(readFileSync(file, "utf8"), prefix);
}
