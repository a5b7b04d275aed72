import { elementsOf, moved } from "./elements.ts";
import type { UsualSpec } from "./usualSpec.ts";

/**
 * The inside of the SVG of a usual spec: what `tidy` makes of Vega's. Neither compiled nor run: nothing in such a spec is
 * left to be found out.
 */
export function usualPlot({ padding, layer }: UsualSpec): string {
  const marks = layer.map(elementsOf).join("");
  return marks === "" ? "" : `<g fill="none"${moved(padding.left, padding.top)}>${marks}</g>`;
}
