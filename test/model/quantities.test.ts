import { describe, expect, it } from "vitest";
import {
  allOf,
  bytesText,
  counted,
  countText,
  durationText,
  sentence,
  shareText,
  unbroken,
} from "../../src/model/quantities.ts";

describe("numbers as people read them", () => {
  it("groups thousands by a narrow space that does not break", () => {
    expect([0, 999, 20480, 1_234_567, -1000].map(countText)).toEqual([
      "0",
      "999",
      "20\u202f480",
      "1\u202f234\u202f567",
      "\u22121\u202f000",
    ]);
  });

  it("gives bytes in binary units, with one decimal only where it says something", () => {
    expect([0, 512, 1024, 66_560, 67_584, 1_572_864, 2 ** 40].map(bytesText)).toEqual([
      "0 B",
      "512 B",
      "1 KiB",
      "65 KiB",
      "66 KiB",
      "1.5 MiB",
      "1 TiB",
    ]);
  });

  it("gives times with three significant digits", () => {
    expect([0, 9, 1500, 683_000, 1_585_000, 4_494_000_000, 999e9, 1800e9, 140_400e9].map(durationText)).toEqual([
      "0 ns",
      "9 ns",
      "1.5 µs",
      "683 µs",
      "1.58 ms",
      "4.49 s",
      "999 s",
      "30 min",
      "39 h",
    ]);
  });

  it("never rounds a share to all or nothing that is not", () => {
    expect([0, 0.0004, 0.05, 0.5, 0.9999, 1].map(shareText)).toEqual([
      "0 %",
      "<0.1 %",
      "5.0 %",
      "50 %",
      ">99 %",
      "100 %",
    ]);
  });

  it("says all of one, two and more", () => {
    expect([1, 2, 3].map((count) => allOf(count, "flush", "flushes"))).toEqual([
      "the only flush",
      "both flushes",
      "all 3 flushes",
    ]);
    expect(sentence(allOf(2, "write"))).toBe("Both writes");
  });

  it("counts one in the singular", () => {
    expect([counted(1, "flush", "flushes"), counted(2, "flush", "flushes")]).toEqual(["1 flush", "2 flushes"]);
  });

  it("keeps a number and its unit on one line, and nothing else", () => {
    expect(unbroken("5 writes of 4 KiB in 1.5 s, 12 % of 3 MiB/s; B 2 Bs")).toBe(
      "5 writes of 4\u00a0KiB in 1.5\u00a0s, 12\u00a0% of 3\u00a0MiB/s; B 2 Bs",
    );
  });
});
