import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketOf, lowerEdge, middle, upperEdge } from "../../../src/analysis/kernels/buckets.ts";
import { exactMean, SUM_UNIT } from "../../../src/analysis/kernels/exactSum.ts";
import {
  addToHistogram,
  histogramCount,
  histogramMax,
  histogramMean,
  histogramMin,
  mergeHistograms,
  startLogHistogram,
} from "../../../src/analysis/kernels/logHistogram.ts";
import { groupedBuckets, octavesOf } from "../../../src/analysis/kernels/octaves.ts";
import { percentile } from "../../../src/analysis/kernels/percentile.ts";

const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

function histogramOf(values: readonly number[]) {
  const histogram = startLogHistogram();
  for (const value of values) addToHistogram(histogram, value);
  return histogram;
}

describe("a bucket", () => {
  it("holds its number and is at most 0.8 % wide", () => {
    fc.assert(
      fc.property(whole, (value) => {
        const bucket = bucketOf(value);
        expect(lowerEdge(bucket)).toBeLessThanOrEqual(value);
        expect(upperEdge(bucket)).toBeGreaterThan(value);
        if (value > 0) expect(upperEdge(bucket) / lowerEdge(bucket)).toBeLessThan(1.008);
      }),
    );
  });

  it("stands for each whole number below 256 by itself", () => {
    const small = Array.from({ length: 256 }, (_, i) => i);
    expect(small.map((value) => lowerEdge(bucketOf(value)))).toEqual(small);
    expect(small.map((value) => middle(bucketOf(value)))).toEqual(small);
  });

  it("begins at every power of two", () => {
    for (let power = 1; power < 2 ** 53; power *= 2) expect(lowerEdge(bucketOf(power))).toBe(power);
  });
});

describe("a histogram", () => {
  it("keeps count, minimum, maximum and mean exactly", () => {
    const histogram = histogramOf([3, 2 ** 53 - 1, 2 ** 53 - 1, 2 ** 53 - 1, 0]);
    expect(histogramCount(histogram)).toBe(5);
    expect(histogramMin(histogram)).toBe(0);
    expect(histogramMax(histogram)).toBe(2 ** 53 - 1);
    expect(histogramMean(histogram)).toBe(Number((3n * (2n ** 53n - 1n) + 3n) / 5n));
  });

  it("is the same in parts as in one piece", () => {
    fc.assert(
      fc.property(fc.array(whole), fc.array(whole), (a, b) => {
        const parts = mergeHistograms([histogramOf(a), histogramOf(b)]);
        const piece = histogramOf([...a, ...b]);
        expect(histogramMean(parts)).toEqual(histogramMean(piece));
        expect(groupedBuckets(parts, 1)).toEqual(groupedBuckets(piece, 1));
        expect(octavesOf(parts)).toEqual(octavesOf(piece));
      }),
    );
  });

  it("gives nearest-rank percentiles within 1 %", () => {
    fc.assert(
      fc.property(fc.array(whole, { minLength: 1 }), fc.constantFrom(500, 900, 990, 999), (values, permille) => {
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil((permille * values.length) / 1000) - 1]!;
        const given = percentile(histogramOf(values), permille / 1000, middle);
        expect(Math.abs(given - exact)).toBeLessThanOrEqual(exact * 0.01);
      }),
    );
  });

  it("takes the 999th of 1000 numbers as the 99.9th percentile", () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i < 999 ? 1 : 200));
    expect(percentile(histogramOf(values), 0.999, middle)).toBe(1);
  });
});

describe("an exact sum", () => {
  it("does not round where doubles would", () => {
    expect(exactMean({ high: 3, low: 1 }, 3)).toBe(SUM_UNIT);
    expect(exactMean({ high: 0, low: 10 }, 4)).toBe(2.5);
    expect(exactMean({ high: 0, low: 0 }, 0)).toBeNaN();
  });
});
