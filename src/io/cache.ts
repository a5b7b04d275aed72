import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeAtomic } from "./atomic.ts";
import { codeFingerprint } from "./fingerprint.ts";
import { sha256 } from "./hashes.ts";
import { byBytes } from "./walk.ts";

/** A file of a cached folder. */
export interface CachedFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface CachedFolder<T> {
  readonly value: T;
  readonly files: readonly CachedFile[];
}

/** Results by what they were made from: `kind` and `key` say all that they depend on beside this program's code. */
export interface Cache {
  /** A JSON value, or null where it has to be made. */
  recallJson<T>(kind: string, key: string): T | null;
  json<T>(kind: string, key: string, make: () => Promise<T>): Promise<T>;
  recallFolder<T>(kind: string, key: string): CachedFolder<T> | null;
  /** Files and a JSON value: `make` writes into the folder that it is given. */
  folder<T>(kind: string, key: string, make: (folder: string) => Promise<T>): Promise<CachedFolder<T>>;
}

export interface CacheOptions {
  /** Read every cached file and compare it with its hash. */
  readonly verify?: boolean;
  /** What names the program; by default its code. */
  readonly fingerprint?: string;
}

interface Index<T> {
  readonly value: T;
  readonly files: readonly Omit<CachedFile, "path">[];
}

const INDEX_NAME = "index.json";

/** Opens the cache in a folder, which need not exist. Entries appear whole or not at all; damaged ones are made again. */
export function openCache(
  cacheDir: string,
  { verify = false, fingerprint = codeFingerprint() }: CacheOptions = {},
): Cache {
  const placeOf = (kind: string, key: string) => {
    const name = sha256(JSON.stringify([kind, key, fingerprint]));
    return join(cacheDir, kind, name.slice(0, 2), name.slice(2));
  };
  const recallJson = <T>(kind: string, key: string) => readChecked<T>(`${placeOf(kind, key)}.json`);
  const recallFolder = <T>(kind: string, key: string) => readFolder<T>(placeOf(kind, key), verify);
  return {
    recallJson,
    recallFolder,
    async json<T>(kind: string, key: string, make: () => Promise<T>) {
      const recalled = recallJson<T>(kind, key);
      if (recalled !== null) return recalled;
      return writeChecked(`${placeOf(kind, key)}.json`, await make());
    },
    async folder<T>(kind: string, key: string, make: (folder: string) => Promise<T>) {
      const place = placeOf(kind, key);
      const recalled = readFolder<T>(place, verify);
      return recalled ?? makeFolder(place, make);
    },
  };
}

/** The hash of the rest stands in the first line. Gives the value as it will be recalled: JSON knows no NaN. */
function writeChecked<T>(path: string, value: T): T {
  const text = JSON.stringify(value);
  writeAtomic(path, `${sha256(text)}\n${text}`);
  return JSON.parse(text) as T;
}

function readChecked<T>(path: string): T | null {
  const content = readIfThere(path);
  if (content === null) return null;
  const text = content.subarray(65);
  return content.toString("latin1", 0, 64) === sha256(text) ? (JSON.parse(text.toString("utf8")) as T) : null;
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function readFolder<T>(place: string, verify: boolean): CachedFolder<T> | null {
  const index = readChecked<Index<T>>(join(place, INDEX_NAME));
  if (index === null) return null;
  const folder = located(index, place);
  return folder.files.every((file) => isWhole(file, verify)) ? folder : null;
}

function located<T>({ value, files }: Index<T>, place: string): CachedFolder<T> {
  return { value, files: files.map((file) => ({ ...file, path: join(place, file.name) })) };
}

function isWhole({ path, bytes, sha256: expected }: CachedFile, verify: boolean): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.size !== bytes) return false;
  return !verify || sha256(readFileSync(path)) === expected;
}

async function makeFolder<T>(place: string, make: (folder: string) => Promise<T>): Promise<CachedFolder<T>> {
  const beside = `${place}.${process.pid}.tmp`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true });
  try {
    const value = await make(beside);
    const files = readdirSync(beside)
      .sort(byBytes)
      .map((name) => {
        const content = readFileSync(join(beside, name));
        return { name, bytes: content.length, sha256: sha256(content) };
      });
    const index = writeChecked<Index<T>>(join(beside, INDEX_NAME), { value, files });
    rmSync(place, { recursive: true, force: true });
    renameSync(beside, place);
    return located(index, place);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw error;
  }
}
