import { expect, it } from "vitest";
import { cellText } from "../../src/report/cellText.ts";

it("a cell is written by its kind", () => {
  expect(cellText(66560, "bytes")).toBe("65 KiB");
  expect(cellText(20480, "sector")).toBe("20\u202f480");
  expect(cellText(1_234_567, "ns")).toBe("1.23 ms");
  expect(cellText(0.123, "share")).toBe("12 %");
  expect(cellText(2.64, "count")).toBe("2.6");
  expect(cellText(1536, "bytesPerSecond")).toBe("1.5 KiB/s");
  expect(cellText(566.4, "perSecond")).toBe("566/s");
  expect(cellText(0.3, "perSecond")).toBe("0.3/s");
  expect(cellText(0.3, "bytesPerSecond")).toBe("0.3 B/s");
});

it("what is not known is a dash, and a text stays as it is whatever its column", () => {
  expect(cellText(null, "bytes")).toBe("–");
  expect(cellText("≥ 1 MiB", "bytes")).toBe("≥ 1 MiB");
});
