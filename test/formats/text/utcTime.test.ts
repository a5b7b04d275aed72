import fc from "fast-check";
import { expect, it } from "vitest";
import { Cursor } from "../../../src/formats/text/cursor.ts";
import { iso8601Microseconds, utcMicroseconds } from "../../../src/formats/text/utcTime.ts";

function read(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const cursor = new Cursor();
  cursor.set(bytes, 0, bytes.length);
  return utcMicroseconds(cursor);
}

it("counts microseconds as Date counts milliseconds, from 1970 to 2199", () => {
  const milliseconds = fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) - 1 });
  const property = fc.property(milliseconds, fc.nat({ max: 999 }), (ms, microseconds) => {
    const iso = new Date(ms).toISOString();
    const text = `${iso.slice(0, 10)} ${iso.slice(11, 23)}${String(microseconds).padStart(3, "0")}`;
    expect(read(text)).toBe(ms * 1000 + microseconds);
  });
  fc.assert(property, { numRuns: 1000 });
});

it("counts a leap day", () => {
  expect(read("2024-03-01 00:00:00.000000") - read("2024-02-29 00:00:00.000000")).toBe(86_400e6);
});

it("gives NaN for what is no time", () => {
  for (const text of [
    "",
    "2026-13-01 00:00:00.000000",
    "2026-00-01 00:00:00.000000",
    "2026-01-32 00:00:00.000000",
    "2026-01-01 24:00:00.000000",
    "2026-01-01 00:60:00.000000",
    "2026-01-01 00:00:61.000000",
    "2026-01-01 00:00:00.00000",
    "2026-01-01T00:00:00.000000",
    "2026/01/01 00:00:00.000000",
  ])
    expect(read(text), text).toBeNaN();
});

it("reads ISO 8601 as GLib writes it, with six decimals or none", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const readIso = (text: string) => {
    const cursor = new Cursor();
    cursor.set(bytes(text), 0, bytes(text).length);
    return iso8601Microseconds(cursor);
  };
  expect(readIso("2026-11-22T21:54:40.275606Z")).toBe(Date.UTC(2026, 10, 22, 21, 54, 40) * 1000 + 275606);
  expect(readIso("2026-11-22T21:54:40Z")).toBe(Date.UTC(2026, 10, 22, 21, 54, 40) * 1000);
  for (const text of ["2026-11-22T21:54:40", "2026-11-22 21:54:40Z", "2026-11-22T21:54:40.27Z", "2026-13-22T21:54:40Z"])
    expect(readIso(text), text).toBeNaN();
});
