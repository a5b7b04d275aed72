import sharp from "sharp";
import { DARK, LIGHT } from "../theme/colours.ts";
import { palettePng } from "./palettePng.ts";
import type { PngText } from "./pngText.ts";
import { inPalette } from "./style.ts";
import { withTextClips } from "./textClips.ts";

export interface PngOptions {
  readonly theme: "light" | "dark";
  /** Pixels of the picture for each pixel of the SVG. */
  readonly scale: number;
  /** What the file says of itself. */
  readonly texts?: readonly PngText[];
}

/** librsvg's resolution at which one pixel of the SVG is one of the picture. */
const DENSITY_AT_SCALE_1 = 72;

/** The picture of an SVG that `renderSvg` made. Call `prepareFonts` in the main thread before the first one. */
export async function renderPng(svg: string, { theme, scale, texts = [] }: PngOptions): Promise<Buffer> {
  const plain = withTextClips(inPalette(svg, theme === "light" ? LIGHT : DARK));
  const drawing = sharp(Buffer.from(plain), { density: DENSITY_AT_SCALE_1 * scale });
  const { data, info } = await drawing.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return palettePng({ widthPx: info.width, heightPx: info.height, rgba: data }, texts);
}
