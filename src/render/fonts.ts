import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FONTS = new URL("../../templates/assets/fonts/", import.meta.url);

let embedded: string | undefined;

/** The charts' font as a `data:` URL: an SVG in an `<img>` cannot use the page's fonts. */
export function chartFontUrl(): string {
  embedded ??= `data:font/woff2;base64,${readFileSync(new URL("chart-400.woff2", FONTS)).toString("base64")}`;
  return embedded;
}

/**
 * Makes the shipped font the only one that PNGs are drawn with, so that they read the same on a machine without fonts.
 * To be called in the main thread before the first PNG: a worker's environment does not reach fontconfig.
 */
export function prepareFonts(): void {
  process.env["FONTCONFIG_FILE"] = fileURLToPath(new URL("fonts.conf", FONTS));
  // On macOS pango asks CoreText otherwise, which knows nothing of fontconfig.
  process.env["PANGOCAIRO_BACKEND"] = "fontconfig";
}
