import type { Layer } from "./spec.ts";

const PIXELS = { type: "quantitative", scale: null, axis: null } as const;

/** Symbols at pixel positions. */
export function symbols(values: readonly { readonly x: number; readonly y: number }[], mark: Layer): Layer {
  return {
    data: { values },
    mark: { type: "point", aria: false, opacity: 1, ...mark },
    encoding: { x: { field: "x", ...PIXELS }, y: { field: "y", ...PIXELS } },
  };
}
