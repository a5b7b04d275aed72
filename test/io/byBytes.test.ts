import fc from "fast-check";
import { expect, test } from "vitest";
import { byBytes } from "../../src/io/walk.ts";

const sign = (number: number) => Math.sign(number);

test("the order is that of the bytes of UTF-8", () => {
  const text = fc.string({ unit: "binary", maxLength: 6 });
  fc.assert(
    fc.property(text, text, text, (start, a, b) => {
      const [x, y] = [start + a, start + b];
      expect(sign(byBytes(x, y))).toBe(Buffer.compare(Buffer.from(x), Buffer.from(y)));
    }),
    {
      examples: [
        ["", "\u{1F600}", "\uFFFD"],
        ["a", "", "b"],
        ["\u{1F600}", "\u{1F601}", "\u{1F601}"],
      ],
    },
  );
});
