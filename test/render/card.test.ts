import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { type Card, cardSvg } from "../../src/render/card.ts";
import { prepareFonts } from "../../src/render/fonts.ts";
import { framed } from "../../src/render/frame.ts";
import { renderPng } from "../../src/render/renderPng.ts";

const provenance = { inputs: [], software: "blkreport", command: null };
const HOSTILE = `</text><script>alert(1)</script> & " \u0000 ${"W".repeat(300)}`;
const words = { title: "", subtitle: "", alternativeText: "", source: "" };
const CHART = framed('<rect width="358" height="2000" fill="var(--write)"/>', {
  widthPx: 358,
  heightPx: 2000,
  ...words,
  provenance,
});
const CARD: Card = { title: "Write /hello", sentence: "10 writes.", kind: "blkreport · qtr", chart: CHART, provenance };

function drawn(change: Partial<Card>): Promise<Buffer> {
  return renderPng(cardSvg({ ...CARD, ...change }), { theme: "light", scale: 1 });
}

/** Where a picture is not white, left of the chart's column or right of where it begins. */
async function inkedBox(png: Buffer, side: "left" | "right") {
  const part = side === "left" ? { left: 0, width: 600 } : { left: 600, width: 600 };
  const { data, info } = await sharp(png)
    .extract({ ...part, top: 0, height: 630 })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const dark = Array.from(data.entries()).filter(([, value]) => value < 200);
  const pixels = dark.map(([at]) => Math.floor(at / info.channels));
  const [xs, ys] = [pixels.map((at) => at % info.width), pixels.map((at) => Math.floor(at / info.width))];
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), 0);
  return { pixels: pixels.length, right: part.left + most(xs), bottom: most(ys) };
}

beforeAll(prepareFonts);

describe("the picture for links", () => {
  it("is 1200 by 630 pixels, whatever stands on it", async () => {
    for (const change of [{}, { chart: null }, { title: HOSTILE, sentence: HOSTILE, kind: HOSTILE }]) {
      const { width, height } = await sharp(await drawn(change)).metadata();
      expect([width, height]).toEqual([1200, 630]);
    }
  });

  it("has its words on the left and the chart on the right, down to its edge", async () => {
    const png = await drawn({});
    expect((await inkedBox(png, "left")).pixels).toBeGreaterThan(500);
    expect((await inkedBox(png, "right")).bottom).toBe(629);
  });

  it("keeps long words out of the chart and above the line at its foot", async () => {
    const png = await drawn({ title: HOSTILE, sentence: HOSTILE, chart: null, kind: "" });
    const narrow = await drawn({ title: HOSTILE, sentence: HOSTILE, kind: "" });
    expect((await inkedBox(narrow, "left")).right).toBeLessThan(600);
    for (const box of [await inkedBox(png, "left"), await inkedBox(narrow, "left")]) {
      expect(box.bottom).toBeLessThan(550);
    }
  });

  it("escapes what traces say, and needs nothing from elsewhere", () => {
    const svg = cardSvg({ ...CARD, title: HOSTILE, sentence: HOSTILE, kind: HOSTILE });
    expect(svg).not.toContain("<script");
    expect(svg.replaceAll(/xmlns(?::\w+)?="[^"]*"/g, "")).not.toMatch(/https?:|href=/);
  });
});
