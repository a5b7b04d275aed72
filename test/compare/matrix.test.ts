import { Check } from "typebox/value";
import { describe, expect, it } from "vitest";
import type { Summary } from "../../src/analysis/summary.ts";
import { compare } from "../../src/compare/index.ts";
import { Matrix, matrixOf } from "../../src/compare/matrix.ts";
import { summaryOf } from "./kit.ts";

const two = await summaryOf("two", ["R 0 8", "W 8 8"]);
const moved = await summaryOf("moved", ["R 0 8", "W 9 8"]);
const three = await summaryOf("three", ["R 0 8", "W 8 8", "W 16 8"]);

function naming(summary: Summary, ...baselines: string[]): Summary {
  return { ...summary, trace: { ...summary.trace, baselines } };
}

function figure(matrix: Matrix, metric: string): Matrix["figures"][number] {
  return matrix.figures.find((each) => each.metric === metric)!;
}

describe("a matrix of traces", () => {
  const matrix = matrixOf("disk", [two, moved, three]);

  it("holds to its schema", () => {
    expect(Check(Matrix, matrix)).toBe(true);
  });

  it("has the first trace as the baseline where no side file names one", () => {
    expect([matrix.baseline, matrix.named]).toEqual([0, false]);
  });

  it("has the trace as the baseline that most side files name", () => {
    const named = matrixOf("disk", [naming(two, "moved"), moved, naming(three, "moved", "two")]);
    expect([named.baseline, named.named]).toEqual([1, true]);
  });

  it("takes no trace that lies elsewhere for the baseline", () => {
    expect(matrixOf("disk", [two, naming(moved, "elsewhere")]).named).toBe(false);
  });

  it("says of each figure what the comparison with the baseline says", () => {
    for (const [i, summary] of [two, moved, three].entries())
      for (const { metric, verdict, b, change, relative } of compare(two, summary).figures.filter(
        ({ a }) => a !== null,
      ))
        expect(figure(matrix, metric).cells[i], metric).toMatchObject({ value: b, verdict, change, relative });
  });

  it("counts for each trace the figures that are as in the baseline", () => {
    expect(matrix.same[0]).toBe(matrix.figures.length);
    expect(matrix.same[1]).toBeLessThan(matrix.figures.length);
  });

  it("leaves out figures that none of them has, and keeps those that one has", () => {
    const flushed = matrixOf("disk", [two, moved]);
    expect(flushed.figures.map(({ metric }) => metric)).not.toContain("requests.byOp.discard.count");
    const counts = figure(matrix, "alignment.byOp.write.unaligned").cells.map(({ value, of }) => [value, of]);
    expect(counts).toEqual([
      [0, 1],
      [1, 1],
      [0, 2],
    ]);
  });
});
