import { describe, expect, it } from "vitest";
import { differenceMap } from "../../src/charts/differenceMap.ts";
import type { Diff, SectorChange } from "../../src/compare/diff.ts";
import { summaryOf } from "./cases.ts";
import { figureIn, outside, textsIn, warningsOf } from "./drawn.ts";

const a = summaryOf("mkfs-part63");
const b = summaryOf("mkfs-part2048");

function diffOf(runs: readonly SectorChange[]): Diff {
  const side = (title: string) => ({ slug: title, title, scope: "marked", runs: 1, format: "nbdkitLog" });
  return {
    schema: "blkreport/diff/1",
    a: side("partition at sector 63"),
    b: side("partition at sector 2048"),
    figures: [],
    metrics: { same: 0, changed: [] },
    sequence: null,
    sectors: { cellSectors: 1, onlyA: 0, onlyB: 0, both: 0, classChanged: 0, runs },
    structures: null,
    findings: { appeared: [], disappeared: [] },
  };
}

const RUNS: readonly SectorChange[] = [
  { startSector: 0, sectors: 8, a: 0, b: 0 },
  { startSector: 63, sectors: 90, a: 3, b: null },
  { startSector: 2048, sectors: 100, a: null, b: 2 },
  { startSector: 4096, sectors: 4, a: 1, b: 2 },
  { startSector: 8192, sectors: 64, a: 5, b: 5 },
];
const figure = figureIn(differenceMap.figure(diffOf(RUNS), a, b));

describe("the difference map", () => {
  it("answers with the sectors of each side, of both, and of those in different ways", () => {
    expect(figure.answer).toBe(
      "90 sectors were touched only by A, 100 only by B and 76 by both, 4 of those in different ways.",
    );
  });

  it("has a key for each class that differs and for what is the same", () => {
    const texts = textsIn(figure.draw("wide"));
    for (const key of [
      "read, unaligned",
      "write, aligned",
      "write, unaligned",
      "same in both, read",
      "same in both, other",
    ])
      expect(texts).toContain(key);
    expect(texts).not.toContain("read, aligned");
    expect(texts).not.toContain("write zeroes");
  });

  it("names both maps on wide screens and both strips on narrow ones", () => {
    expect(textsIn(figure.draw("wide"))).toContain("A · partition at sector 63");
    expect(textsIn(figure.draw("narrow")).filter((text) => text === "A").length).toBeGreaterThan(1);
  });

  it("marks each side's partition on its own map", () => {
    expect(textsIn(figure.draw("wide"))).toEqual(expect.arrayContaining(["0 B · A: sda1", "1 MiB · B: sda1"]));
    expect(figure.alternativeText).toContain("B: sda1 starts at sector 2\u202f048.");
  });

  it("leaves the offset out where a partition's name would be cut for it", () => {
    const partitions = [{ name: "partition 1", startSector: 63, sectors: null }];
    const named = { ...a, trace: { ...a.trace, partitions } };
    const texts = textsIn(figureIn(differenceMap.figure(diffOf(RUNS), named, b)).draw("wide"));
    expect(texts).toEqual(expect.arrayContaining(["A: partition 1", "1 MiB · B: sda1"]));
  });

  it("draws inside its frame, without a warning", async () => {
    for (const layout of ["wide", "narrow"] as const) {
      expect(outside(figure.draw(layout))).toEqual([]);
      expect(await warningsOf(figure.draw(layout))).toEqual([]);
    }
  });

  it("has every run in its table", () => {
    expect(figure.table.rows.map((row) => row.slice(3))).toEqual([
      ["aligned read", "aligned read"],
      ["unaligned write", "untouched"],
      ["untouched", "aligned write"],
      ["unaligned read", "aligned write"],
      ["write zeroes", "write zeroes"],
    ]);
  });

  it("says when both did the same", () => {
    expect(figureIn(differenceMap.figure(diffOf(RUNS.slice(0, 1)), a, b)).answer).toBe(
      "Both touched the same 8 sectors in the same way.",
    );
  });

  it("is not there when neither touched anything, and says why where there is no single device", () => {
    expect(differenceMap.figure(diffOf([]), a, b)).toBeNull();
    expect(differenceMap.figure({ ...diffOf([]), sectors: null }, a, b)).toHaveProperty("absent");
  });
});
