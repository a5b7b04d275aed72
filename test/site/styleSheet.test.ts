import { describe, expect, it } from "vitest";
import { styleSheet } from "../../src/site/styleSheet.ts";
import { TEMPLATES } from "../../src/site/templates.ts";
import { DARK, LIGHT } from "../../src/theme/colours.ts";

const css = styleSheet(TEMPLATES);

describe("the style sheet", () => {
  it("has every colour of the theme, light and dark", () => {
    for (const [token, colour] of Object.entries(LIGHT)) expect(css).toContain(`--${token}:${colour}`);
    for (const [token, colour] of Object.entries(DARK)) expect(css).toContain(`--${token}:${colour}`);
  });

  it("names no colour of its own", () => {
    const withoutTheme = css.replace(/--[a-z0-9-]+:#[0-9a-f]{6}/g, "");
    expect(withoutTheme).not.toMatch(/#[0-9a-f]{3,8}\b(?![^{]*\{)|rgba?\(|hsl/);
  });

  it("uses only colours and sizes that are defined", () => {
    const defined = new Set([...css.matchAll(/(--[a-z0-9-]+):/g)].map(([, name]) => name));
    const used = [...css.matchAll(/var\((--[a-z0-9-]+)\)/g)].map(([, name]) => name);
    expect(used.filter((name) => !defined.has(name))).toEqual([]);
  });

  it("loads its fonts from beside itself, and nothing else", () => {
    expect([...css.matchAll(/url\(([^)]*)\)/g)].map(([, url]) => url)).toEqual([
      "fonts/sans-400.woff2",
      "fonts/sans-600.woff2",
    ]);
    expect(css).not.toContain("@import");
  });

  it("has no comments left", () => {
    expect(css).not.toContain("/*");
  });
});
