import type { Summary } from "../../../src/analysis/summary.ts";
import { addressTime } from "../../../src/charts/addressTime.ts";
import { addressTimeByProcess } from "../../../src/charts/addressTimeByProcess.ts";
import type { Absent, Chart, Drawing, Figure } from "../../../src/charts/chart.ts";
import { iops } from "../../../src/charts/iops.ts";
import { iostat } from "../../../src/charts/iostat.ts";
import { latencyEcdf } from "../../../src/charts/latencyEcdf.ts";
import { latencyPhases } from "../../../src/charts/latencyPhases.ts";
import { latencyTime } from "../../../src/charts/latencyTime.ts";
import { queueDepth } from "../../../src/charts/queueDepth.ts";
import { throughput } from "../../../src/charts/throughput.ts";
import { textWidth } from "../../../src/theme/textWidth.ts";

export const TIME_CHARTS: readonly Chart[] = [
  addressTime,
  addressTimeByProcess,
  throughput,
  iops,
  queueDepth,
  latencyTime,
  latencyEcdf,
  latencyPhases,
  iostat,
];

/** The figure, where the chart must have one. */
export function figureIn(chart: Chart, summary: Summary, scope = summary.defaultScope): Figure {
  const figure = chart.figure(summary, scope);
  if (figure === null || "absent" in figure) throw new Error(`no figure of ${chart.id}: ${JSON.stringify(figure)}`);
  return figure;
}

export function isFigure(figure: Figure | Absent | null): figure is Figure {
  return figure !== null && !("absent" in figure);
}

interface Layer {
  readonly mark: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly data: { readonly values: readonly Readonly<Record<string, unknown>>[] };
  readonly encoding?: Readonly<Record<string, { readonly field?: string; readonly scale?: unknown }>>;
}

export function layersOf({ spec }: Drawing): readonly Layer[] {
  return spec["layer"] as readonly Layer[];
}

export interface Text {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** Every text of a drawing with the pixels that it covers, from the top left of the drawing. */
export function textsOf(drawing: Drawing): readonly Text[] {
  const padding = drawing.spec["padding"] as { readonly left: number; readonly top: number };
  return layersOf(drawing).flatMap(({ mark, data }) => {
    if (mark.type !== "text") return [];
    return data.values.map((value) => {
      const { x, y, text } = value as unknown as { x: number; y: number; text: string };
      const width = textWidth(text);
      const share = { left: 0, center: 0.5, right: 1 }[mark["align"] as "left" | "center" | "right"];
      const left = x + padding.left - share * width;
      return { text, left, right: left + width, y: y + padding.top };
    });
  });
}

const HALF_TEXT_PX = 5.5;
const SLACK_PX = 0.6;

/** Texts that are cut at the edge of the drawing. */
export function cutTexts(drawing: Drawing): readonly string[] {
  const isCut = ({ left, right, y }: Text) =>
    left < -SLACK_PX ||
    right > drawing.widthPx + SLACK_PX ||
    y - HALF_TEXT_PX < -SLACK_PX ||
    y + HALF_TEXT_PX > drawing.heightPx + SLACK_PX;
  return textsOf(drawing)
    .filter(isCut)
    .map(({ text }) => text);
}

/** Pairs of texts that cover each other. */
export function overlappingTexts(drawing: Drawing): readonly string[] {
  const texts = textsOf(drawing);
  return texts.flatMap((a, i) =>
    texts
      .slice(i + 1)
      .filter((b) => a.left < b.right && b.left < a.right && Math.abs(a.y - b.y) < 2 * HALF_TEXT_PX)
      .map((b) => `"${a.text}" and "${b.text}"`),
  );
}

type Numbers = readonly (number | Numbers)[];

function pairs(coordinates: Numbers): readonly (readonly [number, number])[] {
  if (typeof coordinates[0] === "number") return [coordinates as unknown as readonly [number, number]];
  return (coordinates as readonly Numbers[]).flatMap(pairs);
}

function placesIn({ mark, data, encoding }: Layer): readonly (readonly [number, number])[] {
  if (mark.type === "geoshape") {
    return data.values.flatMap((value) => pairs((value["geometry"] as { coordinates: Numbers }).coordinates));
  }
  if (mark.type === "text" || encoding?.["x"]?.scale !== null) return [];
  return data.values.flatMap((value) => {
    const { x, y, x2 = x, y2 = y } = value as unknown as { x: number; y: number; x2?: number; y2?: number };
    return [[x, y] as const, [x2, y2] as const];
  });
}

/** Marks at pixel positions outside the drawing, or nowhere. */
export function lostMarks(drawing: Drawing): readonly (readonly [number, number])[] {
  const padding = drawing.spec["padding"] as { readonly left: number; readonly top: number };
  return layersOf(drawing)
    .flatMap(placesIn)
    .filter(([x, y]) => {
      const isInside =
        x >= -padding.left - 1 &&
        x <= drawing.widthPx - padding.left + 1 &&
        y >= -padding.top - 1 &&
        y <= drawing.heightPx - padding.top + 1;
      return !isInside;
    });
}
