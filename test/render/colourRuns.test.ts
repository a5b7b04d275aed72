import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ColourRuns, findRuns } from "../../src/render/colourRuns.ts";

/** The runs of a picture in one piece. */
function runsOf(words: Uint32Array, widthPx: number): ColourRuns {
  const finder = findRuns(widthPx, words.length / widthPx);
  finder.add(new Uint8Array(words.buffer));
  return finder.end();
}

/** The pixels that runs stand for. */
function pixels(words: Uint32Array, widthPx: number): number[] {
  const { heightPx, colours, rowStarts, ends, numbers } = runsOf(words, widthPx);
  let row: number[] = [];
  return Array.from({ length: heightPx }, (_, y) => {
    if (rowStarts[y] !== rowStarts[y + 1]) row = [];
    for (let run = rowStarts[y]!; run < rowStarts[y + 1]!; run++)
      while (row.length < ends[run]!) row.push(colours[numbers[run]!]!);
    return row;
  }).flat();
}

describe("findRuns", () => {
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
    const { colours, counts } = runsOf(words, 200);
    expect(colours).toHaveLength(10_007);
    const expected = new Map<number, number>();
    for (const word of words) expected.set(word, (expected.get(word) ?? 0) + 1);
    expect(new Map(Array.from(colours, (colour, i) => [colour, counts[i]]))).toEqual(expected);
  });

  it("counts the pixels of rows that are alike", () => {
    const { counts } = runsOf(Uint32Array.from([1, 2, 2, 1, 2, 2, 2, 2, 1]), 3);
    expect([...counts]).toEqual([3, 6]);
  });

  it("finds the same where the rows come in pieces, and another picture's between them", () => {
    const colour = fc.constantFrom(1, 2, 3);
    const rows = fc.array(fc.array(colour, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 5 }), (all, rowsAtATime) => {
        const words = Uint32Array.from(all.flat());
        const finders = [findRuns(2, all.length), findRuns(2, all.length)];
        for (let y = 0; y < all.length; y += rowsAtATime) {
          const piece = words.slice(2 * y, 2 * (y + rowsAtATime));
          finders[0]!.add(new Uint8Array(piece.buffer));
          finders[1]!.add(new Uint8Array(piece.map((word) => 4 - word).buffer));
        }
        expect(finders[0]!.end()).toEqual(runsOf(words, 2));
        expect(finders[1]!.end()).toEqual(
          runsOf(
            words.map((word) => 4 - word),
            2,
          ),
        );
      }),
    );
  });
});
