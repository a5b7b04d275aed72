/** A stretch of addresses that is shown; what lies between two of them is folded. */
export interface Stretch {
  readonly fromBytes: number;
  readonly toBytes: number;
}

export interface FoldRule {
  /** A gap is worth folding from this share of the whole range on. */
  readonly shareOfRange: number;
  readonly leastBytes: number;
  readonly mostFolds: number;
}

function union(touched: readonly Stretch[]): Stretch[] {
  const joined: { fromBytes: number; toBytes: number }[] = [];
  for (const { fromBytes, toBytes } of touched.toSorted((a, b) => a.fromBytes - b.fromBytes)) {
    const last = joined.at(-1);
    if (last !== undefined && fromBytes <= last.toBytes) last.toBytes = Math.max(last.toBytes, toBytes);
    else joined.push({ fromBytes, toBytes });
  }
  return joined;
}

/** The largest gaps between what was touched, as indexes of the stretch after each. */
function foldedGaps(stretches: readonly Stretch[], { shareOfRange, leastBytes, mostFolds }: FoldRule): Set<number> {
  const range = stretches.at(-1)!.toBytes - stretches[0]!.fromBytes;
  const gaps = stretches.slice(1).map((next, i) => ({ index: i + 1, bytes: next.fromBytes - stretches[i]!.toBytes }));
  const worth = gaps.filter(({ bytes }) => bytes > Math.max(leastBytes, range * shareOfRange));
  return new Set(
    worth
      .sort((a, b) => b.bytes - a.bytes || a.index - b.index)
      .slice(0, mostFolds)
      .map(({ index }) => index),
  );
}

/** The stretches to show, in ascending order, with the largest untouched gaps between them left out. */
export function shownStretches(touched: readonly Stretch[], rule: FoldRule): readonly Stretch[] {
  const stretches = union(touched);
  if (stretches.length === 0) return [];
  const folded = foldedGaps(stretches, rule);
  const shown: { fromBytes: number; toBytes: number }[] = [];
  stretches.forEach((stretch, i) => {
    if (i === 0 || folded.has(i)) shown.push({ ...stretch });
    else shown.at(-1)!.toBytes = stretch.toBytes;
  });
  return shown;
}
