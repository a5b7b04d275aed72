import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { prepareFonts } from "../../src/render/fonts.ts";
import { framed } from "../../src/render/frame.ts";
import { renderPng } from "../../src/render/renderPng.ts";
import { inPalette } from "../../src/render/style.ts";
import { LIGHT } from "../../src/theme/colours.ts";

const NO_WORDS = { subtitle: "", alternativeText: "", source: "" };
const provenance = { inputs: [], software: "blkreport", command: null };
const svg = (title: string) => framed("", { widthPx: 200, heightPx: 10, title, ...NO_WORDS, provenance });
const LIGHT_1X = { theme: "light", scale: 1 } as const;

/** How many pixels are not paper, and the columns that they span. */
async function ink(png: Buffer): Promise<{ pixels: number; columns: number }> {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const dark = Array.from(data.entries()).filter(([, value]) => value < 128);
  const columns = dark.map(([at]) => Math.floor(at / info.channels) % info.width);
  return { pixels: dark.length, columns: Math.max(...columns) - Math.min(...columns) };
}

beforeAll(prepareFonts);

describe("renderPng", () => {
  it("draws letters and not boxes", async () => {
    const narrow = await ink(await renderPng(svg("iiiiiiii"), LIGHT_1X));
    const broad = await ink(await renderPng(svg("WWWWWWWW"), LIGHT_1X));
    expect(narrow.columns).toBeGreaterThan(20);
    expect(broad.columns).toBeGreaterThan(2.5 * narrow.columns);
    const dots = await ink(await renderPng(svg("........"), LIGHT_1X));
    expect(dots.pixels).toBeLessThan(narrow.pixels / 2);
  });

  it("knows Greek, Cyrillic and the signs", async () => {
    const unknown = await renderPng(svg("\u{10ffff}"), LIGHT_1X);
    for (const letter of "ΩЖ→≤µ") expect(await renderPng(svg(letter), LIGHT_1X)).not.toEqual(unknown);
  });

  it("gives the same bytes in a process that sees no font of the machine", async () => {
    const script = `
      import { prepareFonts } from ${JSON.stringify(new URL("../../dist/render/fonts.js", import.meta.url))};
      import { renderPng } from ${JSON.stringify(new URL("../../dist/render/renderPng.js", import.meta.url))};
      prepareFonts();
      process.stdout.write(await renderPng(${JSON.stringify(svg("16 MiB/s, 10 writes"))}, { theme: "light", scale: 1 }));`;
    const elsewhere = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      env: { HOME: "/nonexistent", XDG_DATA_HOME: "/nonexistent", FONTCONFIG_PATH: "/nonexistent", TZ: "Asia/Tokyo" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    expect(elsewhere.equals(await renderPng(svg("16 MiB/s, 10 writes"), LIGHT_1X))).toBe(true);
  });

  it("is as large as the scale says", async () => {
    const { width } = await sharp(await renderPng(svg("a"), { theme: "light", scale: 2 })).metadata();
    expect(width).toBe(464);
  });

  it("draws both themes", async () => {
    const [light, dark] = await Promise.all(
      (["light", "dark"] as const).map(async (theme) => sharp(await renderPng(svg("a"), { theme, scale: 1 })).stats()),
    );
    expect(light!.channels[0]!.mean).toBeGreaterThan(240);
    expect(dark!.channels[0]!.mean).toBeLessThan(40);
  });

  it("draws a tall picture in pieces, and they fit", async () => {
    const lines = Array.from(
      { length: 150 },
      (_, i) => `<text y="${i * 7.3}">line ${i}</text><path d="M0 ${i * 9}l99 3.7"/>`,
    );
    const tall = framed(lines.join(""), { widthPx: 100, heightPx: 1100, title: "tall", ...NO_WORDS, provenance });
    const drawn = await sharp(await renderPng(tall, { theme: "light", scale: 2 }))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { data, info } = await sharp(Buffer.from(inPalette(tall, LIGHT)), { density: 144 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([drawn.info.width, drawn.info.height]).toEqual([info.width, info.height]);
    expect(info.height).toBeGreaterThan(2000);
    const off = Array.from({ length: info.width * info.height }, (_, i) =>
      Math.abs(drawn.data[i * drawn.info.channels]! - data[4 * i]!),
    );
    expect(Math.max(...new Set(off))).toBeLessThan(40);
  });
});
