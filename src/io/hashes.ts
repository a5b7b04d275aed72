import { createHash } from "node:crypto";
import { type BigIntStats, closeSync, fstatSync, openSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileBytes } from "./fileBytes.ts";
import { openMemory } from "./memory.ts";
import { sha256 } from "./sha256.ts";

/** A file changed so shortly ago may change again within the same time stamp. */
const UNSETTLED_NS = 2_000_000_000n;

/** What a file held when it was hashed, and how to see that it is still that. */
export interface HashedFile {
  readonly bytes: number;
  readonly sha256: string;
  /** Device, inode, size and time: while they are the same, the file is. */
  readonly stamp: string;
}

/** What a file is before it is hashed: its size, and how to see later that it is still that; null where there is none. */
export function stampOf(path: string): Omit<HashedFile, "sha256"> | null {
  const stat = statOf(path);
  return stat === undefined ? null : { bytes: Number(stat.size), stamp: keyOf(stat) };
}

/** What names a file in the state in which it is; null where there is none, or where it may change without showing it. */
export function settledStampOf(path: string): string | null {
  const stat = statOf(path);
  return stat !== undefined && isSettled(stat) ? keyOf(stat) : null;
}

/** Hashes a file as a stream; of one that grows meanwhile, what was there at the start. */
export async function hashFile(path: string, name = path, most?: number): Promise<HashedFile> {
  const hash = createHash("sha256");
  const before = statOf(path);
  const input = fileBytes(path, name, most);
  let length = 0;
  try {
    for (let bytes = await input.next(); bytes !== null; bytes = await input.next()) {
      hash.update(bytes);
      length += bytes.length;
    }
  } finally {
    await input.close();
  }
  return { bytes: length, sha256: hash.digest("hex"), stamp: before === undefined ? "" : keyOf(before) };
}

/** Whether a file still holds what it held: by its stamp, and where that is another one by its bytes; what came after them does not count. */
export async function isStill(path: string, { bytes, sha256, stamp }: HashedFile): Promise<boolean> {
  const now = statOf(path);
  if (now === undefined) return false;
  if (keyOf(now) === stamp) return true;
  const again = await hashFile(path, path, bytes);
  return again.bytes === bytes && again.sha256 === sha256;
}

/** SHA-256 of files; one that was hashed before is known again by device, inode, size and modification time. */
export interface Hashes {
  of(path: string, name?: string): Promise<HashedFile>;
  /** The hash of a file that fits into memory; another build may replace it at any moment. */
  ofSmall(path: string): string;
  /** The remembered hash of a file, if it is the one that was hashed; null where it has to be read. */
  recall(path: string): string | null;
  /** The same of what was already looked at. */
  recallAs(stat: BigIntStats): string | null;
  /** Says what a file was found to hash to, if it is still the one that was hashed. */
  learn(path: string, hashed: HashedFile): void;
  /** Says what a file that was just written hashes to. */
  remember(path: string, sha256: string): void;
  save(): void;
}

/** Opens the memory of hashes in the cache. With `verify` nothing is taken from it. */
export function openHashes(cacheDir: string, { verify = false } = {}): Hashes {
  const known = openMemory<string>(join(cacheDir, "hashes.json"), { verify });
  const recallAs = (stat: BigIntStats) => known.get(keyOf(stat)) ?? null;
  const recall = (path: string) => {
    const stat = statOf(path);
    return stat === undefined ? null : recallAs(stat);
  };
  const learn = (path: string, { stamp, sha256 }: HashedFile) => {
    if (settledStampOf(path) === stamp) known.set(stamp, sha256);
  };
  return {
    learn,
    recall,
    recallAs,
    ofSmall(path) {
      const file = openSync(path, "r");
      try {
        const stat = fstatSync(file, { bigint: true });
        const hash = recallAs(stat) ?? sha256(readFileSync(file));
        known.set(keyOf(stat), hash);
        return hash;
      } finally {
        closeSync(file);
      }
    },
    remember: (path, hash) => known.set(keyOf(statSync(path, { bigint: true })), hash),
    async of(path, name) {
      const before = statOf(path);
      const recalled = before === undefined ? null : recallAs(before);
      if (before !== undefined && recalled !== null)
        return { bytes: Number(before.size), sha256: recalled, stamp: keyOf(before) };
      const hashed = await hashFile(path, name);
      learn(path, hashed);
      return hashed;
    },
    save: known.save,
  };
}

function statOf(path: string): BigIntStats | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false });
}

function keyOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return `${dev}:${ino}:${size}:${mtimeNs}`;
}

function isSettled({ mtimeNs }: BigIntStats): boolean {
  return BigInt(Date.now()) * 1_000_000n - mtimeNs > UNSETTLED_NS;
}
