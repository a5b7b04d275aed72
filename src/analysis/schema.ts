import { type TSchema, Type } from "typebox";
import { METRICS } from "./metrics/index.ts";
import { ByOp, Count, OpName, Real } from "./schemas.ts";
import {
  type FindingResult,
  type ScopeInfo,
  SEQUENCE_COLUMNS,
  type Sequence,
  type SlowRequest,
  type Summary,
} from "./summary.ts";
import { type FieldsOf, orNull, QualitySchema, TraceSchema } from "./traceSchema.ts";

const Scope = Type.Object({
  id: Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 100 }),
  kind: Type.Union(["whole", "marked", "span", "device", "other"].map((kind) => Type.Literal(kind))),
  title: Type.String(),
  devices: Type.Array(Count, { description: "indexes into trace.devices with requests here" }),
  requests: Count,
  rows: orNull(
    Type.Array(Type.Array(Count, { minItems: 2, maxItems: 2 }), { maxItems: 64 }),
    "row ranges [from, to) of the spans; null: not limited by rows",
  ),
  firstNs: orNull(Real, "issue time of the first request; null without one"),
  lastNs: orNull(Real, "issue time of the last request; null without one"),
  endNs: orNull(Real, "latest completion; null where not recorded"),
} satisfies FieldsOf<ScopeInfo>);

const FirstRows = Type.Object({
  complete: Type.Boolean({ description: "whether these are all requests of the trace" }),
  columns: Type.Array(Type.Union(SEQUENCE_COLUMNS.map((column) => Type.Literal(column))), {
    minItems: SEQUENCE_COLUMNS.length,
    maxItems: SEQUENCE_COLUMNS.length,
  }),
  requests: Type.Array(
    Type.Array(Type.Union([Real, Type.Null()]), {
      minItems: SEQUENCE_COLUMNS.length,
      maxItems: SEQUENCE_COLUMNS.length,
    }),
    { maxItems: 4096, description: "the first rows of the trace; null: not known" },
  ),
  processes: Type.Array(Type.String()),
  targets: Type.Array(Type.String(), { description: "what requests touched, by the names of a layout" }),
} satisfies FieldsOf<Sequence>);

const Together = orNull(
  Type.Object({ count: Count, bytes: Count, byOp: ByOp(Type.Object({ count: Count, bytes: Count })) }),
  "requests by op; null: not known",
);

const Slow = Type.Object({
  row: Count,
  op: OpName,
  offsetBytes: Count,
  lengthBytes: Count,
  issueNs: Real,
  latencyNs: Real,
  device: Count,
  whenIssued: Together,
  whileRunning: Together,
  largestOther: orNull(
    Type.Object({ row: Count, op: OpName, lengthBytes: Count }),
    "the largest other request in flight with it; null: none, or not known",
  ),
  target: orNull(Type.String(), "what it touches, by the names of a layout; null: not known"),
} satisfies FieldsOf<SlowRequest>);

const Finding = Type.Object({
  id: Type.String(),
  severity: Type.Union(["high", "medium", "low", "info"].map((severity) => Type.Literal(severity))),
  title: Type.String(),
  evidence: Type.String(),
  advice: Type.String(),
  chart: orNull(Type.String(), "the id of the chart that shows it"),
} satisfies FieldsOf<FindingResult>);

function result(value: TSchema) {
  return Type.Union([
    Type.Object({ ok: Type.Literal(true), value }),
    Type.Object({ ok: Type.Literal(false), missing: Type.Array(Type.String(), { minItems: 1 }) }),
  ]);
}

function scopeMetrics() {
  const results = METRICS.map(({ id, schema }) => [id, Type.Optional(result(schema))] as const);
  return Type.Object(Object.fromEntries(results), { additionalProperties: false });
}

/** The JSON Schema of a Summary, composed from the schemas of the metrics. */
export function summarySchema(): TSchema {
  return Type.Object(
    {
      schema: Type.Literal("blkreport/summary/1"),
      trace: TraceSchema,
      quality: QualitySchema,
      defaultScope: Type.String({ description: "the scope in which a page opens" }),
      scopeList: Type.Array(Scope, {
        maxItems: 64,
        description: "the scopes in the order in which a page offers them",
      }),
      scopes: Type.Record(Type.String(), scopeMetrics(), { description: "metrics by scope and id" }),
      sequence: FirstRows,
      slowest: Type.Array(Slow, { maxItems: 10, description: "the longest d2c of the scope whole" }),
      findings: Type.Array(Finding),
    } satisfies FieldsOf<Summary>,
    {
      $id: "blkreport/summary/1",
      $schema: "http://json-schema.org/draft-07/schema#",
      title: "blkreport summary",
      description: "What a block-device I/O trace says, in plain numbers with units in the field names.",
    },
  );
}
