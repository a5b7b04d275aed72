import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

type Recording = readonly [name: string, files: readonly string[]];

/** The recordings below a folder, the files of one blktrace together; none where the folder is not there. */
export function recordingsIn(folder: string): Recording[] {
  if (!existsSync(folder)) return [];
  const sets = new Map<string, string[]>();
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const stem = /^(.*?)(?:\.log|\.qtr|\.iolog|\.blktrace\.\d+)$/.exec(path)?.[1];
    if (stem !== undefined) sets.set(stem, [...(sets.get(stem) ?? []), join(folder, path)]);
  }
  return [...sets];
}
