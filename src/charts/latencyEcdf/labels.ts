import { textWidth } from "../../theme/textWidth.ts";
import { type LogScale, logPosition } from "../kit/logScale.ts";
import { OP_STYLE } from "../kit/opStyle.ts";
import { px } from "../kit/pixels.ts";
import { type Layer, texts } from "../kit/spec.ts";
import { type Curve, latencyAt } from "./curves.ts";

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

/** What a curve covers at the heights of a label. */
function span(curve: Curve, { top, bottom }: Box, scale: LogScale, heightPx: number): Box {
  const at = (y: number) => logPosition(scale, latencyAt(curve, Math.min(Math.max(1 - y / heightPx, 0), 1)));
  return { left: at(bottom), right: at(top), top, bottom };
}

function clearance(box: Box, other: Box): number {
  if (other.bottom <= box.top || other.top >= box.bottom) return Number.POSITIVE_INFINITY;
  return Math.max(other.left - box.right, box.left - other.right);
}

function candidates(curve: Curve, scale: LogScale, heightPx: number): readonly Omit<Place, "clearPx">[] {
  const width = textWidth(OP_STYLE[curve.op].plural);
  return HEIGHTS.flatMap((share) => {
    const y = px(heightPx * (1 - share));
    const rows = { top: y - HALF_LINE_PX, bottom: y + HALF_LINE_PX };
    const own = span(curve, { left: 0, right: 0, ...rows }, scale, heightPx);
    const left = px(own.left - GAP_PX);
    const right = px(own.right + GAP_PX);
    return [
      { x: left, y, align: "right" as const, left: left - width, right: left, ...rows },
      { x: right, y, align: "left" as const, left: right, right: right + width, ...rows },
    ].filter((box) => box.left >= 0 && box.right <= scale.toPx);
  });
}

function bestPlace(
  curve: Curve,
  others: readonly Curve[],
  taken: readonly Box[],
  scale: LogScale,
  heightPx: number,
): Place | null {
  const places = candidates(curve, scale, heightPx).map((box) => {
    const curves = others.map((other) => clearance(box, span(other, box, scale, heightPx)));
    return { ...box, clearPx: Math.min(...curves, ...taken.map((each) => clearance(box, each)), 60) };
  });
  return places.reduce<Place | null>(
    (best, each) => (best === null || each.clearPx > best.clearPx ? each : best),
    null,
  );
}

/** The name of each curve beside it, where the others are farthest away. */
export function curveLabels(curves: readonly Curve[], scale: LogScale, heightPx: number): readonly Layer[] {
  const taken: Place[] = [];
  return curves.flatMap((curve) => {
    const others = curves.filter((each) => each !== curve);
    const place = bestPlace(curve, others, taken, scale, heightPx);
    if (place === null) return [];
    taken.push(place);
    const { plural, token } = OP_STYLE[curve.op];
    return [texts([{ x: place.x, y: place.y, text: plural }], token, place.align)];
  });
}
