import fc from "fast-check";
import { expect, it } from "vitest";
import { addLater, isLaterFull, largestAfter, startLaterLargest, thinLater } from "../../src/analysis/laterLargest.ts";

it("tells the largest after a row, of equals the first, however many come", () => {
  const lengths = fc.array(fc.constantFrom<number>(0, 512, 4096, 4096, 8192), {
    minLength: 1500,
    maxLength: 3000,
    size: "max",
  });
  let wasFull = false;
  const property = fc.property(lengths, fc.array(fc.nat(2999), { minLength: 1, maxLength: 200 }), (bytes, places) => {
    const asked = [...new Set(places)].filter((row) => row < bytes.length).sort((a, b) => a - b);
    const later = startLaterLargest();
    bytes.forEach((lengthBytes, row) => {
      if (isLaterFull(later)) {
        wasFull = true;
        thinLater(
          later,
          asked.filter((each) => each < row),
        );
      }
      addLater(later, row, row % 3, lengthBytes);
    });
    for (const row of asked) {
      const after = bytes.slice(row + 1);
      const lengthBytes = Math.max(0, ...after);
      const largest = row + 1 + after.indexOf(lengthBytes);
      expect(largestAfter(later, row)).toEqual(
        lengthBytes === 0 ? null : { row: largest, op: largest % 3, lengthBytes },
      );
    }
  });
  const equals: [number[], number[]] = [new Array(3000).fill(4096), [5, 700, 1500, 2999]];
  fc.assert(property, { numRuns: 30, examples: [equals] });
  expect(wasFull).toBe(true);
});
