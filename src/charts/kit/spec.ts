import { colour, type Token } from "../../theme/colours.ts";
import { VEGA_CONFIG } from "../../theme/vegaConfig.ts";
import type { VegaLiteSpec } from "../chart.ts";

export type Layer = Readonly<Record<string, unknown>>;

export interface Padding {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Pixels from the plot's top left corner. */
const PIXELS = { type: "quantitative", scale: null, axis: null } as const;

/** A spec of fixed size: the padding is known before rendering, so plots line up under each other. */
export function chartSpec(widthPx: number, heightPx: number, padding: Padding, layer: readonly Layer[]): VegaLiteSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    autosize: "none",
    padding,
    width: widthPx - padding.left - padding.right,
    height: heightPx - padding.top - padding.bottom,
    config: VEGA_CONFIG,
    layer,
  };
}

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Texts at pixel positions. */
export function texts(
  values: readonly Label[],
  fill: Token,
  align: "left" | "center" | "right" = "left",
  mark: Layer = {},
): Layer {
  return {
    data: { values },
    mark: { type: "text", aria: false, baseline: "middle", align, fill: colour(fill), ...mark },
    encoding: { x: { field: "x", ...PIXELS }, y: { field: "y", ...PIXELS }, text: { field: "text" } },
  };
}

export interface Line {
  readonly x: number;
  readonly y: number;
  readonly x2: number;
  readonly y2: number;
}

/** Straight lines between pixel positions. */
export function rules(values: readonly Line[], stroke: Token, mark: Layer = {}): Layer {
  return {
    data: { values },
    mark: { type: "rule", aria: false, stroke: colour(stroke), ...mark },
    encoding: { x: { field: "x", ...PIXELS }, y: { field: "y", ...PIXELS }, x2: { field: "x2" }, y2: { field: "y2" } },
  };
}

/** Filled rectangles between pixel positions, one mark each: for tens of them; see `areas` for thousands. */
export function bars(values: readonly Line[], fill: Token, mark: Layer = {}): Layer {
  return {
    data: { values },
    mark: { type: "rect", aria: false, fill: colour(fill), ...mark },
    encoding: { x: { field: "x", ...PIXELS }, y: { field: "y", ...PIXELS }, x2: { field: "x2" }, y2: { field: "y2" } },
  };
}
