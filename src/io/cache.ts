import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { INDEX_NAME, markUsed, placeInCache } from "./cachePlaces.ts";
import { readChecked, writeChecked } from "./checkedFile.ts";
import { codeFingerprint } from "./fingerprint.ts";
import { makeFolder } from "./makeFolder.ts";
import { sha256 } from "./sha256.ts";
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
  /** Whether a JSON value lies there, whole or not; it counts as used. */
  hasJson(kind: string, key: string): boolean;
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

/** Opens the cache in a folder, which need not exist. Entries appear whole or not at all; damaged ones are made again. */
export function openCache(
  cacheDir: string,
  { verify = false, fingerprint = codeFingerprint() }: CacheOptions = {},
): Cache {
  const placeOf = (kind: string, key: string) =>
    placeInCache(cacheDir, kind, sha256(JSON.stringify([kind, key, fingerprint])));
  const recallJson = <T>(kind: string, key: string) => readJson<T>(`${placeOf(kind, key)}.json`);
  const recallFolder = <T>(kind: string, key: string) => readFolder<T>(placeOf(kind, key), verify);
  return {
    recallJson,
    recallFolder,
    hasJson(kind, key) {
      const path = `${placeOf(kind, key)}.json`;
      markUsed(path);
      return existsSync(path);
    },
    async json<T>(kind: string, key: string, make: () => Promise<T>) {
      const recalled = recallJson<T>(kind, key);
      if (recalled !== null) return recalled;
      return written(`${placeOf(kind, key)}.json`, await make());
    },
    async folder<T>(kind: string, key: string, make: (folder: string) => Promise<T>) {
      const place = placeOf(kind, key);
      const recalled = readFolder<T>(place, verify);
      return recalled ?? madeFolder(place, verify, make);
    },
  };
}

/** Writes a value, and gives it as it will be read: JSON knows no NaN. */
function written<T>(path: string, value: T): T {
  return JSON.parse(writeChecked(path, value)) as T;
}

function readJson<T>(path: string): T | null {
  const value = readChecked<T>(path);
  if (value !== null) markUsed(path);
  return value;
}

function readFolder<T>(place: string, verify: boolean): CachedFolder<T> | null {
  const index = readChecked<Index<T>>(join(place, INDEX_NAME));
  if (index === null) return null;
  const folder = located(index, place);
  if (!folder.files.every((file) => isWhole(file, verify))) return null;
  markUsed(join(place, INDEX_NAME));
  return folder;
}

function located<T>({ value, files }: Index<T>, place: string): CachedFolder<T> {
  return { value, files: files.map((file) => ({ ...file, path: join(place, file.name) })) };
}

function isWhole({ path, bytes, sha256: expected }: CachedFile, verify: boolean): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.size !== bytes) return false;
  return !verify || sha256(readFileSync(path)) === expected;
}

async function madeFolder<T>(
  place: string,
  verify: boolean,
  make: (folder: string) => Promise<T>,
): Promise<CachedFolder<T>> {
  const beside = besideOf(place);
  makeFolder(beside);
  try {
    const value = await make(beside);
    const files = readdirSync(beside)
      .sort(byBytes)
      .map((name) => {
        const content = readFileSync(join(beside, name));
        return { name, bytes: content.length, sha256: sha256(content) };
      });
    const index = written<Index<T>>(join(beside, INDEX_NAME), { value, files });
    while (!hasMoved(beside, place)) {
      const theirs = readFolder<T>(place, verify);
      if (theirs !== null) return theirs;
      takeAway(place);
    }
    return located(index, place);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** False where an entry is there: a damaged one, or that of another build that was faster. */
function hasMoved(beside: string, place: string): boolean {
  try {
    renameSync(beside, place);
    return true;
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

/** At once: another build may do the same, and one of them is too late. */
function takeAway(place: string): void {
  const gone = besideOf(place);
  try {
    renameSync(place, gone);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  rmSync(gone, { recursive: true, force: true });
}

/** Another build may make the same, and a machine of the same disk may have a process of the same number. */
function besideOf(place: string): string {
  return `${place}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
}
