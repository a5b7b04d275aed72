import { VEGA_CONFIG } from "../../theme/vegaConfig.ts";
import { either, is, list, matching, number, object, type Pattern } from "./pattern.ts";

export interface Scale {
  readonly type: "linear" | "log" | "symlog";
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  readonly constant?: number;
}

/** A number of each row; without a scale it is one of pixels. */
export interface Channel {
  readonly field: string;
  readonly scale: Scale | null;
}

interface Place {
  readonly x: Channel;
  readonly y: Channel;
}

interface Ends extends Place {
  readonly x2: { readonly field: string };
  readonly y2: { readonly field: string };
}

export type Row = Readonly<Record<string, unknown>>;

export type Point = readonly [xPx: number, yPx: number];

/** Areas or lines in GeoJSON. */
export interface Feature {
  readonly geometry:
    | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly (readonly Point[])[])[] }
    | { readonly type: "MultiLineString"; readonly coordinates: readonly (readonly Point[])[] };
}

interface LayerOf<Type, Encoding, Value = Row> {
  readonly data: { readonly values: readonly Value[] };
  readonly mark: Readonly<Record<string, unknown>> & { readonly type: Type };
  readonly encoding: Encoding;
}

export type TextLayer = LayerOf<"text", Place & { readonly text: { readonly field: string } }>;
export type EndsLayer = LayerOf<"rule" | "rect", Ends>;
export type PlaceLayer = LayerOf<"point" | "line", Place>;
export type AreaLayer = LayerOf<"area", Place & { readonly y2: { readonly datum: number } }>;
export type ShapeLayer = LayerOf<"geoshape", undefined, Feature>;
export type UsualLayer = TextLayer | EndsLayer | PlaceLayer | AreaLayer | ShapeLayer;

/** A spec as the charts write it: layers in pixels, or by scales of each layer's own whose ends are given. */
export interface UsualSpec {
  readonly padding: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly width: number;
  readonly height: number;
  readonly layer: readonly UsualLayer[];
}

const FIELD = { field: matching(/^\w+$/) };
const COLOUR = matching(/^var\(--[\w-]+\)$/);
const SYMBOL = is("circle", "square", "diamond", "cross", "triangle-up");
const WIDTH = { strokeWidth: number };
const DASH = { strokeDash: list(number) };
const STEPS = { interpolate: is("step-after") };

const ENDS = { domain: list(number, 2), range: list(number, 2), nice: is(false), clamp: is(true) };
const SCALE = either(
  object({ type: is("linear"), ...ENDS, zero: is(false) }),
  object({ type: is("log"), ...ENDS }),
  object({ type: is("symlog"), ...ENDS, constant: number }),
);
const QUANTITY = { ...FIELD, type: is("quantitative"), axis: is(null) };
const SCALED = object({ ...QUANTITY, scale: SCALE });
const STACKED = object({ ...QUANTITY, scale: SCALE, stack: is(null) });
const PIXELS = object({ ...QUANTITY, scale: is(null) });

const IN_PIXELS = { x: PIXELS, y: PIXELS };
const BETWEEN = { encoding: object({ ...IN_PIXELS, x2: object(FIELD), y2: object(FIELD) }) };
const BY_SCALES = { encoding: object({ x: SCALED, y: SCALED }) };
const AS_IT_IS = { projection: object({ type: is("identity"), scale: is(1), translate: list(is(0), 2) }) };

const POINT = mark({ opacity: is(1), shape: SYMBOL, size: number, fill: COLOUR, stroke: COLOUR, ...WIDTH });
const OUTLINE = mark({ clip: is(false), filled: is(false), stroke: COLOUR, ...WIDTH }, DASH);

type LayersByMark = ReadonlyMap<unknown, Pattern>;

const LAYERS_IN_PIXELS: LayersByMark = new Map([
  [
    "text",
    layer(mark({ baseline: is("middle"), align: is("left", "center", "right"), fill: COLOUR }, { fontSize: number }), {
      encoding: object({ ...IN_PIXELS, text: object(FIELD) }),
    }),
  ],
  ["rule", layer(mark({ stroke: COLOUR }, { ...WIDTH, ...DASH }), BETWEEN)],
  ["rect", layer(mark({ fill: COLOUR }, { stroke: COLOUR, ...WIDTH }), BETWEEN)],
  ["point", layer(POINT, { encoding: object(IN_PIXELS) })],
  ["geoshape", layer(either(mark({ clip: is(false), fill: COLOUR }), OUTLINE), AS_IT_IS)],
]);

const LAYERS_BY_SCALES: LayersByMark = new Map([
  ["point", layer(POINT, BY_SCALES)],
  ["line", layer(mark({ stroke: COLOUR }, { ...WIDTH, ...DASH, ...STEPS }), BY_SCALES)],
  [
    "area",
    layer(mark({ fill: COLOUR, ...STEPS, line: is(false) }), {
      encoding: object({ x: SCALED, y: STACKED, y2: object({ datum: number }) }),
    }),
  ],
]);

const FRAME = {
  $schema: () => true,
  autosize: is("none"),
  padding: object({ left: number, right: number, top: number, bottom: number }),
  width: number,
  height: number,
  config: is(VEGA_CONFIG),
};
const INDEPENDENT = object({ scale: object({ x: is("independent"), y: is("independent") }) });
const SPEC = either(
  object({ ...FRAME, layer: list(oneOf(LAYERS_IN_PIXELS)) }),
  object({ ...FRAME, layer: list(either(oneOf(LAYERS_IN_PIXELS), oneOf(LAYERS_BY_SCALES))), resolve: INDEPENDENT }),
);

/** Whether a spec says only what is known here, about rows that have all their numbers and texts. */
export function isUsual(spec: unknown): spec is UsualSpec {
  return SPEC(spec) && (spec as UsualSpec).layer.every(hasUsualValues);
}

function layer(markPattern: Pattern, rest: Readonly<Record<string, Pattern>>): Pattern {
  return object({ data: object({ values: Array.isArray }), mark: markPattern, ...rest });
}

function mark(required: Readonly<Record<string, Pattern>>, optional: Readonly<Record<string, Pattern>> = {}): Pattern {
  return object({ type: () => true, aria: is(false), ...required }, optional);
}

function oneOf(layers: LayersByMark): Pattern {
  return (value) => layers.get((value as Partial<UsualLayer> | null)?.mark?.type)?.(value) ?? false;
}

function hasUsualValues(layer: UsualLayer): boolean {
  if (layer.mark.type === "geoshape") return (layer as ShapeLayer).data.values.every(isUsualFeature);
  const { data, encoding } = layer as Exclude<UsualLayer, ShapeLayer>;
  const channels = Object.entries(encoding) as readonly [string, { readonly field?: string }][];
  return channels.every(([name, { field }]) => {
    if (field === undefined) return true;
    return data.values.every((row) => (name === "text" ? typeof row[field] === "string" : Number.isFinite(row[field])));
  });
}

/** Points are as a shape's are: only charts make these, and there may be hundreds of thousands. */
function isUsualFeature({ geometry }: Feature): boolean {
  return geometry?.type === "MultiPolygon" || geometry?.type === "MultiLineString";
}
