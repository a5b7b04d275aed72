import type { Format, HintKey, ReadHints } from "../model/format.ts";

/** What a side file says of how to read a trace, and traces of this format do not need: a sentence each. */
export function unusedHints({ title, reads }: Format, hints: ReadHints = {}): string[] {
  const used = reads.length === 0 ? '"format" alone' : reads.map((key) => `"${key}"`).join(", ");
  return keysOf(hints)
    .filter((key) => !reads.includes(key))
    .map((key) => `the side file says "${key}" under "read", which ${title} has no use for; it uses ${used}`);
}

function keysOf({ format: _, units = {}, ...others }: ReadHints): HintKey[] {
  const ofUnits = Object.keys(units).map((key) => `units.${key}`);
  return [...Object.keys(others), ...ofUnits] as HintKey[];
}
