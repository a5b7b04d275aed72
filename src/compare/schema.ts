import { type TSchema, Type } from "typebox";
import { STRUCTURE_KINDS } from "../model/layout.ts";
import { OPS } from "../model/ops.ts";

const Count = Type.Integer({ minimum: 0 });
const orNull = <T extends TSchema>(value: T) => Type.Union([value, Type.Null()]);
const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));

const Side = Type.Object({
  slug: Type.String(),
  title: Type.String(),
  scope: Type.String(),
  format: Type.String(),
  runs: Type.Integer({ minimum: 1 }),
});
const MapClass = orNull(
  Type.Integer({
    minimum: 0,
    maximum: 5,
    description: "index into SECTOR_CLASSES, 4 discarded, 5 zeroed; null: untouched",
  }),
);
const Value = orNull(Type.Number({ description: "null: not recorded" }));

const ChangeFields = {
  metric: Type.String({ description: "path in the Summary's scope, without ok and value" }),
  kind: oneOf(["count", "bytes", "ns", "share"]),
  a: Value,
  b: Value,
  change: Value,
  relative: orNull(Type.Number({ description: "(b - a) / a; null where a is 0 or not recorded" })),
  verdict: oneOf(["better", "worse", "same", "changed", "few", "notComparable"]),
  note: Type.Optional(Type.String()),
  runs: Type.Optional(
    Type.Object({
      a: Type.Array(Type.Number()),
      b: Type.Array(Type.Number()),
      p: Type.Number({ minimum: 0, maximum: 1, description: "two-sided, of the rank-sum test" }),
      effect: Type.Number({ minimum: -1, maximum: 1, description: "Cliff's delta: 1 where every run of B is larger" }),
    }),
  ),
};

const Places = orNull(
  Type.Array(Type.Object({ firstSector: Count, lastSector: Count, requests: Count }), {
    maxItems: 3,
    description: "where the requests lie that the figure counts, most first; null: not known",
  }),
);

const FigureChange = Type.Object({
  ...ChangeFields,
  title: Type.String(),
  of: Type.Optional(Type.Object({ a: orNull(Type.Number()), b: orNull(Type.Number()) })),
  where: Type.Optional(Type.Object({ a: Places, b: Places })),
});

const Counts = Type.Object({
  same: Count,
  added: Count,
  removed: Count,
  moved: Count,
  resized: Count,
  reordered: Count,
});

const Request = Type.Object({
  row: Count,
  op: oneOf(OPS),
  offsetBytes: Count,
  lengthBytes: Count,
  device: Type.String({ description: "empty where the scope has one device" }),
});

const Step = Type.Union([
  Type.Object({ change: Type.Literal("folded"), count: Count }),
  Type.Object({ change: Type.Literal("removed"), a: Request, b: Type.Null() }),
  Type.Object({ change: Type.Literal("added"), a: Type.Null(), b: Request }),
  Type.Object({ change: oneOf(["same", "moved", "resized"]), a: Request, b: Request }),
  Type.Object({ change: Type.Literal("reordered"), a: Request, b: Request, at: oneOf(["a", "b"]) }),
]);

const SequenceDiff = Type.Object({
  counts: Counts,
  byOp: Type.Object(Object.fromEntries(OPS.map((op) => [op, Type.Optional(Counts)])), { additionalProperties: false }),
  shift: orNull(Type.Object({ bytes: Type.Integer(), requests: Count })),
  steps: Type.Array(Step, {
    description: "in order; what is the same is folded but for three requests around each change",
  }),
});

const Sectors = Type.Object({
  cellSectors: Count,
  onlyA: Count,
  onlyB: Count,
  both: Count,
  classChanged: Count,
  runs: Type.Array(Type.Object({ startSector: Count, sectors: Count, a: MapClass, b: MapClass })),
});

const StructureAmount = orNull(Type.Object({ count: Count, bytes: Count }, { description: "null: not known" }));

const Structures = Type.Object(
  {
    same: Count,
    changed: Type.Array(
      Type.Object({
        name: Type.String(),
        kind: oneOf(STRUCTURE_KINDS),
        within: orNull(Type.String({ description: "what holds it; null: the device itself" })),
        byOp: Type.Object(
          Object.fromEntries(
            OPS.map((op) => [op, Type.Optional(Type.Object({ a: StructureAmount, b: StructureAmount }))]),
          ),
          { additionalProperties: false },
        ),
      }),
    ),
  },
  { description: "what requests touched, by the names of the layouts; the largest change first" },
);

const GateOutcome = Type.Object({
  name: Type.String({ description: "path of the metric, or id of the finding" }),
  scope: orNull(Type.String({ description: "null: the one in which each trace's page opens" })),
  level: oneOf(["off", "warn", "error"]),
  a: Value,
  b: Value,
  rule: Type.String(),
  holds: Type.Boolean(),
  why: orNull(Type.String({ description: "null where it holds" })),
});

/** The JSON Schema of a Diff. */
export function diffSchema(): TSchema {
  return Type.Object(
    {
      schema: Type.Literal("blkreport/diff/1"),
      a: Side,
      b: Side,
      figures: Type.Array(FigureChange),
      metrics: Type.Object({ same: Count, changed: Type.Array(Type.Object(ChangeFields)) }),
      sequence: orNull(SequenceDiff),
      sectors: orNull(Sectors),
      structures: orNull(Structures),
      findings: Type.Object({ appeared: Type.Array(Type.String()), disappeared: Type.Array(Type.String()) }),
      gates: Type.Optional(Type.Array(GateOutcome, { description: "the rules of the site or of --gate" })),
    },
    { $id: "blkreport/diff/1", $schema: "http://json-schema.org/draft-07/schema#" },
  );
}
