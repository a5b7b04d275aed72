import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { plainCss, styleSheet } from "./styleSheet.ts";

/** The style sheet of a page that is one file: the site's, its fonts, and how pictures stand in the page. */
export function aloneStyle(templates: string): { readonly css: string; readonly cssHash: string } {
  const own = plainCss(readFileSync(join(templates, "styles/alone.css"), "utf8"));
  const css = withFonts(styleSheet(templates), join(templates, "assets")) + own;
  return { css, cssHash: createHash("sha256").update(css).digest("base64") };
}

function withFonts(css: string, assets: string): string {
  return css.replace(/url\((fonts\/[\w.-]+)\)/g, (_, name: string) => {
    return `url(data:font/woff2;base64,${readFileSync(join(assets, name)).toString("base64")})`;
  });
}
