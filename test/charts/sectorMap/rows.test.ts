import { describe, expect, it } from "vitest";
import { classLook } from "../../../src/charts/sectorMap/looks.ts";
import { type MapExtent, type MapLine, MOST_LINES, planRows } from "../../../src/charts/sectorMap/rows.ts";
import type { Segment } from "../../../src/charts/sectorMap/segments.ts";

const EXTENT: MapExtent = { cellSectors: 1, deviceSectors: null, markedSectors: [] };
const write = (first: number, length: number): Segment => ({ first, end: first + length, looks: [classLook(2)] });

function shown(lines: readonly MapLine[]): readonly string[] {
  return lines.map((line) => (line.kind === "row" ? `row ${line.row}` : `${line.rows} ${line.kind}`));
}

describe("rows of a sector map", () => {
  it("are 64 cells, and a run goes on in the next one", () => {
    const [first, second] = planRows([write(60, 8)], EXTENT).lines;
    expect(first).toEqual({ kind: "row", row: 0, pieces: [{ from: 60, to: 64, looks: [classLook(2)] }] });
    expect(second).toEqual({ kind: "row", row: 1, pieces: [{ from: 0, to: 4, looks: [classLook(2)] }] });
  });

  it("are drawn when one of them is untouched, folded when two or more are", () => {
    expect(shown(planRows([write(0, 1), write(128, 1), write(320, 1)], EXTENT).lines)).toEqual([
      "row 0",
      "row 1",
      "row 2",
      "2 untouched",
      "row 5",
    ]);
  });

  it("are folded up to the end of the device", () => {
    expect(shown(planRows([write(0, 1)], { ...EXTENT, deviceSectors: 640 }).lines)).toEqual(["row 0", "9 untouched"]);
  });

  it("are drawn where a partition starts, even untouched", () => {
    expect(shown(planRows([write(0, 1)], { ...EXTENT, markedSectors: [2048] }).lines)).toEqual([
      "row 0",
      "31 untouched",
      "row 32",
    ]);
  });

  it("are folded when twelve full ones look alike, the first being drawn", () => {
    expect(shown(planRows([write(0, 12 * 64)], EXTENT).lines)).toEqual(["row 0", "11 repeated"]);
    expect(planRows([write(0, 11 * 64)], EXTENT).lines).toHaveLength(11);
  });

  it("are drawn inside a fold where a partition starts", () => {
    expect(shown(planRows([write(0, 40 * 64)], { ...EXTENT, markedSectors: [20 * 64] }).lines)).toEqual([
      "row 0",
      "19 repeated",
      "row 20",
      "row 21",
      "18 repeated",
    ]);
  });

  it("become coarser until there are few enough", () => {
    const scattered = Array.from({ length: 1000 }, (_, i) => write(i * 128, 1));
    const { cellSectors, lines } = planRows(scattered, EXTENT);
    expect(cellSectors).toBe(32);
    expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
    const cells = lines.reduce((sum, line) => sum + (line.kind === "row" ? line.pieces.length : 0), 0);
    expect(cells).toBe(1000);
  });

  it("are never finer than the data", () => {
    expect(planRows([write(0, 8)], { ...EXTENT, cellSectors: 8 }).cellSectors).toBe(8);
  });

  it("are cut beyond the coarsest cells, and the cut says how many are left", () => {
    const tebibyteSectors = 2 ** 31;
    const scattered = Array.from({ length: 1000 }, (_, i) => write(i * tebibyteSectors, 1));
    const { lines } = planRows(scattered, EXTENT);
    const last = lines.at(-1)!;
    expect(lines).toHaveLength(MOST_LINES + 1);
    expect(last.kind).toBe("cut");
    expect(last.row + (last.kind === "cut" ? last.rows : 0)).toBe(999 * 16 + 1);
  });

  it("of a terabyte written from end to end are two lines", () => {
    expect(planRows([write(0, 2 ** 31)], EXTENT).lines).toHaveLength(2);
  });
});
