import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { line, points, scaledSpec, stepArea } from "../../src/charts/kit/series.ts";
import { areas, strokes } from "../../src/charts/kit/shapes.ts";
import { bars, chartSpec, type Layer, rules, texts } from "../../src/charts/kit/spec.ts";
import { symbols } from "../../src/charts/kit/symbols.ts";
import { type Spec, vegaSvg } from "../../src/render/compile.ts";
import { tidy } from "../../src/render/tidy.ts";
import { isUsual } from "../../src/render/usual/usualSpec.ts";
import { usualSvg } from "../../src/render/usual/usualSvg.ts";
import { colour } from "../../src/theme/colours.ts";

const PADDING = { left: 12, right: 8.5, top: 3, bottom: 0 };

/** Vega-Lite cannot compare rows without a prototype. */
function plainRecord<Row>(model: { [Key in keyof Row]: fc.Arbitrary<Row[Key]> }): fc.Arbitrary<Row> {
  return fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<Row>;
}

const px = fc.double({ min: -2000, max: 2000, noNaN: true });
const size = fc.double({ min: 0, max: 400, noNaN: true });
const token = fc.constantFrom("read" as const, "write" as const, "ink-2" as const);
const width = fc.oneof(fc.constant({}), plainRecord({ strokeWidth: fc.double({ min: 0, max: 9, noNaN: true }) }));
const dash = fc.oneof(fc.constant({}), fc.constant({ strokeDash: [6, 2.25] }));
const ends = fc.array(plainRecord({ x: px, y: px, x2: px, y2: px }), { maxLength: 4 });
const symbol = plainRecord({
  shape: fc.constantFrom("circle", "square", "diamond", "cross", "triangle-up"),
  size,
  fill: fc.constant(colour("bg")),
  stroke: fc.constant(colour("read")),
  strokeWidth: fc.double({ min: 0, max: 9, noNaN: true }),
});
const ring = fc.array(fc.tuple(px, px), { minLength: 3, maxLength: 6 }).map((ring) => [...ring, ring[0]!]);

const inPixels: fc.Arbitrary<Layer> = fc.oneof(
  fc
    .tuple(
      fc.array(plainRecord({ x: px, y: px, text: fc.string({ maxLength: 6, unit: "grapheme" }) }), { maxLength: 4 }),
      token,
      fc.constantFrom("left" as const, "center" as const, "right" as const),
      fc.oneof(fc.constant({}), plainRecord({ fontSize: fc.integer({ min: 1, max: 40 }) })),
    )
    .map(([values, fill, align, mark]) => texts(values, fill, align, mark)),
  fc
    .tuple(ends, token, width, dash)
    .map(([values, stroke, ...mark]) => rules(values, stroke, Object.assign({}, ...mark))),
  fc
    .tuple(ends, token, fc.oneof(fc.constant({}), fc.constant({ stroke: colour("bg"), strokeWidth: 0.5 })))
    .map(([values, fill, mark]) => bars(values, fill, mark)),
  fc
    .tuple(fc.array(plainRecord({ x: px, y: px }), { maxLength: 4 }), symbol)
    .map(([values, mark]) => symbols(values, mark)),
  fc.array(fc.tuple(ring), { maxLength: 3 }).map((shapes) => areas(shapes as never, { fill: colour("write") })),
  fc
    .tuple(fc.array(fc.array(fc.tuple(px, px), { minLength: 2, maxLength: 4 }), { maxLength: 3 }), dash)
    .map(([lines, mark]) => strokes(lines, { stroke: colour("read"), strokeWidth: 1.25, ...mark })),
);

const least = fc.double({ min: 0.001, max: 1000, noNaN: true });
const extent = (field: string) =>
  fc
    .record({
      field: fc.constant(field),
      domain: fc.tuple(least, least),
      range: fc.tuple(px, px),
      type: fc.constantFrom("linear" as const, "log" as const, "symlog" as const),
      constant: least,
    })
    .map(({ constant, ...rest }) => (rest.type === "symlog" ? { ...rest, constant } : rest));
const rows = fc.array(
  plainRecord({ a: fc.double({ min: -5, max: 2000, noNaN: true }), b: fc.double({ min: -5, max: 2000, noNaN: true }) }),
  { maxLength: 6 },
);

const byScales: fc.Arbitrary<Layer> = fc.oneof(
  fc.tuple(rows, extent("a"), extent("b"), token).map(([values, x, y, fill]) => stepArea(values, x, y, fill)),
  fc
    .tuple(
      rows,
      extent("a"),
      extent("b"),
      token,
      fc.tuple(width, dash, fc.constantFrom({}, { interpolate: "step-after" })),
    )
    .map(([values, x, y, stroke, mark]) => line(values, x, y, stroke, Object.assign({}, ...mark))),
  fc.tuple(rows, extent("a"), extent("b"), symbol).map(([values, x, y, mark]) => points(values, x, y, mark)),
);

async function assertDrawnAsByVega(spec: Spec): Promise<void> {
  if (!isUsual(spec)) throw new Error("the spec is not usual");
  expect(tidy(usualSvg(spec))).toBe(tidy(await vegaSvg(spec)));
}

describe("a usual spec is drawn as Vega-Lite says", () => {
  it("with layers in pixels", () =>
    fc.assert(
      fc.asyncProperty(fc.array(inPixels, { maxLength: 4 }), (layers) =>
        assertDrawnAsByVega(chartSpec(300, 200, PADDING, layers)),
      ),
      { numRuns: 60 },
    ));

  it("with layers by scales of their own among them", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(byScales, inPixels), { maxLength: 4 }), (layers) =>
        assertDrawnAsByVega(scaledSpec(300, 200, PADDING, layers)),
      ),
      { numRuns: 60 },
    ));
});

const EXTENT = { field: "a", domain: [0, 4], range: [0, 100] } as const;
const ROWS = [{ a: 1 }, { a: 3 }];
const LABEL = { x: 1, y: 2, text: "a" };
const LABELS = texts([LABEL], "ink");
const LINE = line(ROWS, EXTENT, EXTENT, "read");
const withMark = (layer: Layer, more: object) => ({ ...layer, mark: { ...(layer["mark"] as object), ...more } });
const shapeOf = (geometry: object) => ({ ...areas([], {}), data: { values: [{ type: "Feature", geometry }] } });
const whole = (layer: Layer) => scaledSpec(100, 100, PADDING, [layer]);

describe("what is not usual is left to Vega", () => {
  it("knows what is", () => {
    expect([LABELS, LINE].map((layer) => isUsual(whole(layer)))).toEqual([true, true]);
  });

  it.each<[string, Spec]>([
    ["no layers", { mark: "bar" }],
    ["another config", { ...whole(LABELS), config: {} }],
    ["something beside the layers", { ...whole(LABELS), title: "a" }],
    ["a plot that fits itself to the whole", { ...whole(LABELS), autosize: "fit" }],
    ["one scale for all layers", chartSpec(100, 100, PADDING, [LINE])],
    ["something of a mark", whole(withMark(LABELS, { angle: 90 }))],
    ["a mark without its colour", whole(withMark(LABELS, { fill: undefined }))],
    ["a colour that is none of the theme's", whole(withMark(LABELS, { fill: "url(#a)" }))],
    ["a symbol", whole(points(ROWS, EXTENT, EXTENT, { shape: "arrow" }))],
    ["another mark", whole(withMark(LABELS, { type: "image" }))],
    ["another channel", whole({ ...LABELS, encoding: { ...(LABELS["encoding"] as object), color: { value: "red" } } })],
    ["a nested field", whole(line(ROWS, { ...EXTENT, field: "a.b" }, EXTENT, "read"))],
    ["an open end of a domain", whole(line(ROWS, { ...EXTENT, domain: [0, Number.NaN] }, EXTENT, "read"))],
    ["a row without its number", whole(line([...ROWS, {}], EXTENT, EXTENT, "read"))],
    ["a number for a text", whole(texts([{ ...LABEL, text: 5 as never }], "ink"))],
    ["data from elsewhere", whole({ ...LABELS, data: { url: "a.csv" } })],
    ["a feature of another kind", whole(shapeOf({ type: "Point", coordinates: [1, 2] }))],
    ["a transform", whole({ ...LABELS, transform: [] })],
  ])("%s", (_, spec) => {
    expect(isUsual(spec)).toBe(false);
  });
});
