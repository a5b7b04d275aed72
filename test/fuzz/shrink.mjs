import { replaced } from "./mutate/pieces.mjs";

const MOST_TRIES = 400;

/** The files with all parts left out that the fault does not need; `isSame` says whether it is still the same one. */
export async function shrunk(files, isSame) {
  let tries = 0;
  let best = files;
  for (let at = 0; at < files.length; at++) {
    for (let size = best[at].bytes.length >> 1; size >= 1 && tries < MOST_TRIES; size >>= 1) {
      for (let from = 0; from < best[at].bytes.length && tries < MOST_TRIES; ) {
        const { name, bytes } = best[at];
        const fewer = best.with(at, { name, bytes: replaced(bytes, from, Math.min(from + size, bytes.length)) });
        tries++;
        if (await isSame(fewer)) best = fewer;
        else from += size;
      }
    }
  }
  return best;
}
