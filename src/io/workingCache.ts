import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder } from "./makeFolder.ts";
import { pruneDaily } from "./pruneCache.ts";

/** Where a build keeps its results; what it says where that is not where it was asked to. */
export interface WorkingCache {
  readonly cacheDir: string;
  readonly notices: readonly string[];
}

const REFUSED = ["EROFS", "EACCES", "EPERM"];

/** Builds with the cache, and where it may not be written with one that goes when the build ends. */
export async function withCache<T>(cacheDir: string, use: (cache: WorkingCache) => Promise<T>): Promise<T> {
  const refusal = refusalOf(cacheDir);
  if (refusal === null) {
    const result = await use({ cacheDir, notices: [] });
    pruneDaily(cacheDir);
    return result;
  }
  const instead = mkdtempSync(join(tmpdir(), "blkreport-cache-"));
  try {
    const notice = `${cacheDir} cannot be written (${refusal}): nothing is kept for the next build; name another place with --cache`;
    return await use({ cacheDir: instead, notices: [notice] });
  } finally {
    rmSync(instead, { recursive: true, force: true });
  }
}

/** Why nothing may be written there, or null. */
function refusalOf(cacheDir: string): string | null {
  try {
    makeFolder(cacheDir);
    accessSync(cacheDir, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (REFUSED.includes(code)) return code;
    throw error;
  }
}
