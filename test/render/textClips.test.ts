import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { withTextClips } from "../../src/render/textClips.ts";

const svg = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60"><style>.t{font-size:17px;fill:#113355}</style>` +
  `<rect width="200" height="60" fill="#ffffff"/>${inside}</svg>`;
const TEXTS = svg(
  '<text class="t" y="20">What took long?</text><g transform="translate(20,4.3)">' +
    '<text text-anchor="end" transform="translate(40,26)" fill="#1b6fb8">0 %</text>' +
    '<text transform="translate(60,40) rotate(-90)" fill="#1b6fb8">a &amp; b</text>' +
    '<text transform="translate(80,26)" fill="#bf3f0b" font-weight="600">12 µs</text>' +
    '<text transform="translate(120,26)" fill="#bf3f0b" opacity="0.5">half</text></g>',
);
const pixels = (markup: string) => sharp(Buffer.from(markup), { density: 144 }).ensureAlpha().raw().toBuffer();

describe("withTextClips", () => {
  it("draws the same picture, but for the rounding of an edge", async () => {
    const before = await pixels(TEXTS);
    const after = await pixels(withTextClips(TEXTS));
    expect(before.filter((value) => value < 128).length).toBeGreaterThan(1000);
    const off = before.map((value, i) => Math.abs(value - after[i]!));
    expect(off.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(16);
    expect(off.filter((value) => value > 0).length).toBeLessThan(before.length / 1000);
  });

  it("makes one clip of neighbours of one colour, and none of what is half transparent", () => {
    const clipped = withTextClips(TEXTS);
    expect(clipped.match(/<clipPath/g)).toHaveLength(3);
    expect(clipped).toContain('fill="#bf3f0b" opacity="0.5">half</text></g>');
    expect(new Set(clipped.match(/ id="[^"]+"/g)).size).toBe(3);
  });
});
