import { createHash } from "node:crypto";
import { type BigIntStats, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeAtomic } from "./atomic.ts";
import { fileBytes } from "./fileBytes.ts";

/** A file changed so shortly ago may change again within the same time stamp. */
const UNSETTLED_NS = 2_000_000_000n;
const MOST_REMEMBERED = 200_000;

export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The SHA-256 of a file, read as a stream. */
export async function sha256OfFile(path: string, name = path): Promise<string> {
  const hash = createHash("sha256");
  const input = fileBytes(path, name);
  try {
    for (let bytes = await input.next(); bytes !== null; bytes = await input.next()) hash.update(bytes);
  } finally {
    await input.close();
  }
  return hash.digest("hex");
}

/** SHA-256 of files; one that was hashed before is known again by device, inode, size and modification time. */
export interface Hashes {
  of(path: string, name?: string): Promise<{ readonly bytes: number; readonly sha256: string }>;
  /** The remembered hash of a file, if it is the one that was hashed; null where it has to be read. */
  recall(path: string): string | null;
  /** Says what a file that was just written hashes to. */
  remember(path: string, sha256: string): void;
  save(): void;
}

/** Opens the memory of hashes in the cache. With `verify` nothing is taken from it. */
export function openHashes(cacheDir: string, { verify = false } = {}): Hashes {
  const file = join(cacheDir, "hashes.json");
  const known = verify ? new Map<string, string>() : readKnown(file);
  let changed = verify;
  const keep = (key: string, hash: string) => {
    known.set(key, hash);
    changed = true;
  };
  const recallStat = (stat: BigIntStats | undefined) => (stat === undefined ? null : (known.get(keyOf(stat)) ?? null));
  return {
    recall: (path) => recallStat(statOf(path)),
    remember: (path, hash) => keep(keyOf(statSync(path, { bigint: true })), hash),
    async of(path, name) {
      const before = statOf(path);
      const recalled = recallStat(before);
      if (before !== undefined && recalled !== null) return { bytes: Number(before.size), sha256: recalled };
      const hash = await sha256OfFile(path, name);
      const after = statSync(path, { bigint: true });
      if (before !== undefined && keyOf(before) === keyOf(after) && isSettled(after)) keep(keyOf(after), hash);
      return { bytes: Number(after.size), sha256: hash };
    },
    save() {
      if (!changed) return;
      const entries = [...known].slice(-MOST_REMEMBERED);
      writeAtomic(file, JSON.stringify(Object.fromEntries(entries)));
      changed = false;
    },
  };
}

function readKnown(file: string): Map<string, string> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>));
  } catch {
    // Not there, or cut off: it is only a memory, and everything in it can be found out again.
    return new Map();
  }
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
