import { describe, expect, it } from "vitest";
import {
  axisStart,
  binsInUse,
  extend,
  growthFor,
  growWidth,
  startAxis,
} from "../../../src/analysis/kernels/adaptiveAxis.ts";
import { foldMinima, foldSums, inOrder } from "../../../src/analysis/kernels/fold.ts";
import { addPage, findPage, startPageTable } from "../../../src/analysis/kernels/pageTable.ts";
import { isKept, keptOf } from "../../../src/analysis/kernels/samplePages.ts";

describe("an adaptive axis", () => {
  it("grows only when the first and last position do not fit, and as far as they need", () => {
    const axis = startAxis(4, 1);
    extend(axis, 1_000_001, 1_000_004);
    expect(growthFor(axis, 1_000_004, 1_000_004)).toBe(1);
    expect(growthFor(axis, 1_000_005, 1_000_005)).toBe(2);
    expect(growthFor(axis, 1_000_000, 1_000_000)).toBe(2);
    expect(growthFor(axis, 0, 0)).toBe(2 ** 18);
  });

  it("is aligned to 0, whatever it holds", () => {
    const axis = startAxis(4, 1);
    extend(axis, 5, 8);
    growWidth(axis, 2);
    expect([axisStart(axis), binsInUse(axis)]).toEqual([4, 3]);
  });

  it("folds values of neighbours together", () => {
    const axis = startAxis(4, 1);
    extend(axis, 5, 8);
    const sums = Float64Array.of(8, 5, 6, 7);
    const minima = sums.slice();
    foldSums(sums, axis, 2);
    foldMinima(minima, axis, 2);
    growWidth(axis, 2);
    expect(inOrder(sums, axis)).toEqual([5, 13, 8]);
    expect(inOrder(minima, axis)).toEqual([5, 6, 8]);
  });
});

describe("a page table", () => {
  it("numbers keys in order of arrival and finds them again", () => {
    const table = startPageTable();
    const keys = Array.from({ length: 1000 }, (_, i) => i * (2 ** 43 + 1));
    expect(keys.map((key) => addPage(table, key))).toEqual(keys.map((_, i) => i));
    expect(keys.map((key) => findPage(table, key))).toEqual(keys.map((_, i) => i));
    expect(findPage(table, 1)).toBe(-1);
  });
});

describe("a sample of pages", () => {
  it("keeps one page of each group", () => {
    for (const level of [0, 1, 3, 6])
      for (const group of [0, 1, 77, 2 ** 20]) {
        const pages = Array.from({ length: 2 ** level }, (_, i) => group * 2 ** level + i);
        expect(pages.filter((page) => isKept(page, level))).toEqual([keptOf(group, level)]);
      }
  });

  it("keeps a part of what the level below keeps", () => {
    for (let group = 0; group < 100; group++)
      for (let level = 1; level < 32; level++) expect(isKept(keptOf(group, level), level - 1)).toBe(true);
  });

  it("has no favourite place in a group", () => {
    const places = Array.from({ length: 4000 }, (_, group) => keptOf(group, 2) % 4);
    for (let place = 0; place < 4; place++) {
      const count = places.filter((kept) => kept === place).length;
      expect(count).toBeGreaterThan(850);
      expect(count).toBeLessThan(1150);
    }
  });
});
