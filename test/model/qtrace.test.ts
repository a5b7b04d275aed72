import { expect, it } from "vitest";
import { QtraceDetector, type QtraceMatch } from "../../src/model/qtrace.ts";

/** The reads' sectors, one a row; null is a row of something else. */
function matches(sectors: readonly (number | null)[]): QtraceMatch[] {
  const detector = new QtraceDetector();
  return sectors.flatMap((sector, row) => {
    const match = sector === null ? null : detector.sectorRead(sector * 512, row, row * 10);
    return match === null ? [] : [match];
  });
}

const apart = (rows: number) => Array.from({ length: rows }, () => null);

it("recognises on and off, with the first read's row and time", () => {
  expect(matches([0, 2, 21, 15, 2, 5, 2, 15, 21, 2])).toEqual([
    { switch: "on", firstRow: 1, firstNs: 10 },
    { switch: "off", firstRow: 6, firstNs: 60 },
  ]);
});

it("recognises a pattern after the beginning of the other one", () => {
  expect(matches([2, 15, 2, 21, 15, 2])).toEqual([{ switch: "on", firstRow: 2, firstNs: 20 }]);
  expect(matches([2, 21, 2, 15, 21, 2])).toEqual([{ switch: "off", firstRow: 2, firstNs: 20 }]);
  expect(matches([2, 15, 2, 15, 21, 2])).toEqual([{ switch: "off", firstRow: 2, firstNs: 20 }]);
});

it("lets other requests stand between the reads, but not for 64 rows", () => {
  expect(matches([2, ...apart(20), 21, ...apart(20), 15, ...apart(20), 2])).toHaveLength(1);
  expect(matches([2, ...apart(20), 21, ...apart(20), 15, ...apart(21), 2])).toHaveLength(0);
});

it("lets no other single sector stand between the reads", () => {
  expect(matches([2, 21, 3, 15, 2])).toEqual([]);
});

it("does not count a read twice", () => {
  expect(matches([2, 21, 15, 2, 15, 21, 2]).map((match) => match.switch)).toEqual(["on"]);
});

it("knows since when an off pattern is pending", () => {
  const detector = new QtraceDetector();
  expect(detector.pendingOff(0)).toBe(Number.POSITIVE_INFINITY);
  detector.sectorRead(2 * 512, 7, 0);
  expect([detector.pendingOff(8), detector.pendingOff(70), detector.pendingOff(71)]).toEqual([
    7,
    7,
    Number.POSITIVE_INFINITY,
  ]);
  detector.sectorRead(3 * 512, 8, 0);
  expect(detector.pendingOff(9)).toBe(Number.POSITIVE_INFINITY);
});
