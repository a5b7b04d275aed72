import fc from "fast-check";
import { expect, it } from "vitest";
import { fourDigits, oddDigits, zeroPadded } from "../../../src/formats/text/digitWords.ts";

function wordOf(bytes: readonly number[]): number {
  return new DataView(Uint8Array.from(bytes).buffer).getInt32(0, true);
}

const digit = fc.integer({ min: 48, max: 57 });
const almostDigit = fc.oneof(digit, fc.constantFrom(32, 47, 58, 33, 41), fc.nat(255));
const fourBytes = fc.array(almostDigit, { minLength: 4, maxLength: 4 });

function textOf(bytes: readonly number[]): string {
  return String.fromCharCode(...bytes);
}

it("tells four digits from all else", () => {
  const property = fc.property(fourBytes, (bytes) => {
    expect(oddDigits(wordOf(bytes)) === 0).toBe(/^[0-9]{4}$/.test(textOf(bytes)));
  });
  fc.assert(property, { numRuns: 2000 });
});

it("gives the number of every four digits", () => {
  for (let number = 0; number < 10_000; number++) {
    const text = String(number).padStart(4, "0");
    expect(fourDigits(wordOf([...Buffer.from(text)]))).toBe(number);
  }
});

it("takes spaces before digits for zeros, and no others", () => {
  const property = fc.property(fourBytes, (bytes) => {
    const text = textOf(bytes);
    const word = zeroPadded(wordOf(bytes));
    expect(oddDigits(word) === 0).toBe(/^ *[0-9]*$/.test(text));
    if (oddDigits(word) === 0) expect(fourDigits(word)).toBe(Number(text));
  });
  fc.assert(property, { numRuns: 2000 });
});
