import { readFileSync, rmSync } from "node:fs";
import { writeAtomic } from "./atomic.ts";
import { isFolder } from "./makeFolder.ts";
import { sha256 } from "./sha256.ts";

const HASH_LENGTH = 64;

/** Writes JSON with its hash in the first line, and gives its text. */
export function writeChecked(path: string, value: unknown): string {
  const text = JSON.stringify(value);
  if (isFolder(path)) rmSync(path, { recursive: true });
  writeAtomic(path, `${sha256(text)}\n${text}`);
  return text;
}

/** The value, or null where there is none that is whole: whatever is wrong with the file, it can be made again. */
export function readChecked<T>(path: string): T | null {
  const content = readIfPossible(path);
  if (content === null) return null;
  const text = content.subarray(HASH_LENGTH + 1);
  const isWhole = content.toString("latin1", 0, HASH_LENGTH) === sha256(text);
  return isWhole ? (JSON.parse(text.toString("utf8")) as T) : null;
}

function readIfPossible(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
