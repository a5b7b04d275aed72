import sharp, { type Sharp } from "sharp";
import { DARK, LIGHT } from "../theme/colours.ts";
import { type ColourRuns, findRuns } from "./colourRuns.ts";
import { palettePng } from "./palettePng.ts";
import type { PngText } from "./pngText.ts";
import { sized } from "./standalone.ts";
import { inPalette } from "./style.ts";
import { withTextClips } from "./textClips.ts";

export interface PngOptions {
  readonly theme: "light" | "dark";
  /** Pixels of the picture for each pixel of the SVG. */
  readonly scale: number;
  /** What the file says of itself. */
  readonly texts?: readonly PngText[];
}

// No picture is drawn twice: what libvips kept of the last hundred would only take their room.
sharp.cache(false);

/** librsvg's resolution at which one pixel of the SVG is one of the picture. */
const DENSITY_AT_SCALE_1 = 72;

/**
 * libvips has librsvg draw so many rows at a time, and keeps them until it needs their room for others. Taller pictures
 * are asked for in pieces of that height, so that neither it nor we hold them as a whole.
 */
const MOST_ROWS = 2000;

/** The picture of an SVG that `renderSvg` made. Call `prepareFonts` in the main thread before the first one. */
export async function renderPng(svg: string, { theme, scale, texts = [] }: PngOptions): Promise<Buffer> {
  const plain = withTextClips(inPalette(svg, theme === "light" ? LIGHT : DARK));
  const pixels = () =>
    sharp(Buffer.from(plain), { density: DENSITY_AT_SCALE_1 * scale })
      .ensureAlpha()
      .raw();
  const isTall = sized(svg, null).heightPx * scale > MOST_ROWS;
  return palettePng(await (isTall ? runsByPieces : runsOf)(pixels), texts);
}

async function runsOf(pixels: () => Sharp): Promise<ColourRuns> {
  const { data, info } = await pixels().toBuffer({ resolveWithObject: true });
  const finder = findRuns(info.width, info.height);
  finder.add(data);
  return finder.end();
}

async function runsByPieces(pixels: () => Sharp): Promise<ColourRuns> {
  const { width, height } = await pixels().metadata();
  const finder = findRuns(width, height);
  for (let top = 0; top < height; top += MOST_ROWS) {
    const rows = { left: 0, top, width, height: Math.min(MOST_ROWS, height - top) };
    finder.add(await pixels().extract(rows).toBuffer());
  }
  return finder.end();
}
