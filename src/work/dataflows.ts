import { openCache } from "../io/cache.ts";
import { keepDataflows } from "../render/compile.ts";

/** The cache of a build, as plain data. */
export interface CachePlace {
  readonly cacheDir: string;
  /** To compute it again would be to read the program again. */
  readonly fingerprint: string;
}

let place: CachePlace | null = null;

/** From now on this thread takes the dataflows of charts from a build's cache, and puts those that it compiles there. */
export function shareDataflows(shared: CachePlace): void {
  if (shared.cacheDir === place?.cacheDir && shared.fingerprint === place.fingerprint) return;
  place = shared;
  const { cacheDir, fingerprint } = shared;
  const cache = openCache(cacheDir, { fingerprint });
  keepDataflows((spec, make) => cache.json("dataflow", spec, make));
}
