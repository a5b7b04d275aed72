import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlannedFile } from "../io/publish.ts";
import { sha256 } from "../io/sha256.ts";
import { styleSheet } from "./styleSheet.ts";

const FILES = [
  "catalogue.js",
  "matrix.js",
  "icon.svg",
  "fonts/sans-400.woff2",
  "fonts/sans-600.woff2",
  "fonts/OFL.txt",
] as const;

/** What every page shares: the style sheet, the catalogue's script, the fonts with their licence. */
export function assetFiles(templates: string): readonly PlannedFile[] {
  const files = FILES.map((name): PlannedFile => {
    const file = join(templates, "assets", name);
    return { path: `assets/${name}`, source: { file, sha256: sha256(readFileSync(file)) }, class: "asset" };
  });
  return [{ path: "assets/style.css", source: { text: styleSheet(templates) }, class: "asset" }, ...files];
}
