import { readFileSync } from "node:fs";
import { TraceError } from "../model/errors.ts";
import { sha256 } from "./sha256.ts";

/** Something in the cache is not what was put there: it can be made again. */
export class LostResult extends TraceError {}

/** The content of a cached file, if it is what was put there. */
export function cachedContent({ file, sha256: expected }: { readonly file: string; readonly sha256: string }): Buffer {
  const content = readIfPossible(file);
  if (content !== null && sha256(content) === expected) return content;
  throw new LostResult({ file }, "invalid", "content: it is not what was drawn", "build with --verify");
}

function readIfPossible(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
