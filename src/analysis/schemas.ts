import { type TOptional, type TSchema, Type } from "typebox";
import { OPS, type Op } from "../model/ops.ts";

/** A count or a size: a whole number, exact to 2^53. */
export const Count = Type.Integer({ minimum: 0 });
/** A time, a distance or a share. */
export const Real = Type.Number();

/** `{ "<op>": value }`; an op that does not occur has no key. */
export function ByOp<T extends TSchema>(value: T) {
  const properties = Object.fromEntries(OPS.map((op) => [op, Type.Optional(value)]));
  return Type.Object(properties as Record<Op, TOptional<T>>, { additionalProperties: false });
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
