import { type Cache, openCache } from "../io/cache.ts";
import { codeFingerprint } from "../io/fingerprint.ts";
import { type Hashes, openHashes } from "../io/hashes.ts";
import type { CachePlace } from "./dataflows.ts";
import { inTurn } from "./inTurn.ts";
import { openPool, type Pool } from "./pool.ts";
import type { PrepareOptions } from "./prepareOptions.ts";
import { type Progress, progressOf } from "./progress.ts";

/** What every step of a build works with. */
export interface Bench {
  readonly cache: Cache;
  /** The same cache, for workers. */
  readonly cachePlace: CachePlace;
  readonly hashes: Hashes;
  readonly pool: Pool;
  /** Worker threads of the pool. */
  readonly jobs: number;
  readonly progress: Progress;
  readonly strict: boolean;
  /** Files are hashed one at a time: thousands of traces must not need thousands of open files. */
  readonly hashInTurn: ReturnType<typeof inTurn>;
  close(): Promise<void>;
}

export function openBench({ cacheDir, jobs, strict, verify, onProgress }: PrepareOptions): Bench {
  const hashes = openHashes(cacheDir, { verify });
  const pool = openPool(jobs);
  return {
    cache: openCache(cacheDir, { verify }),
    cachePlace: { cacheDir, fingerprint: codeFingerprint() },
    hashes,
    pool,
    jobs,
    progress: progressOf(onProgress),
    strict,
    hashInTurn: inTurn(),
    async close() {
      hashes.save();
      await pool.close();
    },
  };
}
