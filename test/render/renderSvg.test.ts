import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Spec } from "../../src/render/compile.ts";
import type { Frame } from "../../src/render/frame.ts";
import { renderSvg } from "../../src/render/renderSvg.ts";
import { VEGA_CONFIG } from "../../src/theme/vegaConfig.ts";

const FRAME: Frame = {
  widthPx: 358,
  heightPx: 120,
  title: "Which sizes?",
  subtitle: "Most are 4 KiB",
  alternativeText: "Bars: most are 4 KiB",
  source: "a.qtr",
  provenance: {
    inputs: [{ name: "a.qtr", sha256: "ab12" }],
    software: "blkreport 1.2.3",
    command: "blkreport render a.qtr request-sizes -o x.svg",
  },
};

function bars(names: readonly string[], extra: object = {}): Spec {
  return {
    autosize: "none",
    padding: { left: 54, right: 10, top: 10, bottom: 20 },
    width: 294,
    height: 90,
    config: VEGA_CONFIG,
    data: { values: names.map((name, i) => ({ name, value: i + 1 })) },
    mark: { type: "bar", aria: false, fill: "var(--read)", clip: true },
    encoding: { x: { field: "value", type: "quantitative" }, y: { field: "name", type: "nominal" } },
    ...extra,
  };
}

/** librsvg reads XML strictly: text that is not well-formed is an error. */
const isWellFormed = async (svg: string) => (await sharp(Buffer.from(svg)).metadata()).format === "svg";

const HOSTILE = "</style><script>alert(1)</script> ]]> <!-- & \" ' &amp; \u0000\u0008\ud800 <b";

describe("renderSvg", () => {
  it("gives the same bytes whatever is drawn before or at the same time", async () => {
    const alone = await renderSvg(bars(["a", "b"]), FRAME);
    const together = await Promise.all(
      [bars(["c"]), bars(["a", "b"]), bars(["d"])].map((spec) => renderSvg(spec, FRAME)),
    );
    expect(together[1]).toBe(alone);
    expect(alone).toContain('clip-path="url(#clip1)"');
  });

  it("sizes the root by its view box only, and names the plot's part", async () => {
    const svg = await renderSvg(bars(["a"]), FRAME);
    expect(svg).toMatch(/^<svg xmlns="[^"]+" viewBox="-16 0 390 \d+" role="img" aria-label="Bars: most are 4 KiB">/);
    expect(svg).toMatch(/<view id="plot" viewBox="0 \d+ 358 120"\/>/);
  });

  it("carries the used colours of both themes, and print is light", async () => {
    const svg = await renderSvg(bars(["a"]), FRAME);
    expect(svg).toContain("--read:#1b6fb8");
    expect(svg).toMatch(/@media screen and \(prefers-color-scheme:dark\)\{:root\{[^}]*--read:#6fb1ea/);
    expect(svg).not.toContain("--discard:");
  });

  it("carries the colours of the words around the plot in both themes, whatever the plot uses", async () => {
    const svg = await renderSvg(bars(["a"]), FRAME);
    for (const token of ["ink", "ink-2", "ink-3"]) expect(svg.match(new RegExp(`--${token}:#`, "g"))).toHaveLength(2);
  });

  it("loads nothing from elsewhere", async () => {
    const svg = await renderSvg(bars(["a"]), FRAME);
    expect(svg.replaceAll(/xmlns(?::\w+)?="[^"]*"/g, "")).not.toMatch(/https?:|@import|url\((?!#|data:font\/woff2)/);
  });

  it.each(["title", "subtitle", "alternativeText", "source"] as const)(
    "is well-formed with a hostile %s",
    async (part) => {
      const svg = await renderSvg(bars(["a"]), { ...FRAME, [part]: HOSTILE });
      expect(await isWellFormed(svg)).toBe(true);
      expect(svg.match(/<style/g)).toHaveLength(1);
      expect(svg).not.toContain("<script");
    },
  );

  it("is well-formed with hostile text in the data", async () => {
    const svg = await renderSvg(bars([HOSTILE, 'var(--nothing) class="x"']), FRAME);
    expect(await isWellFormed(svg)).toBe(true);
    expect(svg).not.toContain("<script");
    expect(svg).toContain("var(--nothing) class=");
  });

  it("breaks a long title into lines, a long word too", async () => {
    const lines = async (title: string) =>
      (await renderSvg(bars(["a"]), { ...FRAME, title })).match(/class="t"/g)!.length;
    expect(await lines("Which sectors were touched by the second of the three commands?")).toBe(2);
    expect(await lines("W".repeat(60))).toBe(3);
    expect(await lines("x ".repeat(5000))).toBe(4);
  });

  it("throws what vega-lite would only warn of", async () => {
    const spec = bars(["a"], { encoding: { x: { field: "value", type: "quantitative" }, shape: { field: "value" } } });
    await expect(renderSvg(spec, FRAME)).rejects.toThrow(/makes vega complain/);
  });

  it("refuses data outside the spec", async () => {
    const spec = bars([], { data: { url: "file:///etc/passwd" } });
    await expect(renderSvg(spec, FRAME)).rejects.toThrow(/names file:/);
  });

  it("refuses a colour that the theme does not have", async () => {
    const spec = bars(["a"], { mark: { type: "bar", fill: "var(--pink)" } });
    await expect(renderSvg(spec, FRAME)).rejects.toThrow('no colour "pink"');
  });

  it("goes on after a spec that was refused", async () => {
    await expect(renderSvg({}, FRAME)).rejects.toThrow();
    expect(await renderSvg(bars(["a"]), FRAME)).toContain("</svg>");
  });
});
