/** Up to so many values of both sides together every order is counted; beyond, the normal distribution is near enough. */
const MOST_EXACT = 60;

export interface RankTest {
  /** How probable a difference of ranks at least as large is if both sides are drawn from one distribution; two-sided. */
  readonly p: number;
  /** Cliff's delta: the share of pairs in which B is larger less the share in which A is; from -1 to 1. */
  readonly effect: number;
}

/**
 * The Wilcoxon–Mann–Whitney rank-sum test, ties at their mean rank: exact by counting for few values, else the normal
 * approximation with corrections for ties and continuity.
 * Source: E. L. Lehmann, Nonparametrics: Statistical Methods Based on Ranks, sections 1.2 to 1.4.
 */
export function rankTest(a: readonly number[], b: readonly number[]): RankTest {
  const doubledRanks = doubledRanksOf([...a, ...b]);
  const all = doubledRanks.length;
  const sum = doubledRanks.slice(a.length).reduce((total, rank) => total + rank, 0);
  const mean = b.length * (all + 1);
  const effect = (sum - mean) / (a.length * b.length);
  const distance = Math.abs(sum - mean);
  const p =
    all <= MOST_EXACT
      ? exactP(doubledRanks, b.length, mean, distance)
      : normalP(doubledRanks, a.length, b.length, distance);
  return { p: Math.min(1, p), effect };
}

/** The least p that so many values a side can have: when every one of B is larger. */
export function leastP(a: number, b: number): number {
  return rankTest(
    Array.from({ length: a }, (_, i) => i),
    Array.from({ length: b }, (_, i) => a + i),
  ).p;
}

/** Twice the rank of each value, so that mean ranks are whole. */
function doubledRanksOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((x, y) => x - y);
  return values.map((value) => sorted.indexOf(value) + sorted.lastIndexOf(value) + 2);
}

/** Counts the choices of `chosen` ranks by their sum: `ways[k][s]` of k ranks with sum s. */
function exactP(ranks: readonly number[], chosen: number, mean: number, distance: number): number {
  const most = ranks.reduce((total, rank) => total + rank, 0);
  const ways = Array.from({ length: chosen + 1 }, () => new Float64Array(most + 1));
  ways[0]![0] = 1;
  for (const rank of ranks)
    for (let k = chosen; k > 0; k--)
      for (let sum = rank; sum <= most; sum++) ways[k]![sum]! += ways[k - 1]![sum - rank]!;
  const last = ways[chosen]!;
  const total = last.reduce((count, way) => count + way, 0);
  const extreme = last.reduce((count, way, sum) => (Math.abs(sum - mean) >= distance ? count + way : count), 0);
  return extreme / total;
}

function normalP(ranks: readonly number[], a: number, b: number, distance: number): number {
  const all = a + b;
  const ties = new Map<number, number>();
  for (const rank of ranks) ties.set(rank, (ties.get(rank) ?? 0) + 1);
  const tied = [...ties.values()].reduce((sum, count) => sum + count ** 3 - count, 0);
  const variance = ((a * b) / 12) * (all + 1 - tied / (all * (all - 1)));
  return variance === 0 ? 1 : 2 * upperTail((distance / 2 - 0.5) / Math.sqrt(variance));
}

/** The standard normal distribution beyond z. Abramowitz and Stegun, 26.2.17: within 7.5e-8. */
function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
