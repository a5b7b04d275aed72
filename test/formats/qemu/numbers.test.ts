import fc from "fast-check";
import { expect, it } from "vitest";
import { EventArguments } from "../../../src/formats/qemu/eventArguments.ts";
import { takesNumber } from "../../../src/formats/qemu/numbers.ts";
import { Cursor } from "../../../src/formats/text/cursor.ts";

/** The 64 bits that are read from a text, and the text that is left; null where there is no number. */
function read(text: string): { bits: bigint; value: number; rest: string } | null {
  const bytes = new TextEncoder().encode(text);
  const cursor = new Cursor();
  cursor.set(bytes, 0, bytes.length);
  const event = new EventArguments();
  if (!takesNumber(cursor, event, 0)) return null;
  const bits = (BigInt.asUintN(32, BigInt(event.high[0]!)) << 32n) | BigInt(event.low[0]!);
  return { bits, value: event.value[0]!, rest: cursor.text(cursor.end) };
}

const bits64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
/** Of all lengths, since most numbers of 64 bits have 19 digits. */
const unsigned = fc.tuple(bits64, fc.nat({ max: 63 })).map(([bits, shift]) => bits >> BigInt(shift));

it("keeps every bit of what %u and %x print, and a double's value as signed", () => {
  const property = fc.property(unsigned, (bits) => {
    for (const text of [`${bits}`, `0x${bits.toString(16)}`])
      expect(read(`${text} x`)).toEqual({ bits, value: Number(BigInt.asIntN(64, bits)), rest: " x" });
  });
  fc.assert(property, { numRuns: 500 });
});

it("keeps every bit of what %d prints", () => {
  const property = fc.property(unsigned, (bits) => {
    const signed = BigInt.asIntN(64, bits);
    expect(read(`${signed}`)).toEqual({ bits, value: Number(signed), rest: "" });
  });
  fc.assert(property, { numRuns: 500 });
});

it("reads glibc's null pointer as 0", () => expect(read("(nil),")).toEqual({ bits: 0n, value: 0, rest: "," }));

it.each(["", "-", "0x", "x1", "(null)", "18446744073709551616", "123456789012345678901", "0x10000000000000000"])(
  "finds no number of 64 bits in %j",
  (text) => expect(read(text)).toBeNull(),
);
