import { type D3Scale, scale as scaleOf } from "vega-scale";
import { VEGA_CONFIG } from "../../theme/vegaConfig.ts";
import { shapePath } from "./shapePath.ts";
import type {
  AreaLayer,
  Channel,
  EndsLayer,
  Feature,
  PlaceLayer,
  Row,
  Scale,
  ShapeLayer,
  TextLayer,
  UsualLayer,
} from "./usualSpec.ts";

/** What Vega's renderers draw: a mark's items, with all that they look like. */
export type Item = Record<string, unknown>;

/** The type of Vega's mark for each of Vega-Lite. */
const MARK_TYPES = {
  text: "text",
  rule: "rule",
  rect: "rect",
  point: "symbol",
  line: "line",
  area: "area",
  geoshape: "shape",
} as const;

/** The mark of a layer, as Vega makes it of what Vega-Lite compiles. */
export function markOf(layer: UsualLayer): Item {
  const mark = { marktype: MARK_TYPES[layer.mark.type], items: [] as readonly Item[] };
  mark.items = itemsOf(layer, mark);
  return mark;
}

function itemsOf(layer: UsualLayer, mark: Item): readonly Item[] {
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
      return line(layer as PlaceLayer, mark);
    case "area":
      return area(layer as AreaLayer, mark);
    case "geoshape":
      return shapes(layer as ShapeLayer, mark);
  }
}

function texts({ data, mark: { baseline, align, fill, fontSize }, encoding: { x, y, text } }: TextLayer): Item[] {
  const look = { baseline, align, fill, fontSize: fontSize ?? VEGA_CONFIG.text.fontSize };
  return data.values.map((row) => ({ ...look, x: row[x.field], y: row[y.field], text: row[text.field] }));
}

function rules({ data, mark: { stroke, strokeWidth, strokeDash }, encoding: { x, y, x2, y2 } }: EndsLayer): Item[] {
  const look = { stroke, strokeWidth, strokeDash };
  const ends = (row: Row) => ({ x: row[x.field], y: row[y.field], x2: row[x2.field], y2: row[y2.field] });
  return data.values.map((row) => ({ ...look, ...ends(row) }));
}

function rectangles({ data, mark: { fill, stroke, strokeWidth }, encoding: { x, y, x2, y2 } }: EndsLayer): Item[] {
  const look = { fill, stroke, strokeWidth };
  return data.values.map((row) => {
    const [left, right] = ascending(row, x.field, x2.field);
    const [top, bottom] = ascending(row, y.field, y2.field);
    return { ...look, x: left, y: top, width: right - left, height: bottom - top };
  });
}

function ascending(row: Row, one: string, other: string): readonly [number, number] {
  const [from, to] = [row[one] as number, row[other] as number];
  return from > to ? [to, from] : [from, to];
}

function symbols({ data, mark, encoding }: PlaceLayer): Item[] {
  const { shape, size, fill, stroke, strokeWidth } = mark;
  const look = { shape, size, fill, stroke, strokeWidth };
  return places(data.values, encoding).map(({ x, y }) => ({ ...look, x, y }));
}

function line({ data, mark: layerMark, encoding }: PlaceLayer, mark: Item): readonly Item[] {
  const { stroke, strokeDash, interpolate, strokeWidth } = layerMark;
  const look = { ...VEGA_CONFIG.line, stroke, strokeWidth: strokeWidth ?? VEGA_CONFIG.line.strokeWidth, strokeDash };
  return asOne(byX(places(data.values, encoding)), { ...look, interpolate, mark });
}

function area({ data, mark: { fill, interpolate }, encoding }: AreaLayer, mark: Item): readonly Item[] {
  const base = pixelsBy(encoding.y.scale!)(encoding.y2.datum);
  const heights = byX(places(data.values, encoding)).map(({ x, y }) => ({ x, y, height: base - y }));
  return asOne(heights, { fill, interpolate, orient: "vertical", mark });
}

/** Lines and areas are one element, which looks like their first item. */
function asOne(items: readonly object[], look: Item): readonly Item[] {
  return items.map((item, i) => (i === 0 ? { ...look, ...item } : (item as Item)));
}

function shapes({ data, mark: layerMark }: ShapeLayer, mark: Item): readonly Item[] {
  const { fill, stroke, strokeWidth, strokeDash } = layerMark;
  return data.values.map((datum) => ({ fill, stroke, strokeWidth, strokeDash, datum, shape: SHAPE, mark }));
}

const drawShape = ({ datum }: Item) => shapePath(datum as Feature);
const SHAPE = Object.assign(drawShape, { context: () => drawShape });

interface Place {
  readonly x: number;
  readonly y: number;
}

function places(rows: readonly Row[], { x, y }: { readonly x: Channel; readonly y: Channel }): readonly Place[] {
  const xOf = pixelsOf(x);
  const yOf = pixelsOf(y);
  return rows.map((row) => ({ x: xOf(row), y: yOf(row) }));
}

function pixelsOf({ field, scale }: Channel): (row: Row) => number {
  if (scale === null) return (row) => row[field] as number;
  const by = pixelsBy(scale);
  return (row) => by(row[field] as number);
}

function pixelsBy({ type, domain, range, constant }: Scale): D3Scale {
  const scale = scaleOf(type)().domain(domain).range(range).clamp(true);
  return constant === undefined ? scale : scale.constant(constant);
}

/** Lines and areas go from left to right, in whichever order the rows are. */
function byX(points: readonly Place[]): readonly Place[] {
  return points.every(({ x }, i) => i === 0 || points[i - 1]!.x <= x) ? points : [...points].sort((a, b) => a.x - b.x);
}
