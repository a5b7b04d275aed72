import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classLook, classOf, DISCARDED, merged, ZEROED } from "../../../src/charts/sectorMap/looks.ts";
import { cellsIn, coarsened, rangesIn, type Segment, segmentsOf } from "../../../src/charts/sectorMap/segments.ts";

const READ = classLook(0);
const WRITE = classLook(2);
const segment = (first: number, end: number, look: number): Segment => ({ first, end, looks: [look] });
const overlay = (...runs: [number, number][]) => ({ cells: runs.reduce((sum, [, n]) => sum + n, 0), runs });
const mapOf = (runs: [number, number, number][], discard = overlay(), writeZeroes = overlay()) => ({
  cellSectors: 1,
  cells: { alignedRead: 0, unalignedRead: 0, alignedWrite: 0, unalignedWrite: 0 },
  runs,
  discard,
  writeZeroes,
});

describe("looks", () => {
  it("keep the stronger class and every overlay when they are merged", () => {
    expect(merged(READ | DISCARDED, WRITE | ZEROED)).toBe(WRITE | DISCARDED | ZEROED);
    expect(classOf(DISCARDED)).toBe(-1);
  });
});

describe("segments", () => {
  it("lie where a class or an overlay begins or ends", () => {
    expect(segmentsOf(mapOf([[0, 8, 0]], overlay([4, 8])))).toEqual([
      segment(0, 4, READ),
      segment(4, 8, READ | DISCARDED),
      segment(8, 12, DISCARDED),
    ]);
  });

  it("join neighbours that look alike", () => {
    expect(segmentsOf(mapOf([], overlay([0, 4], [4, 4])))).toEqual([segment(0, 8, DISCARDED)]);
  });

  it("are empty for a map that nothing touched", () => {
    expect(segmentsOf(mapOf([]))).toEqual([]);
  });

  it("count ranges by gaps, whatever the classes", () => {
    expect(rangesIn([segment(0, 4, READ), segment(4, 8, WRITE), segment(9, 10, READ)])).toBe(2);
  });
});

describe("coarser cells", () => {
  it("take the strongest of what shares them", () => {
    expect(coarsened([segment(0, 3, WRITE), segment(3, 9, READ)], 4)).toEqual([
      segment(0, 1, WRITE),
      segment(1, 3, READ),
    ]);
  });

  it("split a run whose last cell is shared with something stronger", () => {
    expect(coarsened([segment(0, 9, READ), segment(9, 10, WRITE)], 4)).toEqual([
      segment(0, 2, READ),
      segment(2, 3, WRITE),
    ]);
  });

  it("are what painting cell by cell gives", () => {
    const runs = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 9 }), fc.nat(3)), { maxLength: 30 });
    fc.assert(
      fc.property(runs, fc.constantFrom(1, 2, 4, 8, 16), (gaps, factor) => {
        let at = 0;
        const segments = gaps.map(([gap, length, sectorClass]) => {
          const first = at + gap;
          at = first + length;
          return segment(first, at, classLook(sectorClass));
        });
        expect(painted(coarsened(segments, factor), 1)).toEqual(painted(segments, factor));
      }),
    );
  });
});

function painted(segments: readonly Segment[], factor: number): Record<number, number> {
  const cells: Record<number, number> = {};
  for (const { first, end, looks } of segments)
    for (let unit = first; unit < end; unit++) {
      const cell = Math.floor(unit / factor);
      cells[cell] = merged(cells[cell] ?? 0, looks[0]!);
    }
  return cells;
}

describe("counting", () => {
  it("adds the lengths of what is asked for", () => {
    expect(cellsIn([segment(0, 4, READ), segment(6, 8, WRITE)], ([look]) => look === WRITE)).toBe(2);
  });
});
