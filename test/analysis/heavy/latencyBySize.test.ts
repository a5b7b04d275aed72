import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latencyBySize } from "../../../src/analysis/metrics/latencyBySize.ts";
import type { Op } from "../../../src/model/ops.ts";
import { figuresOf, type Row } from "./kit.ts";

const anyRows = fc
  .array(
    fc.record({
      op: fc.constantFrom<Op>("read", "write", "write", "discard", "flush"),
      bytes: fc.oneof(fc.constant(4096), fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 1, max: 300 })),
      at: fc.nat(1000),
      took: fc.option(fc.oneof(fc.nat(50), fc.nat(10 ** 9)), { freq: 9 }),
    }),
    { minLength: 1, maxLength: 300, size: "max" },
  )
  .map((made) => {
    let now = 0;
    return made.map(({ op, bytes, at, took }): Row => {
      now += at;
      const length = op === "flush" ? 0 : bytes;
      return { op, offset: 0, length, at: now, ...(took === null ? {} : { done: now + took }) };
    });
  });

function powerBelow(bytes: number): number {
  let power = 1;
  while (power * 2 <= bytes) power *= 2;
  return power;
}

function nearestRank(sorted: readonly number[], percent: number): number {
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1]!;
}

function expectFigures(rows: readonly Row[], { byOp }: ReturnType<typeof latencyBySize.finish>): void {
  const ended = rows.filter(({ op, done }) => op !== "flush" && done !== undefined);
  expect(Object.keys(byOp).sort()).toEqual([...new Set(ended.map(({ op }) => op))].sort());
  for (const [op, classes] of Object.entries(byOp)) {
    const own = ended.filter((row) => row.op === op);
    const sizes = [...new Set(own.map(({ length }) => powerBelow(length)))].sort((a, b) => a - b);
    expect(classes.map(({ fromBytes }) => fromBytes)).toEqual(sizes);
    for (const { fromBytes, count, minNs, meanNs, maxNs, ...percentiles } of classes) {
      const took = own
        .filter(({ length }) => length >= fromBytes && length < 2 * fromBytes)
        .map(({ at, done }) => done! - at)
        .sort((a, b) => a - b);
      expect({ count, minNs, maxNs }).toEqual({ count: took.length, minNs: took[0], maxNs: took.at(-1) });
      expect(meanNs).toBeCloseTo(took.reduce((sum, ns) => sum + ns, 0) / took.length, 3);
      const exact = [10, 50, 90, 99].map((percent) => nearestRank(took, percent));
      const { p10Ns, p50Ns, p90Ns, p99Ns } = percentiles;
      for (const [i, value] of [p10Ns, p50Ns, p90Ns, p99Ns].entries())
        expect(Math.abs(value - exact[i]!)).toBeLessThanOrEqual(exact[i]! * 0.01);
    }
  }
}

describe("latency by size", () => {
  it("equals sorted lists of each size, whatever the size of the batches", () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 9 }), (rows, chunk) => {
        const figures = figuresOf(latencyBySize, rows, chunk);
        expect(figures).toEqual(figuresOf(latencyBySize, rows));
        expectFigures(rows, figures);
      }),
      { numRuns: 40 },
    );
  });

  it("puts a power of two into the class that begins there", () => {
    const rows = [4095, 4096, 8191, 2 ** 31, 2 ** 32].map(
      (length): Row => ({ op: "read", offset: 0, length, at: 0, done: 1 }),
    );
    const { read } = figuresOf(latencyBySize, rows).byOp;
    expect(read!.map(({ fromBytes, count }) => [fromBytes, count])).toEqual([
      [2048, 1],
      [4096, 2],
      [2 ** 31, 1],
      [2 ** 32, 1],
    ]);
  });
});
