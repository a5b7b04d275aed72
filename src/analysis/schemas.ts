import { type Static, type TSchema, Type } from "typebox";
import { STRUCTURE_KINDS, type StructureKind } from "../model/layout.ts";
import { OPS, type Op } from "../model/ops.ts";

/** A count or a size: a whole number, exact to 2^53. */
export const Count = Type.Integer({ minimum: 0 });
/** A time, a distance or a share. */
export const Real = Type.Number();

/** The name of an op. */
export const OpName = Type.Unsafe<Op>(Type.Union(OPS.map((op) => Type.Literal(op))));

/** The kind of a layout's structure. */
export const KindName = Type.Unsafe<StructureKind>(Type.Union(STRUCTURE_KINDS.map((kind) => Type.Literal(kind))));

/** An object in which each of some keys may be missing. Its type is written out: a mapped one costs the compiler seconds. */
export function Optionally<Key extends string, T extends TSchema>(keys: readonly Key[], value: T) {
  const properties = Object.fromEntries(keys.map((key) => [key, Type.Optional(value)]));
  return Type.Unsafe<{ [K in Key]?: Static<T> }>(Type.Object(properties, { additionalProperties: false }));
}

/** `{ "<op>": value }`; an op that does not occur has no key. */
export function ByOp<T extends TSchema>(value: T) {
  return Optionally<Op, T>(OPS, value);
}

/** An object with a key for each op that has a value; asked by its code, it gives null for none. */
export function byOp<Value>(valueOfOp: (code: number) => Value | null): { [O in Op]?: Value } {
  const result: { [O in Op]?: Value } = {};
  for (const [code, op] of OPS.entries()) {
    const value = valueOfOp(code);
    if (value !== null) result[op] = value;
  }
  return result;
}
