import type { Limit } from "./schema.ts";

/** The number that a limit means, given A's figure; null where it is relative to what A does not have. */
export function limitOf(limit: Limit, a: number | null): number | null {
  if (typeof limit === "number") return limit;
  if (a === null) return null;
  const step = Number.parseFloat(limit);
  return limit.endsWith("%") ? (a * (100 + step)) / 100 : a + step;
}
