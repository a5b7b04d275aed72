import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineFields } from "../../../src/formats/table/lineFields.ts";
import { word } from "../../../src/formats/text/cursor.ts";
import { Line } from "../../../src/formats/text/line.ts";

/** The fields of a line that stands somewhere inside a piece of bytes; null where a quote does not end. */
function split(text: string, separator: "," | ";" | "\t" | " " = ",", quotes = true): string[] | null {
  const bytes = word(`x${text}"x`);
  const line = new Line("");
  line.set(bytes, 1, bytes.length - 2);
  const fields = new LineFields(separator, quotes);
  return fields.split(line) ? Array.from({ length: fields.count }, (_, i) => fields.text(i)) : null;
}

function wholes(text: string): number[] {
  const bytes = word(text);
  const line = new Line("");
  line.set(bytes, 0, bytes.length);
  const fields = new LineFields(",", true);
  fields.split(line);
  return Array.from({ length: fields.count }, (_, i) => fields.whole(i));
}

describe("the fields of a line", () => {
  it("stand between separators, without blanks around them", () => {
    expect(split(" a ,b,, c d\t")).toEqual(["a", "b", "", "c d"]);
    expect(split("a;b,c;", ";")).toEqual(["a", "b,c", ""]);
    expect(split("a\t b\t\tc ", "\t")).toEqual(["a", "b", "", "c"]);
    expect(split("  a b\t\tc ", " ")).toEqual(["a", "b", "c"]);
  });

  it("may be quoted, with what they separate and with quotes inside", () => {
    expect(split('"a,b","say ""hi""",,"",c"d')).toEqual(["a,b", 'say "hi"', "", "", 'c"d']);
    expect(split('"12",34')).toEqual(["12", "34"]);
  });

  it("are not told apart where a quote does not end as it should", () => {
    expect(split('a,"b')).toBeNull();
    expect(split('a,"b"c,d')).toBeNull();
    expect(split('a,"b""')).toBeNull();
  });

  it("keep quotes where the format has none", () => expect(split('"a,b"', ",", false)).toEqual(['"a', 'b"']));

  it("are what is written as RFC 4180 says", () => {
    const field = fc.string({ unit: fc.constantFrom('"', ",", ";", "a", "1", " ", "é"), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(field, { minLength: 2, maxLength: 6 }), (texts) => {
        const written = texts.map((text) => `"${text.replaceAll('"', '""')}"`);
        expect(split(written.join(","))).toEqual(texts);
      }),
    );
  });

  it("are what a split at commas says, where nothing is quoted", () => {
    const field = fc.string({ unit: fc.constantFrom("-", "a", "1", "0", " ", "\t", "."), maxLength: 30 });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (texts) => {
        expect(split(texts.join(","))).toEqual(texts.map((text) => text.replace(/^[ \t]+|[ \t]+$/g, "")));
      }),
    );
  });
});

describe("whole numbers", () => {
  it("fill their field", () => expect(wholes("7,12a,,-1,1.0, 42 ")).toEqual([7, NaN, NaN, NaN, NaN, 42]));

  it("are exact up to 2^53, and Infinity beyond", () => {
    expect(wholes("9007199254740991,9007199254740992,18446744073709551615")).toEqual([
      Number.MAX_SAFE_INTEGER,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it("are what Number says", () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 8 }), (numbers) => {
        expect(wholes(numbers.join(","))).toEqual(numbers);
      }),
    );
  });
});
