import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareRuns } from "../../src/compare/index.ts";
import { median } from "../../src/compare/judge.ts";
import { leastP, rankTest } from "../../src/compare/rankTest.ts";
import { summaryOf, withMetrics } from "./kit.ts";

/** Every choice of `count` of the values, as lists. */
function choices(values: readonly number[], count: number): number[][] {
  if (count === 0) return [[]];
  return values.flatMap((value, index) => choices(values.slice(index + 1), count - 1).map((rest) => [value, ...rest]));
}

/** The p of the rank test by trying every way in which the values could have fallen to the sides. */
function slowP(a: readonly number[], b: readonly number[]): number {
  const all = [...a, ...b];
  const rank = (value: number) =>
    all.filter((other) => other < value).length + (all.filter((other) => other === value).length + 1) / 2;
  const ranks = all.map(rank);
  const sums = choices([...ranks.keys()], b.length).map((chosen) => chosen.reduce((sum, i) => sum + ranks[i]!, 0));
  const mean = (b.length * (all.length + 1)) / 2;
  const distance = Math.abs(b.reduce((sum, value) => sum + rank(value), 0) - mean);
  return sums.filter((sum) => Math.abs(sum - mean) >= distance).length / sums.length;
}

describe("the rank test", () => {
  it("gives the p that R's wilcox.test gives", () => {
    expect(rankTest([1, 2, 3, 4], [5, 6, 7, 8])).toEqual({ p: 2 / 70, effect: 1 });
    expect(rankTest([5, 6, 7, 8], [1, 2, 3, 4])).toEqual({ p: 2 / 70, effect: -1 });
    expect(rankTest([1.1, 2.2, 3.3], [0.5, 2.5, 4.5, 5.5]).p).toBeCloseTo(0.6286, 4);
  });

  it("is exact for few values, with ties", () => {
    const values = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(rankTest(a, b).p).toBeCloseTo(slowP(a, b), 10);
      }),
    );
  });

  it("is near the exact one where it is approximate", () => {
    const a = Array.from({ length: 30 }, (_, i) => i);
    const b = a.map((value) => value + 6.5);
    const exact = rankTest(a, b).p;
    const approximate = rankTest([...a, 14.2], [...b, 21.1]).p;
    expect(Math.abs(approximate - exact)).toBeLessThan(0.005);
  });

  it("knows how little so many runs can show", () => {
    expect(leastP(3, 3)).toBeCloseTo(0.1, 10);
    expect(leastP(4, 4)).toBeCloseTo(2 / 70, 10);
  });
});

describe("a median", () => {
  it("is the middle value, or between the two middle ones", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it("is not known where a run does not record the figure", () => {
    expect(median([1, null])).toBeNull();
  });
});

const base = await summaryOf("base", ["R 0 8", "W 64 8"]);

/** A run in which reads took so long. */
function run(p50Ns: number) {
  const figures = { count: 500, minNs: 1, meanNs: p50Ns, maxNs: 9e9, p50Ns, p90Ns: p50Ns, p99Ns: p50Ns, p999Ns: p50Ns };
  return withMetrics(base, {
    latency: { phases: { d2c: figures }, byOp: { read: { d2c: figures } }, perBio: {}, d2cBuckets: {} },
  });
}

function p50Of(a: readonly number[], b: readonly number[]) {
  const { figures } = compareRuns(a.map(run), b.map(run));
  return figures.find(({ metric }) => metric === "latency.byOp.read.d2c.p50Ns")!;
}

describe("several runs a side", () => {
  it("are compared by their medians", () => {
    expect(p50Of([100, 300, 200], [500, 400, 600])).toMatchObject({ a: 200, b: 500, relative: 1.5 });
  });

  it("make a time better or worse where the ranks show it", () => {
    expect(p50Of([100, 101, 102, 103], [90, 91, 92, 93])).toMatchObject({
      verdict: "better",
      note: "p = 0.029, effect -1.00",
      runs: { a: [100, 101, 102, 103], b: [90, 91, 92, 93], p: 2 / 70, effect: -1 },
    });
  });

  it("do not where they overlap", () => {
    expect(p50Of([100, 110, 120, 130], [105, 115, 125, 136])).toMatchObject({
      verdict: "changed",
      note: "no difference shown: p = 0.69, effect 0.25",
    });
  });

  it("that are too few to show anything say so", () => {
    expect(p50Of([1, 2, 3], [4, 5, 6])).toMatchObject({ verdict: "few", note: "3 and 3 runs: too few to judge" });
  });

  it("make a count that differs between runs of one side as noisy as a time", async () => {
    const short = await summaryOf("short", ["R 0 8"]);
    const { figures } = compareRuns([base, short], [base, base]);
    const total = figures.find(({ metric }) => metric === "requests.total");
    expect(total).toMatchObject({ a: 1.5, b: 2, verdict: "few" });
  });

  it("are counted in the Diff", () => {
    const diff = compareRuns([base, base], [base]);
    expect([diff.a.runs, diff.b.runs]).toEqual([2, 1]);
  });
});

describe("every number of both Summaries", () => {
  it("that differs is given by its path", async () => {
    const other = await summaryOf("other", ["R 0 8", "W 63 8"]);
    const { metrics } = compareRuns([base], [other]);
    expect(metrics.changed.find(({ metric }) => metric === "alignment.byBoundary.4096.byOp.write.unaligned")).toEqual({
      metric: "alignment.byBoundary.4096.byOp.write.unaligned",
      kind: "count",
      a: 0,
      b: 1,
      change: 1,
      relative: null,
      verdict: "worse",
    });
    expect(metrics.same).toBeGreaterThan(50);
  });

  it("of a Summary against itself is the same", () => {
    expect(compareRuns([base], [base]).metrics.changed).toEqual([]);
  });
});
