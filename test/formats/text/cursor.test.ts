import fc from "fast-check";
import { expect, it } from "vitest";
import { Cursor, word } from "../../../src/formats/text/cursor.ts";

function over(text: string): Cursor {
  const bytes = new TextEncoder().encode(`<${text}`);
  const cursor = new Cursor();
  cursor.set(bytes, 1, bytes.length);
  return cursor;
}

it("reads every whole number up to 2^53 exactly, in decimal and hexadecimal", () => {
  const property = fc.property(fc.maxSafeNat(), (value) => {
    expect(over(String(value)).decimal()).toBe(value);
    expect(over(value.toString(16)).hex()).toBe(value);
    expect(over(value.toString(16).toUpperCase()).hex()).toBe(value);
  });
  fc.assert(property, { numRuns: 1000 });
});

it("reads numbers at the ends of the fast ways exactly", () => {
  for (const text of ["0", "999999999", "1000000000", "4294967296", "9007199254740991", "0000000000000000000007"])
    expect(over(text).decimal()).toBe(Number(text));
  for (const text of ["0", "fffffff", "10000000", "ffffffff", "1fffffffffffff", "000000000000000000000f"])
    expect(over(text).hex()).toBe(Number(`0x${text}`));
});

it("gives Infinity for numbers beyond 2^53, however long", () => {
  for (const text of ["9007199254740992", "9007199254740993", "18446744073709551615", "9".repeat(5000)])
    expect(over(text).decimal()).toBe(Number.POSITIVE_INFINITY);
  for (const text of ["20000000000000", "20000000000001", "ffffffffffffffff", "f".repeat(5000)])
    expect(over(text).hex()).toBe(Number.POSITIVE_INFINITY);
});

it("gives NaN and stays where there is no number", () => {
  for (const text of ["", "x1", "-1", "+1", " 1", ":", "/"]) {
    const cursor = over(text);
    expect([cursor.decimal(), cursor.hex(), cursor.decimalField(), cursor.at]).toEqual([NaN, NaN, NaN, 1]);
  }
  expect([over("`").hex(), over("g").hex(), over("@").hex(), over("G").hex()]).toEqual([NaN, NaN, NaN, NaN]);
});

it("takes a number as a field only up to a blank or the end", () => {
  expect([over("12x4").decimalField(), over("12 4").decimalField(), over("12").decimalField()]).toEqual([NaN, 12, 12]);
});

it("reads exactly so many digits", () => {
  expect([over("0123").digits(2), over("7").digits(2), over("1x").digits(2)]).toEqual([1, NaN, NaN]);
});

it("takes a word only where all of it is next", () => {
  const cursor = over("read it");
  expect([cursor.takes(word("ready")), cursor.takes(word("read")), cursor.takes(word("it")), cursor.blanks()]).toEqual([
    false,
    true,
    false,
    true,
  ]);
  expect([cursor.takes(word("it's")), cursor.takes(word("it")), cursor.atEnd()]).toEqual([false, true, true]);
});

it("shows at most forty bytes of a value, with what would not print", () => {
  const cursor = over(`a\u0000${"b".repeat(60)}`);
  expect(cursor.quoted(cursor.fieldEnd())).toBe(`"a\\u0000${"b".repeat(38)}…"`);
});
