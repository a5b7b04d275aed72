import { SVGStringRenderer } from "vega-scenegraph";
import { markOf } from "./marks.ts";
import type { UsualSpec } from "./usualSpec.ts";

/** The SVG of a usual spec, drawn by Vega's renderer, but neither compiled nor run: nothing in it is left to be found out. */
export function usualSvg({ padding: { left, right, top, bottom }, width, height, layer }: UsualSpec): string {
  const plot = { x: 0, y: 0, width, height, fill: null, stroke: null, items: layer.map(markOf) };
  const scene = { marktype: "group", items: [plot] };
  return new SVGStringRenderer()
    .initialize(null, width + left + right, height + top + bottom, [left, top])
    .render(scene)
    .svg();
}
