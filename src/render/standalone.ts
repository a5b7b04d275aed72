import { DARK, LIGHT } from "../theme/colours.ts";
import { inOneTheme } from "./style.ts";

export type Theme = "light" | "dark";

/** An SVG with the size that it asks a viewer for. */
export interface SizedSvg {
  readonly svg: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** How much larger it is than drawn. */
  readonly enlargement: number;
}

const VIEW_BOX = / viewBox="\S+ \S+ (\S+) (\S+)"/;

/** The SVG at a width; without one it is as large as drawn, and says nothing of its size: it fills what it is put into. */
export function sized(svg: string, widthPx: number | null): SizedSvg {
  const [, width, height] = VIEW_BOX.exec(svg)!.map(Number) as [number, number, number];
  if (widthPx === null) return { svg, widthPx: width, heightPx: height, enlargement: 1 };
  const enlargement = widthPx / width;
  const heightPx = Math.round(height * enlargement);
  const size = ` width="${widthPx}" height="${heightPx}"`;
  return { svg: svg.replace(VIEW_BOX, (box) => box + size), widthPx, heightPx, enlargement };
}

/** The SVG in one theme, for programs that know no CSS variables, or for a place that is always dark. */
export function themed(svg: string, theme: Theme): string {
  return inOneTheme(svg, theme === "light" ? LIGHT : DARK);
}
