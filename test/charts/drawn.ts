import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Absent, Drawing, Figure } from "../../src/charts/chart.ts";
import { textWidth } from "../../src/theme/textWidth.ts";

interface Text {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

interface LayerShape {
  readonly data: { readonly values: readonly Record<string, unknown>[] };
  readonly mark: { readonly type: string; readonly align?: string; readonly fontSize?: number };
}

export function figureIn(shown: Figure | Absent | null): Figure {
  if (shown === null || "absent" in shown) throw new Error(`there is no figure: ${shown?.absent ?? "nothing to show"}`);
  return shown;
}

function layersOf({ spec }: Drawing): readonly LayerShape[] {
  return spec["layer"] as readonly LayerShape[];
}

export function textsIn(drawing: Drawing): readonly string[] {
  return layersOf(drawing)
    .filter(({ mark }) => mark.type === "text")
    .flatMap(({ data }) => data.values.map((value) => String(value["text"])));
}

/** What vega-lite has to say about the spec; also fails where Vega cannot draw it. */
export async function warningsOf({ spec }: Drawing): Promise<readonly string[]> {
  const warnings: string[] = [];
  const note = (...args: readonly unknown[]) => {
    warnings.push(args.join(" "));
    return logger;
  };
  const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger };
  const { spec: compiled } = compile(spec as unknown as TopLevelSpec, { logger: logger as never });
  await new View(parse(compiled), { renderer: "none" }).runAsync();
  return warnings;
}

/** Texts and shapes that reach beyond the drawing by more than half a pixel, described. */
export function outside(drawing: Drawing): readonly string[] {
  const padding = drawing.spec["padding"] as { left: number; top: number };
  return layersOf(drawing).flatMap((layer) =>
    boxesOf(layer)
      .filter(
        ({ left, right, top, bottom }) =>
          left < -padding.left - 0.5 ||
          top < -padding.top - 0.5 ||
          right > drawing.widthPx - padding.left + 0.5 ||
          bottom > drawing.heightPx - padding.top + 0.5,
      )
      .map(({ what, left, right, top, bottom }) => `${what} at ${left}…${right}, ${top}…${bottom}`),
  );
}

interface Box {
  readonly what: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boxesOf({ data, mark }: LayerShape): readonly Box[] {
  if (mark.type === "text") return data.values.map((value) => textBox(value as unknown as Text, mark));
  if (mark.type === "geoshape") return data.values.map((value) => around("shape", pointsIn(value["geometry"])));
  return data.values.map(({ x, x2, y, y2 }) => around(mark.type, [Number(x), Number(y), Number(x2), Number(y2)]));
}

function textBox({ x, y, text }: Text, { align = "left", fontSize = 12 }: LayerShape["mark"]): Box {
  const width = textWidth(text, fontSize);
  const left = align === "left" ? x : align === "right" ? x - width : x - width / 2;
  return { what: `"${text}"`, left, right: left + width, top: y - fontSize / 2, bottom: y + fontSize / 2 };
}

function pointsIn(geometry: unknown): readonly number[] {
  return ((geometry as { coordinates: unknown[] }).coordinates as unknown[]).flat(Infinity) as number[];
}

function around(what: string, points: readonly number[]): Box {
  const xs = points.filter((_, i) => i % 2 === 0);
  const ys = points.filter((_, i) => i % 2 === 1);
  return { what, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
