import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ColourTable, colourTable } from "../../src/render/colourTable.ts";

const channels = (colour: number) => [0, 8, 16, 24].map((shift) => (colour >>> shift) & 255);

/** The same table, from every colour's distance to every one that is chosen. */
function slowTable(colours: readonly number[], counts: readonly number[]): ColourTable {
  const all = colours.map(channels);
  const distances = all.map((a) => all.map((b) => a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0)));
  const byCount = [...colours.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b);
  const chosen = byCount.slice(0, colours.length <= 256 ? 256 : 192);
  const toChosen = (from: readonly number[]) => chosen.map((number) => from[number]!);
  while (colours.length > 256 && chosen.length < 256) {
    const far = distances.map((from) => Math.min(...toChosen(from)));
    chosen.push(far.indexOf(Math.max(...far)));
  }
  const places = distances.map((from) => toChosen(from).indexOf(Math.min(...toChosen(from))));
  return { colours: Uint32Array.from(chosen, (number) => colours[number]!), places: Uint8Array.from(places) };
}

describe("colourTable", () => {
  it("is the one of the slow way, for opaque and other colours, with as many pixels of several", () => {
    // Few levels a channel, so that many colours are as far from two others; and greys, whose sums are farthest apart.
    const level = fc.integer({ min: 0, max: 7 }).map((value) => value * 11);
    const coloured = fc.tuple(level, level, level, fc.constantFrom(255, 90));
    const grey = fc.integer({ min: 0, max: 255 }).map((value) => [value, value, value, value] as const);
    const asWord = ([red, green, blue, alpha]: readonly number[]) =>
      (red! | (green! << 8) | (blue! << 16) | (alpha! << 24)) >>> 0;
    const colour = fc.oneof(coloured, grey).map(asWord);
    const all = fc.oneof(
      fc.uniqueArray(colour, { minLength: 1, maxLength: 256 }),
      fc.uniqueArray(colour, { minLength: 260, maxLength: 330 }),
    );
    fc.assert(
      fc.property(
        all,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 330, maxLength: 330 }),
        (colours, some) => {
          const counts = some.slice(0, colours.length);
          const table = colourTable({ colours: Uint32Array.from(colours), counts: Float64Array.from(counts) });
          expect(table).toEqual(slowTable(colours, counts));
        },
      ),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it("keeps every colour that it holds, and is full, where there are more than it can hold", () => {
    const colours = Uint32Array.from({ length: 900 }, (_, i) => ((i * 7919) % 0xff_ffff) + 0xff00_0000);
    const counts = Float64Array.from(colours, (_, i) => (i % 50) + 1);
    const { colours: chosen, places } = colourTable({ colours, counts });
    expect(new Set(chosen).size).toBe(256);
    for (const [i, colour] of colours.entries()) if (chosen.includes(colour)) expect(chosen[places[i]!]).toBe(colour);
  });
});
