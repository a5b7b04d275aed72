import { type Cache, openCache } from "../io/cache.ts";
import { type Hashes, openHashes } from "../io/hashes.ts";
import { inTurn } from "./inTurn.ts";
import { openFormats } from "./knownFormats.ts";
import { openPool, type Pool } from "./pool.ts";
import type { PrepareOptions } from "./prepareOptions.ts";
import { type Progress, progressOf } from "./progress.ts";
import { severalAtATime } from "./severalAtATime.ts";
import { openShelf } from "./shelf.ts";
import type { Recognise } from "./sources.ts";

const TRACES_FOR_EACH_WORKER = 2;
const MOST_SHELVED = 16;

/** What every step of a build works with. */
export interface Bench {
  readonly cache: Cache;
  readonly cacheDir: string;
  readonly hashes: Hashes;
  readonly recognise: Recognise;
  readonly pool: Pool;
  /** Worker threads of the pool. */
  readonly jobs: number;
  readonly progress: Progress;
  readonly strict: boolean;
  /** Nothing in the cache is believed unread. */
  readonly verify: boolean;
  /** Files are hashed one at a time: thousands of traces must not need thousands of open files. */
  readonly hashInTurn: ReturnType<typeof inTurn>;
  /** As many traces are in work at a time as keep the workers busy: each has its Summary in memory. */
  readonly someAtATime: ReturnType<typeof severalAtATime>;
  /** What was made or recalled, and may have to be recalled again. */
  readonly shelve: ReturnType<typeof openShelf>;
  close(): Promise<void>;
}

/** Hashes that are handed in are saved by whoever did that. */
export function openBench(
  { cacheDir, jobs, strict, verify, onProgress, onBusy }: PrepareOptions,
  shared: Hashes | null = null,
): Bench {
  const pool = openPool(jobs, onBusy === undefined ? {} : { onBusy });
  const hashes = shared ?? openHashes(cacheDir, { verify });
  const { recognise, save: saveFormats } = openFormats(cacheDir, { verify });
  return {
    cache: openCache(cacheDir, { verify }),
    cacheDir,
    hashes,
    recognise,
    pool,
    jobs,
    progress: progressOf(onProgress),
    strict,
    verify,
    hashInTurn: inTurn(),
    someAtATime: severalAtATime(TRACES_FOR_EACH_WORKER * jobs),
    shelve: openShelf(MOST_SHELVED),
    async close() {
      if (shared === null) hashes.save();
      saveFormats();
      await pool.close();
    },
  };
}
