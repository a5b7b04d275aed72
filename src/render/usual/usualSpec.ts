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
export type Point = readonly [number, number];

export type Geometry =
  | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly (readonly Point[])[])[] }
  | { readonly type: "MultiLineString"; readonly coordinates: readonly (readonly Point[])[] };

/** What a mark may say of its look. */
export interface LayerMark {
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidth?: number;
  readonly strokeCap?: string;
  readonly strokeJoin?: string;
  readonly strokeDash?: readonly number[];
  readonly fontSize?: number;
  readonly shape?: string;
  readonly size?: number;
  readonly interpolate?: "step-after";
}

interface LayerOf<Type, Encoding, Values = Row> {
  readonly data: { readonly values: readonly Values[] };
  readonly mark: LayerMark & { readonly type: Type };
  readonly encoding: Encoding;
}

export type TextLayer = LayerOf<"text", Place & { readonly text: { readonly field: string } }> & {
  readonly mark: { readonly align: "left" | "center" | "right" };
};
export type EndsLayer = LayerOf<"rule" | "rect", Ends>;
export type PlaceLayer = LayerOf<"point" | "line", Place>;
export type AreaLayer = LayerOf<"area", Place & { readonly y2: { readonly datum: number } }>;
export type ShapeLayer = LayerOf<"geoshape", undefined, { readonly geometry: Geometry }>;
export type UsualLayer = TextLayer | EndsLayer | PlaceLayer | AreaLayer | ShapeLayer;

/** A spec as the charts write it: layers in pixels, or by scales of each layer's own whose ends are given. */
export interface UsualSpec {
  readonly padding: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly layer: readonly UsualLayer[];
}
