import fc from "fast-check";
import { expect, it } from "vitest";
import { Lines, word } from "../../src/convert/lines.ts";

it("writes whole numbers as JavaScript does", () => {
  const wholes = fc.array(
    fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(0, 9, 10, 999_999_999, 1e9, -1e9, 1e15)),
  );
  const property = fc.property(wholes, (numbers) => {
    const lines = new Lines();
    for (const number of numbers) {
      lines.number(number);
      lines.word(word("\n"));
    }
    expect(new TextDecoder().decode(lines.take())).toBe(numbers.map((number) => `${number + 0}\n`).join(""));
    expect(lines.take()).toHaveLength(0);
  });
  fc.assert(property, { numRuns: 300 });
});
