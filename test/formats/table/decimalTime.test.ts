import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ColumnClock } from "../../../src/formats/table/columnClock.ts";
import { LineFields } from "../../../src/formats/table/lineFields.ts";
import { word } from "../../../src/formats/text/cursor.ts";
import { Line } from "../../../src/formats/text/line.ts";

function fieldsOf(text: string): LineFields {
  const line = new Line("");
  const bytes = word(text);
  line.set(bytes, 0, bytes.length);
  const fields = new LineFields(",", false);
  fields.split(line);
  return fields;
}

/** Nanoseconds of each time since the first one. */
function sinceFirst(texts: readonly string[], unitNs: number): number[] {
  const clock = new ColumnClock(unitNs);
  return texts.map((text) => (clock.read(fieldsOf(text), 0) ? clock.sinceZeroNs() : Number.NaN));
}

describe("times of a column", () => {
  it("are exact beyond 2^53", () => {
    expect(sinceFirst(["128166372003061629", "128166372003061630", "128172302508563491"], 100)).toEqual([
      0, 100, 593050550186200,
    ]);
    expect(sinceFirst(["1700000000000000001", "1700000000000000003"], 1)).toEqual([0, 2]);
    expect(sinceFirst(["1456095145.133076001", "1456095145.133076002"], 1e9)).toEqual([0, 1]);
  });

  it("may be negative, and may change their number of digits", () => {
    expect(sinceFirst(["-1.5", "0.25", "10", "-2"], 1e9)).toEqual([0, 1.75e9, 11.5e9, -0.5e9]);
    expect(sinceFirst(["999999999999999999", "1000000000000000001"], 1)).toEqual([0, 2]);
  });

  it("know picoseconds", () => expect(sinceFirst(["1000", "3500"], 1e-3)).toEqual([0, 2.5]));

  it("take nine decimals, and no more", () =>
    expect(sinceFirst(["0", "0.0000000019", ".5"], 1e9)).toEqual([0, 1, Number.NaN]));

  it.each(["", "-", "1e9", "1.2.3", "12:00", "1.", "1,", "+1", "1".repeat(28)])("say whether %j is one", (text) => {
    expect(sinceFirst([text], 1)).toEqual([text === "1." || text === "1," ? 0 : Number.NaN]);
  });

  it("are what exact integers say", () => {
    const micros = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
    const nearby = fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { maxLength: 5 });
    fc.assert(
      fc.property(micros, nearby, (first, steps) => {
        const times = [first, ...steps.map((step) => first + step)];
        expect(sinceFirst(times.map(String), 1000)).toEqual(times.map((time) => Number((time - first) * 1000n)));
      }),
    );
  });

  it("count from another column's first time", () => {
    const issued = new ColumnClock(1000);
    const completed = new ColumnClock(1, issued);
    issued.read(fieldsOf("1577808000000046"), 0);
    expect(issued.sinceZeroNs()).toBe(0);
    completed.read(fieldsOf("1577808000000047500"), 0);
    expect(completed.sinceZeroNs()).toBe(1500);
    expect(issued.zeroNs).toBe(1577808000000046000n);
  });
});
