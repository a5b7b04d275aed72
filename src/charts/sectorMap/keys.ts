import { textWidth } from "../../theme/textWidth.ts";
import type { Layout } from "../chart.ts";
import { type Layer, texts } from "../kit/spec.ts";
import { fillLayers, lineLayers } from "./cells.ts";
import type { Look } from "./looks.ts";

/** What a mark of the map means. */
export interface Key {
  readonly look: Look;
  readonly text: string;
  /** Grey: the same in both maps. */
  readonly same?: boolean;
}

const SWATCH_PX = 12;
const TEXT_FROM_PX = 20;
const BETWEEN_PX = 24;
const LINE_PX = 20;

export interface PlacedKeys {
  readonly keys: readonly (Key & { readonly x: number; readonly line: number })[];
  readonly heightPx: number;
}

/** Keys in lines on wide screens, in equal columns on narrow ones. */
export function placeKeys(keys: readonly Key[], widthPx: number, layout: Layout): PlacedKeys {
  const widths = keys.map(({ text }) => TEXT_FROM_PX + textWidth(text) + BETWEEN_PX);
  const columnPx = layout === "narrow" ? Math.max(widthPx / 2, ...widths.map((width) => width - 6)) : 0;
  const perLine = Math.max(1, Math.floor((widthPx + 2) / Math.max(1, columnPx)));
  let x = 0;
  let line = 0;
  const placed = keys.map((key, i) => {
    if (layout === "narrow") return { ...key, x: (i % perLine) * columnPx, line: Math.floor(i / perLine) };
    if (x > 0 && x + widths[i]! - BETWEEN_PX > widthPx) {
      x = 0;
      line++;
    }
    const here = { ...key, x, line };
    x += widths[i]!;
    return here;
  });
  return { keys: placed, heightPx: ((placed.at(-1)?.line ?? -1) + 1) * LINE_PX };
}

/** @param top of the first line, from the top of the plot. */
export function keyLayers({ keys }: PlacedKeys, top: number): readonly Layer[] {
  const middle = (line: number) => top + line * LINE_PX + SWATCH_PX / 2 + 2;
  const swatches = keys.map(({ x, line, look, same = false }) => ({
    x,
    y: middle(line) - SWATCH_PX / 2,
    cells: 1,
    look,
    same,
  }));
  const size = { cellWidthPx: SWATCH_PX, cellHeightPx: SWATCH_PX, layout: "wide" } as const;
  return [
    ...fillLayers(swatches, size),
    ...lineLayers(swatches, size),
    texts(
      keys.map(({ x, line, text }) => ({ x: x + TEXT_FROM_PX, y: middle(line), text })),
      "ink",
    ),
  ];
}
