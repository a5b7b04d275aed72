import { type Dirent, readdirSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { INDEX_NAME } from "./cachePlaces.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Says by its time when the cache was looked through. */
const PRUNED_NAME = "pruned";

export interface CacheLimits {
  /** Nothing that was used so shortly ago goes: a build that runs beside may count on it. */
  readonly safeMs: number;
  /** Whatever was not used for so long goes. */
  readonly idleMs: number;
  /** Above that, what was not used for the longest time goes first. */
  readonly bytes: number;
}

export const CACHE_LIMITS: CacheLimits = { safeMs: 6 * HOUR_MS, idleMs: 30 * DAY_MS, bytes: 2 * 2 ** 30 };

/** Looks through the cache once a day. It is nobody's trouble if that fails. */
export function pruneDaily(cacheDir: string, limits: CacheLimits = CACHE_LIMITS): void {
  try {
    const marker = join(cacheDir, PRUNED_NAME);
    if (Date.now() - (timeOf(marker) ?? 0) < DAY_MS) return;
    writeFileSync(marker, "");
    pruneCache(cacheDir, Date.now(), limits);
  } catch {
    // Read-only, full, or taken away: the next build tries again.
  }
}

/** Takes away what is no longer used, and what builds that were killed left. Only what has the name of an entry is touched. */
export function pruneCache(cacheDir: string, nowMs: number, limits: CacheLimits = CACHE_LIMITS): void {
  const all = [...entriesIn(cacheDir)].sort((a, b) => b.usedMs - a.usedMs);
  let bytes = 0;
  for (const entry of all) {
    bytes += entry.bytes;
    const idleMs = nowMs - entry.usedMs;
    if (idleMs < limits.safeMs) continue;
    if (entry.isLeftover || idleMs > limits.idleMs || bytes > limits.bytes) takeAway(entry);
  }
}

interface Entry {
  readonly path: string;
  readonly bytes: number;
  readonly usedMs: number;
  readonly isLeftover: boolean;
}

const SHARE = /^[0-9a-f]{2}$/;
const ENTRY = /^[0-9a-f]{62}(?:\.json)?$/;
/** What was being written, or taken away. */
const UNFINISHED = /^[0-9a-f]{62}(?:\.json)?\.[0-9a-f-]+\.(?:tmp|gone)$/;
/** Where pages were being written. */
const PAGES = /^pages-\w{6}$/;

function* entriesIn(cacheDir: string): Iterable<Entry> {
  for (const kind of foldersIn(cacheDir)) {
    if (PAGES.test(kind)) yield* entryAt(join(cacheDir, kind), true);
    for (const share of foldersIn(join(cacheDir, kind))) {
      if (!SHARE.test(share)) continue;
      for (const { name } of listed(join(cacheDir, kind, share)))
        if (ENTRY.test(name) || UNFINISHED.test(name))
          yield* entryAt(join(cacheDir, kind, share, name), UNFINISHED.test(name));
    }
  }
}

function foldersIn(folder: string): readonly string[] {
  return listed(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** Another build may have taken it away meanwhile. */
function listed(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function entryAt(path: string, isLeftover: boolean): readonly Entry[] {
  const stat = statOf(path);
  if (stat === undefined) return [];
  const inside = stat.isDirectory() ? listed(path).flatMap(({ name }) => statOf(join(path, name)) ?? []) : [stat];
  const bytes = inside.reduce((sum, { size }) => sum + size, 0);
  return [{ path, bytes, usedMs: usedAt(path, stat), isLeftover }];
}

/** The time of a folder is that of its index; of one that has none yet, its own. */
function usedAt(path: string, stat: Stats): number {
  return (stat.isDirectory() ? timeOf(join(path, INDEX_NAME)) : undefined) ?? stat.mtimeMs;
}

/** At once or not at all: who reads it meanwhile finds a whole entry or none. */
function takeAway({ path, usedMs, isLeftover }: Entry): void {
  try {
    const stat = statOf(path);
    if (stat === undefined || usedAt(path, stat) !== usedMs) return;
    const gone = isLeftover ? path : `${path}.${process.pid}.gone`;
    if (!isLeftover) renameSync(path, gone);
    rmSync(gone, { recursive: true, force: true });
  } catch {
    // Somebody else takes it away, or may; the others can go all the same.
  }
}

function timeOf(path: string): number | undefined {
  return statOf(path)?.mtimeMs;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
