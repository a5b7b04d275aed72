import { readFileSync } from "node:fs";
import * as fontkit from "fontkit";
import { describe, expect, it } from "vitest";
import { textWidth } from "../../src/theme/textWidth.ts";

const fonts = new URL("../../templates/assets/fonts/", import.meta.url);
const font = (name: string) => fontkit.create(readFileSync(new URL(name, fonts))) as fontkit.Font;

describe("textWidth", () => {
  it.each(["16 MiB/s", "10\u202f240 sectors", "−3 µs → ≥ 4 KiB", "AVATAR fi", "Ελληνικά Кириллица"])(
    "is the width that the shipped font gives to %j",
    (text) => {
      const shipped = font("blkreport-regular.ttf");
      const { advanceWidth } = shipped.layout(text);
      expect(textWidth(text, 17)).toBeCloseTo((advanceWidth / shipped.unitsPerEm) * 17, 9);
    },
  );

  it("gives every digit the same width", () => {
    expect(new Set(Array.from("0123456789", (digit) => textWidth(digit))).size).toBe(1);
  });

  it("knows the heavier weight", () => {
    expect(textWidth("requests", 12, 600)).toBeGreaterThan(textWidth("requests", 12));
  });

  it("gives a letter that the font lacks one em", () => {
    expect(textWidth("漢字", 12)).toBe(24);
  });
});

describe("the shipped subsets", () => {
  it.each(["blkreport-regular.ttf", "chart-400.woff2", "sans-400.woff2", "sans-600.woff2"])(
    "%s does not carry the reserved name",
    (name) => {
      const { familyName, fullName, postscriptName } = font(name);
      expect(`${familyName} ${fullName} ${postscriptName}`).toMatch(/^(blkreport\S* ?(Regular|SemiBold)? ?)+$/);
    },
  );

  it("the chart font has every sign that charts write", () => {
    for (const sign of "0Az−×→≤≥µ·…–±²\u202f")
      expect(font("chart-400.woff2").hasGlyphForCodePoint(sign.codePointAt(0)!)).toBe(true);
  });
});
