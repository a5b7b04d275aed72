import fc from "fast-check";
import { expect, it } from "vitest";
import { Cursor, word } from "../../../src/formats/text/cursor.ts";
import { fixedPointNs } from "../../../src/formats/text/fixedPoint.ts";

function read(text: string, unitNs: number): { ns: number; at: number } {
  const cursor = new Cursor();
  const bytes = word(text);
  cursor.set(bytes, 0, bytes.length);
  return { ns: fixedPointNs(cursor, unitNs), at: cursor.at };
}

it("reads seconds exactly to their last digit", () =>
  expect(read("13.370138207 x", 1e9)).toEqual({ ns: 13_370_138_207, at: 12 }));
it("reads milliseconds with two digits", () => expect(read("0.74", 1e6)).toEqual({ ns: 740_000, at: 4 }));
it("reads a whole number", () => expect(read("12", 1e6).ns).toBe(12e6));
it("reads what is below zero", () => expect(read("-0.000123", 1e9).ns).toBe(-123_000));
it("passes over digits beyond the ninth", () =>
  expect(read("1.1234567899", 1e9)).toEqual({ ns: 1_123_456_789, at: 12 }));
it("goes nowhere where no time is so long", () =>
  expect(read("09999999999999999999.5", 1e9)).toEqual({ ns: Number.NaN, at: 0 }));
it("goes nowhere without a number", () => expect(read("-.5", 1e9)).toEqual({ ns: Number.NaN, at: 0 }));
it("gives what whole arithmetic gives", () => {
  const digits = fc.integer({ min: 0, max: 999_999 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), digits, (whole, micros) => {
      expect(read(`${whole}.${String(micros).padStart(6, "0")}`, 1e9).ns).toBe(whole * 1e9 + micros * 1e3);
    }),
  );
});
