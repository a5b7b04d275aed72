import { type Static, Type } from "typebox";

const Limit = Type.Union(
  [
    Type.Number(),
    Type.String({
      pattern: String.raw`^[+-]\d+(\.\d+)?%?$`,
      description: '"+N" and "-N": a change from A; "+N%" and "-N%": a change relative to A',
    }),
  ],
  { description: "a number is a limit on B" },
);

const Rule = {
  max: Type.Optional(Limit),
  min: Type.Optional(Limit),
  level: Type.Optional(
    Type.Union([Type.Literal("off"), Type.Literal("warn"), Type.Literal("error")], {
      description: "what a rule that does not hold is: nothing, said, or exit status 1 (the default)",
    }),
  ),
  scope: Type.Optional(
    Type.String({ description: "a scope of the Summaries; without it the one in which the page opens" }),
  ),
};

const MetricGate = Type.Object(
  {
    metric: Type.String({
      minLength: 1,
      description: "path of a number in a scope, without ok and value: alignment.byOp.write.unaligned",
    }),
    ...Rule,
  },
  { additionalProperties: false },
);

const FindingGate = Type.Object(
  {
    finding: Type.String({ minLength: 1, description: "id of a finding; its figure is how often it stands: 0 or 1" }),
    ...Rule,
  },
  { additionalProperties: false },
);

/** What a CI job demands of a comparison; docs: schema/gates.json. */
export const Gates = Type.Object(
  { gates: Type.Array(Type.Union([MetricGate, FindingGate]), { minItems: 1 }) },
  { additionalProperties: false, $id: "blkreport/gates/1" },
);
export type Gates = Static<typeof Gates>;
export type Gate = Gates["gates"][number];
export type Limit = Static<typeof Limit>;
