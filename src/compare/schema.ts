import { type TSchema, Type } from "typebox";

const Count = Type.Integer({ minimum: 0 });
const orNull = <T extends TSchema>(value: T) => Type.Union([value, Type.Null()]);
const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));

const Side = Type.Object({ slug: Type.String(), title: Type.String(), scope: Type.String(), format: Type.String() });
const MapClass = orNull(
  Type.Integer({
    minimum: 0,
    maximum: 5,
    description: "index into SECTOR_CLASSES, 4 discarded, 5 zeroed; null: untouched",
  }),
);
const Value = orNull(Type.Number({ description: "null: not recorded" }));

const FigureChange = Type.Object({
  metric: Type.String({ description: "path in the Summary's scope, without ok and value" }),
  title: Type.String(),
  kind: oneOf(["count", "bytes", "ns", "share"]),
  a: Value,
  b: Value,
  change: Value,
  relative: orNull(Type.Number({ description: "(b - a) / a; null where a is 0 or not recorded" })),
  verdict: oneOf(["better", "worse", "same", "changed", "few", "notComparable"]),
  of: Type.Optional(Type.Object({ a: orNull(Count), b: orNull(Count) })),
  note: Type.Optional(Type.String()),
});

const Sectors = Type.Object({
  cellSectors: Count,
  onlyA: Count,
  onlyB: Count,
  both: Count,
  classChanged: Count,
  runs: Type.Array(Type.Object({ startSector: Count, sectors: Count, a: MapClass, b: MapClass })),
});

/** The JSON Schema of a Diff. */
export function diffSchema(): TSchema {
  return Type.Object(
    {
      schema: Type.Literal("blkreport/diff/1"),
      a: Side,
      b: Side,
      figures: Type.Array(FigureChange),
      sectors: orNull(Sectors),
      findings: Type.Object({ appeared: Type.Array(Type.String()), disappeared: Type.Array(Type.String()) }),
    },
    { $id: "blkreport/diff/1", $schema: "http://json-schema.org/draft-07/schema#" },
  );
}
