import { statSync, utimesSync } from "node:fs";
import { join } from "node:path";

/** The file of a cached folder that says what the others are. */
export const INDEX_NAME = "index.json";
/** Writing down each use would cost more than it tells. */
const USE_GRAIN_MS = 3_600_000;

/** Where an entry lies, without its ending: 256 folders of each kind keep each of them small. */
export function placeInCache(cacheDir: string, kind: string, hash: string): string {
  return join(cacheDir, kind, hash.slice(0, 2), hash.slice(2));
}

/** Entries that nobody uses any longer are known by the time of the file that is read first. */
export function markUsed(path: string): void {
  try {
    const now = Date.now();
    if (now - statSync(path).mtimeMs > USE_GRAIN_MS) utimesSync(path, now / 1000, now / 1000);
  } catch {
    // A cache that may only be read is as good.
  }
}
