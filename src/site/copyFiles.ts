import { copyFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "../io/makeFolder.ts";
import type { PlannedFile } from "../io/publish.ts";

/** Puts files into a folder that is ours alone, for the development server. */
export function copyFiles(files: readonly PlannedFile[], folder: string): void {
  for (const { path, source } of files) {
    const target = join(folder, path);
    makeFolder(dirname(target));
    if ("text" in source) writeFileSync(target, source.text);
    else copyFileSync(source.file, target);
  }
}
