import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { findRuns } from "../../src/render/colourRuns.ts";
import { palettePng } from "../../src/render/palettePng.ts";

const pixels = (png: Buffer) => sharp(png).ensureAlpha().raw().toBuffer();

function picture(rgba: Uint8Array, widthPx: number) {
  const finder = findRuns(widthPx, rgba.length / 4 / widthPx);
  finder.add(rgba);
  return finder.end();
}

describe("palettePng", () => {
  it("keeps every pixel of a picture with up to 256 colours", async () => {
    const colour = fc.constantFrom([255, 255, 255, 255], [0, 0, 0, 255], [27, 111, 184, 255], [191, 63, 11, 128]);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.array(colour, { minLength: 1, maxLength: 60 }),
        async (w, all) => {
          const rgba = Uint8Array.from(all.slice(0, Math.max(1, Math.floor(all.length / w)) * w).flat());
          if ((rgba.length / 4) % w !== 0) return;
          expect(await pixels(palettePng(picture(rgba, w)))).toEqual(Buffer.from(rgba));
        },
      ),
    );
  });

  it("gives rare colours their nearest where there are more, and frequent ones exactly", async () => {
    const ramp = Array.from({ length: 1024 }, (_, i) => [i & 255, i >> 2, 255 - (i & 255), 255]);
    const rgba = Uint8Array.from([...Array.from({ length: 1024 }, () => [1, 2, 3, 255]), ...ramp].flat());
    const drawn = await pixels(palettePng(picture(rgba, 64)));
    expect(drawn.subarray(0, 4096)).toEqual(Buffer.from(rgba.subarray(0, 4096)));
    const off = Array.from(drawn, (value, i) => Math.abs(value - rgba[i]!));
    expect(Math.max(...off)).toBeGreaterThan(0);
    expect(Math.max(...off)).toBeLessThan(40);
  });
});
