import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { colourRuns } from "../../src/render/colourRuns.ts";

/** The pixels that runs stand for. */
function pixels(words: Uint32Array, widthPx: number): number[] {
  const heightPx = words.length / widthPx;
  const { colours, rowStarts, ends, numbers } = colourRuns(new Uint8Array(words.buffer), widthPx, heightPx);
  let row: number[] = [];
  return Array.from({ length: heightPx }, (_, y) => {
    if (rowStarts[y] !== rowStarts[y + 1]) row = [];
    for (let run = rowStarts[y]!; run < rowStarts[y + 1]!; run++)
      while (row.length < ends[run]!) row.push(colours[numbers[run]!]!);
    return row;
  }).flat();
}

describe("colourRuns", () => {
  it("stands for every pixel, whatever the colours and the rows that are alike", () => {
    const colour = fc.constantFrom(0, 0xffff_ffff, 0xff00_00ff, 0x8012_3456, 0x7fff_ffff);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.array(colour, { minLength: 1, maxLength: 80 }), (width, all) => {
        const row = Array.from({ length: width }, (_, x) => all[x % all.length]!);
        const words = Uint32Array.from([...row, ...row, ...all.slice(0, all.length - (all.length % width)), ...row]);
        expect(pixels(words, width)).toEqual([...words]);
      }),
    );
  });

  it("tells more colours apart than it remembers, and counts their pixels", () => {
    const words = Uint32Array.from({ length: 40_000 }, (_, i) => 0xff00_0000 + ((i * 7919) % 10_007));
    expect(pixels(words, 200)).toEqual([...words]);
    const { colours, counts } = colourRuns(new Uint8Array(words.buffer), 200, 200);
    expect(colours).toHaveLength(10_007);
    const expected = new Map<number, number>();
    for (const word of words) expected.set(word, (expected.get(word) ?? 0) + 1);
    expect(new Map(Array.from(colours, (colour, i) => [colour, counts[i]]))).toEqual(expected);
  });

  it("counts the pixels of rows that are alike", () => {
    const { counts } = colourRuns(new Uint8Array(Uint32Array.from([1, 2, 2, 1, 2, 2, 2, 2, 1]).buffer), 3, 3);
    expect([...counts]).toEqual([3, 6]);
  });
});
