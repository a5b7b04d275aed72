import type { Layer } from "./spec.ts";

type Point = readonly [number, number];
/** The closed ring of one rectangle. */
export type Rectangle = readonly [readonly Point[]];
export type Stroke = readonly Point[];

const PIXEL_PROJECTION = { type: "identity", scale: 1, translate: [0, 0] } as const;

export function rectangle(x: number, y: number, width: number, height: number): Rectangle {
  const right = x + width;
  const bottom = y + height;
  return [
    [
      [x, y],
      [right, y],
      [right, bottom],
      [x, bottom],
      [x, y],
    ],
  ];
}

/** The same rectangle, half a pixel inside, so that a 1 px outline stays within it. */
export function insideOutline(x: number, y: number, width: number, height: number): Rectangle {
  return rectangle(x + 0.5, y + 0.5, width - 1, height - 1);
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
