import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { shellLine } from "../../src/model/shell.ts";
import { blkreport, ROOT } from "../support/site.ts";

const folder = mkdtempSync(join(tmpdir(), "blkreport-render-"));
const PART63 = join(ROOT, "traces/guestfish/mkfs-ext2-part63.log");
const PART64 = join(ROOT, "traces/guestfish/mkfs-ext2-part64.log");

async function rendered(...words: string[]): Promise<string> {
  const { status, stdout, stderr } = await blkreport(["render", ...words]);
  expect(status, stderr).toBe(0);
  return stdout;
}

async function pngOf(name: string, ...words: string[]): Promise<Buffer> {
  const file = join(folder, name);
  await rendered(...words, "-o", file);
  return readFileSync(file);
}

describe("blkreport render", () => {
  it("prints a chart as SVG with both themes, of the scope in which the page opens", async () => {
    const svg = await rendered(PART63, "sector-map");
    expect(svg).toMatch(/^<svg [^>]*aria-label="Map of the touched sectors/);
    expect(svg).toContain("prefers-color-scheme:dark");
    expect(svg).toContain(
      "<dc:description>blkreport render mkfs-ext2-part63.log sector-map --scope marked -o sector-map.svg</dc:description>",
    );
    expect(await rendered(PART63, "sector-map", "-o", "-")).toBe(svg);
    expect(await rendered(PART63, "sector-map", "--scope", "whole")).not.toBe(svg);
  });

  it("draws a stored summary as it draws the trace", async () => {
    const { stdout } = await blkreport(["summary", PART63]);
    const stored = join(folder, "stored.json");
    writeFileSync(stored, stdout);
    expect(await rendered(stored, "seek-distances")).toBe(await rendered(PART63, "seek-distances"));
  });

  it("writes colours instead of variables where a theme is asked for, and keeps the font", async () => {
    const [light, dark] = [
      await rendered(PART63, "alignment", "--theme", "light"),
      await rendered(PART63, "alignment", "--theme", "dark"),
    ];
    for (const svg of [light, dark]) {
      expect(svg).not.toMatch(/var\(|:root|prefers-color-scheme/);
      expect(svg).toContain("@font-face");
    }
    expect(light).toContain("#ffffff");
    expect(dark).toContain("#14171a");
  });

  it("gives an SVG and a PNG the width that is asked for, and a PNG so many pixels for each", async () => {
    expect(await rendered(PART63, "alignment", "--width", "1200")).toMatch(/^<svg [^>]*width="1200" height="\d+"/);
    const narrow = await pngOf("narrow.png", PART63, "alignment", "--width", "390", "--scale", "3");
    expect((await sharp(narrow).metadata()).width).toBe(1170);
    expect(await rendered(PART63, "alignment", "--width", "390")).toContain('viewBox="-16 0 390 ');
    expect(await rendered(PART63, "alignment", "--width", "600")).toContain('viewBox="-16 0 752 ');
  });

  it("puts into each file the command that draws it again, byte for byte", async () => {
    const dark = join(folder, "dark.png");
    await rendered(PART63, "alignment", "--theme", "dark", "--scale", "1", "--scope", "whole", "-o", dark);
    const first = readFileSync(dark);
    const { comments } = await sharp(first).metadata();
    const command = comments?.find(({ keyword }) => keyword === "Comment")?.text;
    const options = ["--scope", "whole", "--theme", "dark", "--scale", "1", "-o", dark];
    expect(command).toBe(shellLine(["blkreport", "render", "mkfs-ext2-part63.log", "alignment", ...options]));
    expect((await pngOf("dark.png", PART63, ...command!.split(" ").slice(3, -2))).equals(first)).toBe(true);
  });

  it("limits the chart to a stretch of time", async () => {
    const whole = await rendered(PART63, "sector-map", "--scope", "whole");
    const part = await rendered(PART63, "sector-map", "--scope", "whole", "--from", "0", "--to", "0.2s");
    expect(part).not.toBe(whole);
    expect(part).toContain("--to 200000000ns -o sector-map.svg");
  });

  it("draws a chart of two traces compared", async () => {
    const svg = await rendered(PART63, PART64, "difference-map");
    expect(svg.match(/<dc:source>[^<]*/g)).toHaveLength(2);
    expect(svg).toContain("blkreport render mkfs-ext2-part63.log mkfs-ext2-part64.log difference-map");
  });

  it("says why a chart is absent, with status 1", async () => {
    const { status, stderr } = await blkreport(["render", PART63, "processes"]);
    expect([status, stderr]).toEqual([
      1,
      `blkreport: ${PART63}: missing data for the chart "processes"; This format does not name the process behind a request. blktrace, ftrace and bpftrace do.\n`,
    ]);
  });

  it.each([
    [["sector-mop"], /unknown chart "sector-mop" of a trace; the nearest are sector-map, .*; all: sector-map, address/],
    [[PART64, "sector-mop"], /unknown chart "sector-mop" of a comparison; the nearest are .*difference-map/],
    [["alignment", "--scope", "marke"], /unknown scope "marke"; .* has whole, marked/],
    [["alignment", "--theme", "sepia"], /unknown theme "sepia"; expected light or dark/],
    [["alignment", "--width", "0"], /invalid --width "0"; expected a number from 100/],
    [["alignment", "--scale", "2"], /invalid --scale: an SVG has no pixels/],
    [["alignment", "-o", "x.jpg"], /unsupported -o "x.jpg"; its name must end in \.svg or \.png/],
    [["sector-map", "-o", join(folder, "x.png"), "--width", "8000", "--scale", "16"], /invalid size: 128000 by \d+/],
    [[], /render takes a TRACE and a CHART/],
  ])("refuses %j with status 2", async (words, message) => {
    const { status, stdout, stderr } = await blkreport(["render", PART63, ...words]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
});
