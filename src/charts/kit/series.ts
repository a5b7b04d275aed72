import { colour, type Token } from "../../theme/colours.ts";
import type { VegaLiteSpec } from "../chart.ts";
import { chartSpec, type Layer, type Padding } from "./spec.ts";

/** A quantity in a field of the data, and where it stands in pixels. */
export interface Extent {
  readonly field: string;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  readonly type?: "linear" | "log" | "symlog";
  /** Of a symlog scale: from about here on it is logarithmic. */
  readonly constant?: number;
}

export type Row = Readonly<Record<string, number>>;

function channel({ field, domain, range, type = "linear", constant }: Extent): Layer {
  const zero = type === "linear" ? { zero: false } : {};
  const bend = constant === undefined ? {} : { constant };
  const scale = { type, domain, range, nice: false, clamp: true, ...zero, ...bend };
  return { field, type: "quantitative", scale, axis: null };
}

/** A stepped area down to zero, as one path; each value holds until the next row. */
export function stepArea(values: readonly Row[], x: Extent, y: Extent, fill: Token): Layer {
  return {
    data: { values },
    mark: { type: "area", aria: false, interpolate: "step-after", fill: colour(fill), line: false },
    encoding: { x: channel(x), y: { ...channel(y), stack: null }, y2: { datum: 0 } },
  };
}

/** A line through the values, in the order of the rows. */
export function line(values: readonly Row[], x: Extent, y: Extent, stroke: Token, mark: Layer = {}): Layer {
  return {
    data: { values },
    mark: { type: "line", aria: false, stroke: colour(stroke), ...mark },
    encoding: { x: channel(x), y: channel(y) },
  };
}

/** Symbols at the values. */
export function points(values: readonly Row[], x: Extent, y: Extent, mark: Layer): Layer {
  return {
    data: { values },
    mark: { type: "point", aria: false, opacity: 1, ...mark },
    encoding: { x: channel(x), y: channel(y) },
  };
}

/** A spec in which each layer has scales of its own. */
export function scaledSpec(
  widthPx: number,
  heightPx: number,
  padding: Padding,
  layers: readonly Layer[],
): VegaLiteSpec {
  const resolve = { scale: { x: "independent", y: "independent" } };
  return { ...chartSpec(widthPx, heightPx, padding, layers), resolve };
}
