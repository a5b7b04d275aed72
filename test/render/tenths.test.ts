import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shortNumbers } from "../../src/render/tenths.ts";

/** Slow and obvious. */
function roundedNumbers(text: string): string {
  return text.replace(/-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi, (number) =>
    String(Math.round(Number(number) * 10) / 10 + 0).replace(/^(-?)0\./, "$1."),
  );
}

const number = fc.oneof(
  fc.integer({ min: -99_999, max: 99_999 }).map((thousandths) => String(thousandths / 1000)),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }).map(String),
);

describe("shortNumbers", () => {
  it("rounds numbers and leaves everything between them", () => {
    expect(shortNumbers("translate(12.34,-0.04)rotate(-90)")).toBe("translate(12.3,0)rotate(-90)");
  });

  it.each([
    ["0.96", "1"],
    ["-0.25", "-.2"],
    [".5", ".5"],
    ["7.", "7"],
    ["1e-15", "0"],
    ["2.5E1", "25"],
    ["1.25.35", "1.3.4"],
    ["3-4", "3-4"],
    ["- .", "- ."],
    ["0.10000000000000000000001", ".1"],
  ])("writes %s as %s", (written, short) => {
    expect(shortNumbers(written)).toBe(short);
  });

  it("gives what reading each number with Number gives", () => {
    const between = fc.string({ unit: fc.constantFrom(" ", ",", "-", ".", "M", "h", "(", "+"), minLength: 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, between), { maxLength: 12 }), (parts) => {
        const text = parts.flat().join("");
        expect(shortNumbers(text)).toBe(roundedNumbers(text));
      }),
      { numRuns: 1000 },
    );
  });
});
