/** Devices and spans with scopes of their own, at most so many of each; the rest of each kind share one. */
export const MOST_OWN = 16;

/** Who has a scope of its own, by index. null: not known yet, the first ones that come. */
export interface Plan {
  readonly devices: ReadonlySet<number> | null;
  readonly spans: ReadonlySet<number> | null;
}

/** The indexes with the most bytes, at most 16; of equals the first. */
export function heaviest(indexes: readonly number[], bytesOf: (index: number) => number): Set<number> {
  const byBytes = indexes.toSorted((a, b) => bytesOf(b) - bytesOf(a) || a - b);
  return new Set(byBytes.slice(0, MOST_OWN));
}
