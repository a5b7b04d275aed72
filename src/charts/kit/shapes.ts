import type { Layer } from "./spec.ts";

type Point = readonly [number, number];
/** The closed ring of one rectangle. */
export type Rectangle = readonly [readonly Point[]];
export type Stroke = readonly Point[];

const PIXEL_PROJECTION = { type: "identity", scale: 1, translate: [0, 0] } as const;

/** A tenth of a pixel is as fine as eyes and files need. */
function tenth(px: number): number {
  return Math.round(px * 10) / 10;
}

export function rectangle(x: number, y: number, width: number, height: number): Rectangle {
  const left = tenth(x);
  const top = tenth(y);
  const right = tenth(x + width);
  const bottom = tenth(y + height);
  return [
    [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
      [left, top],
    ],
  ];
}

/** The same rectangle, half a pixel inside, so that a 1 px outline stays within it. */
export function insideOutline(x: number, y: number, width: number, height: number): Rectangle {
  return rectangle(x + 0.5, y + 0.5, width - 1, height - 1);
}

export function stroke(x: number, y: number, x2: number, y2: number): Stroke {
  return [
    [tenth(x), tenth(y)],
    [tenth(x2), tenth(y2)],
  ];
}

function shape(type: string, coordinates: unknown, mark: Layer): Layer {
  const feature = { type: "Feature", properties: {}, geometry: { type, coordinates } };
  return {
    data: { values: [feature] },
    projection: PIXEL_PROJECTION,
    // Vega clips geoshapes to the plot by default, and marks in the margin would vanish.
    mark: { type: "geoshape", aria: false, clip: false, ...mark },
  };
}

/** Thousands of rectangles as a single path: no element for each cell. */
export function areas(rectangles: readonly Rectangle[], mark: Layer): Layer {
  return shape("MultiPolygon", rectangles, mark);
}

/** Thousands of strokes as a single path. */
export function strokes(lines: readonly Stroke[], mark: Layer): Layer {
  return shape("MultiLineString", lines, { filled: false, ...mark });
}
