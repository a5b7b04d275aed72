import { textWidth } from "../../theme/textWidth.ts";
import { px, within } from "./pixels.ts";
import type { Label } from "./spec.ts";

const GAP_PX = 10;
const HALF_LINE_PX = 8;
/** Heights at which a label may stand beside its curve, as shares of the requests. */
const HEIGHTS = [0.3, 0.35, 0.4, 0.45, 0.55, 0.6, 0.65, 0.7, 0.8, 0.2, 0.1];

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Place extends Box {
  readonly x: number;
  readonly y: number;
  readonly align: "left" | "right";
  /** Pixels to the nearest other thing, negative where it touches. */
  readonly clearPx: number;
}

/** A curve that rises from left to right, and its name. */
export interface NamedCurve {
  readonly text: string;
  /** Where it reaches a share of the plot's height, in pixels from the left. */
  xAt(share: number): number;
}

/** The plot in which the curves stand. */
export interface PlotSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** What a curve covers at the heights of a label. */
function span(curve: NamedCurve, { top, bottom }: Box, { heightPx }: PlotSize): Box {
  const at = (y: number) => curve.xAt(within(1 - y / heightPx, 0, 1));
  return { left: at(bottom), right: at(top), top, bottom };
}

function clearance(box: Box, other: Box): number {
  if (other.bottom <= box.top || other.top >= box.bottom) return Number.POSITIVE_INFINITY;
  return Math.max(other.left - box.right, box.left - other.right);
}

function candidates(curve: NamedCurve, plot: PlotSize): readonly Omit<Place, "clearPx">[] {
  const width = textWidth(curve.text);
  return HEIGHTS.flatMap((share) => {
    const y = px(plot.heightPx * (1 - share));
    const rows = { top: y - HALF_LINE_PX, bottom: y + HALF_LINE_PX };
    const own = span(curve, { left: 0, right: 0, ...rows }, plot);
    const left = px(own.left - GAP_PX);
    const right = px(own.right + GAP_PX);
    return [
      { x: left, y, align: "right" as const, left: left - width, right: left, ...rows },
      { x: right, y, align: "left" as const, left: right, right: right + width, ...rows },
    ].filter((box) => box.left >= 0 && box.right <= plot.widthPx);
  });
}

function bestPlace(
  curve: NamedCurve,
  others: readonly NamedCurve[],
  taken: readonly Box[],
  plot: PlotSize,
): Place | null {
  const places = candidates(curve, plot).map((box) => {
    const curves = others.map((other) => clearance(box, span(other, box, plot)));
    return { ...box, clearPx: Math.min(...curves, ...taken.map((each) => clearance(box, each)), 60) };
  });
  return places.reduce<Place | null>(
    (best, each) => (best === null || each.clearPx > best.clearPx ? each : best),
    null,
  );
}

/** A name beside its curve. */
export interface CurveLabel extends Label {
  readonly align: "left" | "right";
}

/** The name of each curve beside it, where the others are farthest away; null where there is no room. */
export function curveLabels(curves: readonly NamedCurve[], plot: PlotSize): readonly (CurveLabel | null)[] {
  const taken: Place[] = [];
  return curves.map((curve) => {
    const others = curves.filter((each) => each !== curve);
    const place = bestPlace(curve, others, taken, plot);
    if (place === null) return null;
    taken.push(place);
    return { x: place.x, y: place.y, text: curve.text, align: place.align };
  });
}
