import { VEGA_CONFIG } from "../../theme/vegaConfig.ts";
import { inPixels, shortNumber, tenths } from "../tenths.ts";
import { areaPath, boxPath, geometryPath, linePath, type Place } from "./paths.ts";
import { pixelsBy, pixelsOf } from "./scale.ts";
import { symbolPath } from "./symbolPath.ts";
import type {
  AreaLayer,
  EndsLayer,
  LayerMark,
  PlaceLayer,
  Row,
  ShapeLayer,
  TextLayer,
  UsualLayer,
} from "./usualSpec.ts";

const ANCHORS = { left: "", center: ' text-anchor="middle"', right: ' text-anchor="end"' } as const;
/** How far below its middle a text's baseline is, in parts of its size. */
const BELOW_MIDDLE = 0.3;
const DEFAULT_FONT_PX = 12;
const MARKUP = /[&<>]/g;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** The elements of a layer, as short as `tidy` makes those that Vega writes. */
export function elementsOf(layer: UsualLayer): string {
  switch (layer.mark.type) {
    case "text":
      return texts(layer as TextLayer);
    case "rule":
      return rules(layer as EndsLayer);
    case "rect":
      return rectangles(layer as EndsLayer);
    case "point":
      return symbols(layer as PlaceLayer);
    case "line":
      return line(layer as PlaceLayer);
    case "area":
      return area(layer as AreaLayer);
    case "geoshape":
      return shapes(layer as ShapeLayer);
  }
}

function texts({ data, mark, encoding: { x, y, text } }: TextLayer): string {
  const sizePx = mark.fontSize ?? VEGA_CONFIG.text.fontSize;
  const down = Math.round(BELOW_MIDDLE * sizePx);
  const size = sizePx === DEFAULT_FONT_PX ? "" : ` font-size="${sizePx}px"`;
  const look = size + painted(mark);
  return elements(data.values, (row) => {
    const shown = String(row[text.field]).trim();
    if (shown === "") return "";
    const place = moved(numberIn(row, x.field), numberIn(row, y.field) + down);
    return `<text${ANCHORS[mark.align]}${place}${look}>${escaped(shown)}</text>`;
  });
}

function rules({ data, mark, encoding: { x, y, x2, y2 } }: EndsLayer): string {
  const look = painted(mark);
  return elements(data.values, (row) => {
    const left = numberIn(row, x.field);
    const top = numberIn(row, y.field);
    const right = shortNumber(numberIn(row, x2.field) - left);
    const down = shortNumber(numberIn(row, y2.field) - top);
    return `<line${moved(left, top)} x2="${right}" y2="${down}"${look}/>`;
  });
}

function rectangles({ data, mark, encoding: { x, y, x2, y2 } }: EndsLayer): string {
  const look = painted(mark);
  return elements(data.values, (row) => {
    const [left, right] = ascending(numberIn(row, x.field), numberIn(row, x2.field));
    const [top, bottom] = ascending(numberIn(row, y.field), numberIn(row, y2.field));
    return `<path d="${boxPath(left, top, right - left, bottom - top, tenths)}"${look}/>`;
  });
}

function symbols({ data, mark, encoding: { x, y } }: PlaceLayer): string {
  const look = ` d="${symbolPath(mark.shape!, mark.size!)}"${painted(mark)}`;
  const xOf = pixelsOf(x);
  const yOf = pixelsOf(y);
  return elements(data.values, (row) => `<path${moved(xOf(row), yOf(row))}${look}/>`);
}

function line({ data, mark, encoding }: PlaceLayer): string {
  if (data.values.length === 0) return "";
  const path = linePath(byX(placesOf(data.values, encoding)), mark.interpolate === "step-after");
  return `<path d="${path}"${painted({ ...VEGA_CONFIG.line, ...mark })}/>`;
}

function area({ data, mark, encoding }: AreaLayer): string {
  if (data.values.length === 0) return "";
  const base = pixelsBy(encoding.y.scale!)(encoding.y2.datum);
  return `<path d="${areaPath(byX(placesOf(data.values, encoding)), base)}"${painted(mark)}/>`;
}

function shapes({ data, mark }: ShapeLayer): string {
  const look = painted(mark);
  return elements(data.values, ({ geometry }) => {
    const path = geometryPath(geometry);
    return path === "" ? `<path${look}/>` : `<path d="${path}"${look}/>`;
  });
}

function elements<Value>(values: readonly Value[], elementOf: (value: Value) => string): string {
  let markup = "";
  for (const value of values) markup += elementOf(value);
  return markup;
}

function painted({ fill, stroke, strokeWidth, strokeCap, strokeJoin, strokeDash }: LayerMark): string {
  const width = strokeWidth === undefined ? "1" : shortNumber(strokeWidth);
  return (
    attribute("fill", fill) +
    attribute("stroke", stroke) +
    attribute("stroke-width", width === "1" ? undefined : width) +
    attribute("stroke-linecap", strokeCap) +
    attribute("stroke-linejoin", strokeJoin) +
    attribute("stroke-dasharray", strokeDash?.join(","))
  );
}

function attribute(name: string, value: string | undefined): string {
  return value === undefined ? "" : ` ${name}="${value}"`;
}

/** The attribute that moves an element to a place. */
export function moved(x: number, y: number): string {
  const place = `${inPixels(tenths(x))},${inPixels(tenths(y))}`;
  return place === "0,0" ? "" : ` transform="translate(${place})"`;
}

function placesOf(rows: readonly Row[], { x, y }: PlaceLayer["encoding"]): readonly Place[] {
  const xOf = pixelsOf(x);
  const yOf = pixelsOf(y);
  return rows.map((row) => ({ x: xOf(row), y: yOf(row) }));
}

/** Lines and areas go from left to right, in whichever order the rows are. */
function byX(places: readonly Place[]): readonly Place[] {
  return places.every(({ x }, i) => i === 0 || places[i - 1]!.x <= x) ? places : [...places].sort((a, b) => a.x - b.x);
}

function ascending(one: number, other: number): readonly [number, number] {
  return one > other ? [other, one] : [one, other];
}

function numberIn(row: Row, field: string): number {
  return row[field] as number;
}

function escaped(text: string): string {
  return text.replace(MARKUP, (character) => ENTITIES[character]!);
}
