import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PlannedFile } from "../io/publish.ts";

/** Puts files into a folder that is ours alone, for the development server. */
export function copyFiles(files: readonly PlannedFile[], folder: string): void {
  for (const { path, source } of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    if ("text" in source) writeFileSync(target, source.text);
    else copyFileSync(source.file, target);
  }
}
