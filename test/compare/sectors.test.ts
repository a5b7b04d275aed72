import { describe, expect, it } from "vitest";
import { classRuns } from "../../src/compare/classRuns.ts";
import { compareSectors } from "../../src/compare/sectors.ts";
import { randomNumbers } from "../analysis/heavy/kit.ts";
import { sectorMap } from "./kit.ts";

const runs = (map: ReturnType<typeof sectorMap>, cellSectors = 1) =>
  classRuns(map, cellSectors).map(({ startSector, sectors, mapClass }) => [startSector, sectors, mapClass]);

describe("a sector map as one list of runs", () => {
  it("puts writes before zeroes and discards, and those before reads", () => {
    const map = sectorMap(
      [
        [0, 4, 0],
        [4, 4, 2],
      ],
      { discard: { cells: 6, runs: [[2, 6]] }, writeZeroes: { cells: 1, runs: [[3, 1]] } },
    );
    expect(runs(map)).toEqual([
      [0, 2, 0],
      [2, 1, 4],
      [3, 1, 5],
      [4, 4, 2],
    ]);
  });

  it("takes the strongest class where finer cells fall into one", () => {
    const map = sectorMap([
      [1, 1, 0],
      [3, 1, 3],
      [8, 2, 1],
    ]);
    expect(runs(map, 4)).toEqual([
      [0, 4, 3],
      [8, 4, 1],
    ]);
  });

  it("joins runs that meet", () => {
    expect(runs(sectorMap([[0, 4, 0]], { discard: { cells: 4, runs: [[4, 4]] } }))).toHaveLength(2);
    const meeting = sectorMap([
      [0, 2, 0],
      [2, 2, 0],
    ]);
    expect(runs(meeting)).toEqual([[0, 4, 0]]);
  });
});

describe("two sector maps", () => {
  it("are cut where either side changes", () => {
    const sectors = compareSectors(sectorMap([[0, 10, 2]]), sectorMap([[4, 10, 3]]));
    expect(sectors).toEqual({
      cellSectors: 1,
      onlyA: 4,
      onlyB: 4,
      both: 6,
      classChanged: 6,
      runs: [
        { startSector: 0, sectors: 4, a: 2, b: null },
        { startSector: 4, sectors: 6, a: 2, b: 3 },
        { startSector: 10, sectors: 4, a: null, b: 3 },
      ],
    });
  });

  it("are compared on the coarser cells", () => {
    const coarse = sectorMap([[0, 8, 2]], { cellSectors: 8 });
    expect(compareSectors(sectorMap([[3, 1, 2]]), coarse)).toMatchObject({ cellSectors: 8, both: 8, classChanged: 0 });
    expect(compareSectors(coarse, sectorMap([[9, 1, 0]]))).toMatchObject({ onlyA: 8, onlyB: 8, both: 0 });
  });

  it("may both be empty", () => {
    expect(compareSectors(sectorMap([]), sectorMap([]))).toMatchObject({ onlyA: 0, onlyB: 0, both: 0, runs: [] });
  });

  it("agree with a comparison sector by sector", () => {
    const random = randomNumbers(5);
    const randomMap = () => {
      const cells = Array.from({ length: 200 }, () => Math.floor(random() * 6) - 2);
      return {
        cells,
        map: sectorMap(cells.flatMap((mapClass, sector) => (mapClass < 0 ? [] : [[sector, 1, mapClass]]))),
      };
    };
    for (let round = 0; round < 20; round++) {
      const a = randomMap();
      const b = randomMap();
      const sectors = compareSectors(a.map, b.map);
      const count = (belongs: (inA: number, inB: number) => boolean) =>
        a.cells.filter((inA, sector) => belongs(inA, b.cells[sector]!)).length;
      expect(sectors.onlyA).toBe(count((inA, inB) => inA >= 0 && inB < 0));
      expect(sectors.onlyB).toBe(count((inA, inB) => inA < 0 && inB >= 0));
      expect(sectors.both).toBe(count((inA, inB) => inA >= 0 && inB >= 0));
      expect(sectors.classChanged).toBe(count((inA, inB) => inA >= 0 && inB >= 0 && inA !== inB));
      expect(sectors.runs.reduce((sum, run) => sum + run.sectors, 0)).toBe(
        sectors.onlyA + sectors.onlyB + sectors.both,
      );
    }
  });
});
