import { expect } from "vitest";

const PERCENTILE = /^p\d+/;

/**
 * Compares a metric's figures with exact ones: equal, but means within 1 ns or the last digits,
 * percentiles within 1 %, and buckets as counts of the exact values.
 */
export function expectAgreement(actual: unknown, exact: unknown, path = ""): void {
  const key = path.slice(path.lastIndexOf(".") + 1);
  if (PERCENTILE.test(key)) expectWithin(actual, exact as number, Math.abs(exact as number) * 0.01, path);
  else if (key.startsWith("mean")) expectWithin(actual, exact as number, 1e-9 * Math.abs(exact as number), path);
  else if (key === "d2cBuckets") expectBuckets(actual as Buckets, exact as Record<string, number[]>);
  else if (isPlain(actual) && isPlain(exact)) {
    expect(Object.keys(actual).sort(), path).toEqual(Object.keys(exact).sort());
    for (const [name, value] of Object.entries(exact)) expectAgreement(actual[name], value, `${path}.${name}`);
  } else expect(actual, path).toEqual(exact);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function expectWithin(actual: unknown, exact: number, tolerance: number, path: string): void {
  expect(actual, path).toBeTypeOf("number");
  expect(Math.abs((actual as number) - exact), `${path}: ${actual} for ${exact}`).toBeLessThanOrEqual(tolerance);
}

type Buckets = Record<string, [number, number, number][]>;

function expectBuckets(actual: Buckets, exact: Record<string, number[]>): void {
  expect(Object.keys(actual)).toEqual(Object.keys(exact));
  for (const [op, values] of Object.entries(exact)) {
    const buckets = actual[op]!;
    expect(buckets.reduce((total, [, , count]) => total + count, 0)).toBe(values.length);
    for (const [lower, upper, count] of buckets) {
      expect(values.filter((value) => value >= lower && value < upper).length).toBe(count);
      if (lower > 0) expect(upper / lower).toBeLessThanOrEqual(1.05);
    }
  }
}
