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
