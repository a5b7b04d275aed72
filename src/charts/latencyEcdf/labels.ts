import { curveLabels, type PlotSize } from "../kit/curveLabels.ts";
import { type LogScale, logPosition } from "../kit/logScale.ts";
import { OP_STYLE } from "../kit/opStyle.ts";
import { type Layer, texts } from "../kit/spec.ts";
import { type Curve, latencyAt } from "./curves.ts";

/** The name of each curve beside it, in the curve's colour. */
export function nameLayers(curves: readonly Curve[], scale: LogScale, plot: PlotSize): readonly Layer[] {
  const named = curves.map((curve) => ({
    text: OP_STYLE[curve.op].plural,
    xAt: (share: number) => logPosition(scale, latencyAt(curve, share)),
  }));
  return curveLabels(named, plot).flatMap((label, i) => {
    if (label === null) return [];
    const { align, ...at } = label;
    return [texts([at], OP_STYLE[curves[i]!.op].token, align)];
  });
}
