import { type TSchema, Type } from "typebox";

/** What the schemas of several traces have in common with that of a Diff. */
export const orNull = <T extends TSchema>(value: T) => Type.Union([value, Type.Null()]);

export const Value = orNull(Type.Number({ description: "null: not recorded" }));

export const Kind = Type.Union([
  Type.Literal("count"),
  Type.Literal("bytes"),
  Type.Literal("ns"),
  Type.Literal("share"),
]);

export const BetterDirection = Type.Union([Type.Literal("lower"), Type.Literal("higher"), Type.Literal("none")], {
  description: "what is better",
});

export const VerdictWord = Type.Union([
  Type.Literal("better"),
  Type.Literal("worse"),
  Type.Literal("same"),
  Type.Literal("changed"),
  Type.Literal("few"),
  Type.Literal("notComparable"),
]);
