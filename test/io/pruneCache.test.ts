import { readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCache } from "../../src/io/cache.ts";
import { CACHE_LIMITS, pruneCache, pruneDaily } from "../../src/io/pruneCache.ts";
import { contents, folder, write } from "../support/folders.ts";

const DAY_MS = 86_400_000;
const now = Date.now();
const big = "x".repeat(1000);

/** Three values and a folder, last used so many days ago. */
async function filled(daysAgo: Readonly<Record<string, number>>): Promise<string> {
  const root = folder();
  const cache = openCache(root, { fingerprint: "1" });
  for (const key of Object.keys(daysAgo)) {
    if (key === "drawing") await cache.folder("scope", key, async (into) => writeFileSync(join(into, "a.svg"), big));
    else await cache.json("summary", key, async () => big);
    const fresh = Object.keys(contents(root)).filter((path) => !aged.has(join(root, path)));
    for (const path of fresh) age(join(root, path), daysAgo[key]!);
  }
  return root;
}
const aged = new Set<string>();
function age(path: string, days: number): void {
  aged.add(path);
  const time = new Date(now - days * DAY_MS);
  utimesSync(path, time, time);
}
const known = (root: string) => {
  const cache = openCache(root, { fingerprint: "1" });
  const isKnown = (key: string) =>
    key === "drawing" ? cache.recallFolder("scope", key) : cache.recallJson("summary", key);
  return ["one", "two", "three", "drawing"].filter((key) => isKnown(key) !== null);
};

describe("the cache", () => {
  it("forgets what was not used for a month, files and folders", async () => {
    const root = await filled({ one: 31, two: 29, drawing: 40 });
    pruneCache(root, now);
    expect(known(root)).toEqual(["two"]);
    expect(Object.keys(contents(root))).toHaveLength(1);
  });

  it("above its size forgets first what was not used for the longest time", async () => {
    const root = await filled({ one: 3, two: 1, three: 5, drawing: 2 });
    pruneCache(root, now, { ...CACHE_LIMITS, bytes: 2600 });
    expect(known(root)).toEqual(["two", "drawing"]);
  });

  it("keeps what was used in the last hours, however large: a build beside may count on it", async () => {
    const root = await filled({ one: 0.1, two: 1 });
    pruneCache(root, now, { ...CACHE_LIMITS, bytes: 0 });
    expect(known(root)).toEqual(["one"]);
  });

  it("knows that something is used when it is recalled", async () => {
    const root = await filled({ one: 31, two: 31, drawing: 31 });
    const cache = openCache(root, { fingerprint: "1" });
    cache.recallJson("summary", "two");
    cache.recallFolder("scope", "drawing");
    pruneCache(root, Date.now());
    expect(known(root)).toEqual(["two", "drawing"]);
  });

  it("takes away what a build that was killed left, but not what one is at", async () => {
    const name = "0".repeat(62);
    const [left, current] = [`scope/ab/${name}.7-abcd.tmp/a.svg`, `scope/cd/${name}.8-abcd.tmp/a.svg`];
    const root = folder({ [left]: "x", [current]: "x", "pages-aB3xYz/index.html": "x" });
    for (const path of [`scope/ab/${name}.7-abcd.tmp`, "pages-aB3xYz"]) age(join(root, path), 2);
    pruneCache(root, now);
    expect(Object.keys(contents(root))).toEqual([current]);
  });

  it("touches nothing that is not an entry", async () => {
    const files = {
      "notes.txt": "x",
      "scope/readme": "x",
      "scope/ab/mine": "x",
      "my/ab/cd/file": "x",
      "served/index.html": "x",
    };
    const root = folder(files);
    for (const path of Object.keys(files)) age(join(root, path), 400);
    pruneCache(root, now, { ...CACHE_LIMITS, bytes: 0 });
    expect(contents(root)).toEqual(files);
  });

  it("is looked through once a day, and not at all where that cannot be", async () => {
    const root = await filled({ one: 31 });
    write(root, { pruned: "" });
    pruneDaily(root);
    expect(known(root)).toEqual(["one"]);
    for (const path of Object.keys(contents(root))) age(join(root, path), 31);
    pruneDaily(root);
    expect(known(root)).toEqual([]);
    rmSync(root, { recursive: true });
    pruneDaily(root);
    expect(readdirSync(join(root, "..")).includes(root)).toBe(false);
  });
});
