import { within } from "./pixels.ts";

/** A place of a distribution: which share of the values is at most so large. */
export interface EcdfPoint {
  readonly value: number;
  readonly share: number;
}

/**
 * The points of a distribution from buckets of [lower edge, upper edge, values], ascending; straight in between.
 * At the edges the shares are exact; the curve begins at the least value and ends at the most.
 */
export function ecdfPoints(
  buckets: readonly (readonly number[])[],
  { least, most }: { readonly least: number; readonly most: number },
): readonly EcdfPoint[] {
  const total = buckets.reduce((sum, [, , values]) => sum + values!, 0);
  const points: EcdfPoint[] = [];
  let done = 0;
  const add = (edge: number) => {
    const point = { value: within(edge, least, most), share: done / total };
    const before = points.at(-1);
    if (before?.value !== point.value || before.share !== point.share) points.push(point);
  };
  for (const [from, to, values] of buckets) {
    add(from!);
    done += values!;
    add(to!);
  }
  return points.map(({ value, share }) => ({ value: Math.round(value), share: Number(share.toFixed(5)) }));
}

/** The same curve through more places that are known exactly: its percentiles. */
export function withExact(points: readonly EcdfPoint[], known: readonly EcdfPoint[]): readonly EcdfPoint[] {
  const more = known.filter(
    ({ value, share }) => !points.some((point) => point.value === value && point.share === share),
  );
  const all = [...points, ...more].sort((a, b) => a.share - b.share || a.value - b.value);
  // A percentile may be a bucket's width too low; the curve never turns back.
  let reached = all[0]!.value;
  return all.map(({ value, share }) => {
    reached = Math.max(reached, value);
    return { value: reached, share };
  });
}
