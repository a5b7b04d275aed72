/** What we use of two parts of Vega 6, whose own types leave it out. */
declare module "vega-scenegraph" {
  export class SVGStringRenderer {
    initialize(element: null, widthPx: number, heightPx: number, origin: readonly [number, number]): SVGStringRenderer;
    render(scene: Readonly<Record<string, unknown>>): SVGStringRenderer;
    svg(): string;
  }
}

declare module "vega-scale" {
  interface D3Scale {
    (value: number): number;
    domain(ends: readonly [number, number]): D3Scale;
    range(ends: readonly [number, number]): D3Scale;
    clamp(isClamped: boolean): D3Scale;
    constant(bend: number): D3Scale;
  }

  export function scale(type: "linear" | "log" | "symlog"): () => D3Scale;
}
