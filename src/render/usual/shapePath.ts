import type { Feature, Point } from "./usualSpec.ts";

/** The path of a feature in pixels, as Vega's geography writes it; null where nothing is in it. */
export function shapePath({ geometry }: Feature): string | null {
  const path =
    geometry.type === "MultiPolygon"
      ? geometry.coordinates.flatMap((rings) => rings.map((ring) => `${polyline(ring.slice(0, -1))}Z`))
      : geometry.coordinates.map(polyline);
  return path.join("") || null;
}

function polyline(points: readonly Point[]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${thousandth(x)},${thousandth(y)}`).join("");
}

function thousandth(px: number): number {
  return Math.round(px * 1000) / 1000;
}
