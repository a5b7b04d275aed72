import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addGroups, putGroup, putNumber, sortBlock, turnIntoGaps } from "../../../src/analysis/kernels/block.ts";
import {
  addToHistogram,
  bucketCounts,
  histogramCount,
  histogramMax,
  histogramMean,
  histogramMin,
  type LogHistogram,
  startLogHistogram,
} from "../../../src/analysis/kernels/logHistogram.ts";

const GROUPS = 5;
const number = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 20 }),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  fc.double({ min: 0, max: 4, noNaN: true }),
  fc.constant(Number.NaN),
);
const row = fc.tuple(fc.integer({ min: 0, max: GROUPS - 1 }), number);

/** What a histogram says, without the room behind its last bucket. */
function factsOf(histogram: LogHistogram | undefined) {
  if (histogram === undefined) return null;
  const counts = Array.from(bucketCounts(histogram));
  const used = counts.slice(0, counts.findLastIndex((count) => count > 0) + 1);
  return [histogramCount(histogram), histogramMin(histogram), histogramMax(histogram), histogramMean(histogram), used];
}

describe("a block", () => {
  it("adds to the histogram of each group what adding one by one does, to the last bit", () => {
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 40 }), { maxLength: 4 }), (blocks) => {
        const byBlock: (LogHistogram | undefined)[] = [];
        const oneByOne: (LogHistogram | undefined)[] = [];
        for (const rows of blocks) {
          for (const [k, [group]] of rows.entries()) putGroup(k, group);
          sortBlock(GROUPS, rows.length);
          rows.forEach(([group, value], k) => {
            putNumber(k, value);
            if (Number.isNaN(value)) return;
            oneByOne[group] ??= startLogHistogram();
            addToHistogram(oneByOne[group], value);
          });
          addGroups(byBlock, GROUPS);
        }
        for (let group = 0; group < GROUPS; group++) expect(factsOf(byBlock[group])).toEqual(factsOf(oneByOne[group]));
      }),
    );
  });

  it("keeps the sum of numbers that are together beyond what a double holds", () => {
    const most = Number.MAX_SAFE_INTEGER;
    for (let k = 0; k < 3; k++) putGroup(k, 0);
    sortBlock(1, 3);
    for (let k = 0; k < 3; k++) putNumber(k, most);
    const histograms: LogHistogram[] = [];
    addGroups(histograms, 1);
    expect(histogramMean(histograms[0]!)).toBe(most);
  });

  it("turns times into gaps of 1 or more, the first one since the time before", () => {
    const times = [10, 10, 7, 20];
    for (let k = 0; k < times.length; k++) putGroup(k, 0);
    sortBlock(1, times.length);
    for (const [k, time] of times.entries()) putNumber(k, time);
    expect(turnIntoGaps(0, 4)).toBe(20);
    const histograms: LogHistogram[] = [];
    addGroups(histograms, 1);
    expect([histogramCount(histograms[0]!), histogramMean(histograms[0]!) * 4]).toEqual([4, 6 + 1 + 1 + 13]);
  });
});
