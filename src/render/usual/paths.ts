import { closePath, lineTo, moveTo, newPen, type Pen, pathOf } from "../pen.ts";
import { inPixels } from "../tenths.ts";
import { pathTenths } from "./pathTenths.ts";
import type { Geometry, Point } from "./usualSpec.ts";

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A rectangle as Vega writes it: two sides forth and one back, each rounded for itself. */
export function boxPath(x: number, y: number, width: number, height: number, tenthsOf: (px: number) => number): string {
  const [left, top, right, down, back] = [x, y, width, height, -width].map((px) => inPixels(tenthsOf(px)));
  return `M${left},${top}h${right}v${down}h${back}Z`;
}

/** A line through places; in steps, each holds until the next one. A single place is a closed path: a dot, where ends are round. */
export function linePath(places: readonly Place[], isStepped: boolean): string {
  const pen = newPen();
  drawLine(pen, places, isStepped);
  if (places.length === 1) closePath(pen);
  return pathOf(pen);
}

/** From the places down to the base, in steps. */
export function areaPath(places: readonly Place[], basePx: number): string {
  const pen = newPen();
  drawLine(pen, places, true);
  for (let i = places.length - 1; i >= 0; i--) {
    const { x, y } = places[i]!;
    // The base is what is left of a height that was taken off: its last bits are not always its own.
    const down = pathTenths(y + (basePx - y));
    if (i < places.length - 1) lineTo(pen, pen.x, down);
    lineTo(pen, pathTenths(x), down);
  }
  closePath(pen);
  return pathOf(pen);
}

function drawLine(pen: Pen, places: readonly Place[], isStepped: boolean): void {
  for (const [i, place] of places.entries()) {
    const x = pathTenths(place.x);
    const y = pathTenths(place.y);
    if (i === 0) moveTo(pen, x, y);
    else {
      if (isStepped) lineTo(pen, x, pen.y);
      lineTo(pen, x, y);
    }
  }
}

/** Rings without their last point, which is their first one, or open lines. */
export function geometryPath({ type, coordinates }: Geometry): string {
  const pen = newPen();
  if (type === "MultiLineString") for (const stroke of coordinates) drawPoints(pen, stroke, stroke.length);
  else
    for (const polygon of coordinates)
      for (const ring of polygon) {
        drawPoints(pen, ring, ring.length - 1);
        closePath(pen);
      }
  return pathOf(pen);
}

function drawPoints(pen: Pen, points: readonly Point[], count: number): void {
  for (let i = 0; i < count; i++) {
    const [x, y] = points[i]!;
    if (i === 0) moveTo(pen, pathTenths(x), pathTenths(y));
    else lineTo(pen, pathTenths(x), pathTenths(y));
  }
}
