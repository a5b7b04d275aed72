import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCache } from "../../src/io/cache.ts";
import { folder } from "../support/folders.ts";

function counted<T>(value: T): { make: () => Promise<T>; calls: () => number } {
  let calls = 0;
  const make = async () => {
    calls++;
    return value;
  };
  return { make, calls: () => calls };
}

const filesIn = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

async function drawTwo(into: string): Promise<string> {
  writeFileSync(join(into, "b.svg"), "<svg/>");
  writeFileSync(join(into, "a.png"), "png");
  return "drawn";
}

describe("a cached value", () => {
  it("is made once", async () => {
    const root = folder();
    const { make, calls } = counted({ a: 1 });
    await openCache(root).json("summary", "k", make);
    expect(await openCache(root).json("summary", "k", make)).toEqual({ a: 1 });
    expect(calls()).toBe(1);
  });

  it("is the same when it is made as when it is recalled", async () => {
    const root = folder();
    const made = await openCache(root).json<unknown>("a", "k", async () => ({ p99Ns: Number.NaN, note: undefined }));
    expect(made).toStrictEqual(openCache(root).recallJson("a", "k"));
    expect(made).toStrictEqual({ p99Ns: null });
  });

  it("belongs to its kind, its key and the program", async () => {
    const root = folder();
    await openCache(root, { fingerprint: "1" }).json("a", "k", async () => 1);
    expect(openCache(root, { fingerprint: "1" }).recallJson("a", "k")).toBe(1);
    expect(openCache(root, { fingerprint: "2" }).recallJson("a", "k")).toBeNull();
    expect(openCache(root, { fingerprint: "1" }).recallJson("b", "k")).toBeNull();
    expect(openCache(root, { fingerprint: "1" }).recallJson("a", "l")).toBeNull();
  });

  it.each([0, 10, 70])("is made again when the entry is cut to %i bytes", async (bytes) => {
    const root = folder();
    await openCache(root).json("a", "k", async () => "something longer than nothing");
    truncateSync(filesIn(root)[0]!, bytes);
    expect(await openCache(root).json("a", "k", async () => "again")).toBe("again");
  });

  it("leaves nothing where making it fails", async () => {
    const root = folder();
    await expect(openCache(root).json("a", "k", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(openCache(root).recallJson("a", "k")).toBeNull();
  });
});

describe("a cached folder", () => {
  it("has its files with hashes, in order, and its value", async () => {
    const { value, files } = await openCache(folder()).folder("draw", "k", drawTwo);
    expect(value).toBe("drawn");
    expect(files.map(({ name, bytes, sha256 }) => [name, bytes, sha256.length])).toEqual([
      ["a.png", 3, 64],
      ["b.svg", 6, 64],
    ]);
  });

  it("is recalled as it was made", async () => {
    const root = folder();
    const made = await openCache(root).folder("draw", "k", drawTwo);
    expect(openCache(root).recallFolder("draw", "k")).toEqual(made);
  });

  it("is made again when a file is gone, shorter or, for who verifies, another one", async () => {
    const root = folder();
    const { files } = await openCache(root).folder("draw", "k", drawTwo);
    writeFileSync(files[0]!.path, "xyz");
    expect(openCache(root).recallFolder("draw", "k")).not.toBeNull();
    expect(openCache(root, { verify: true }).recallFolder("draw", "k")).toBeNull();
    writeFileSync(files[0]!.path, "p");
    expect(openCache(root).recallFolder("draw", "k")).toBeNull();
    expect((await openCache(root).folder("draw", "k", drawTwo)).files[0]!.bytes).toBe(3);
  });

  it("leaves nothing where making it fails half way", async () => {
    const root = folder();
    const fail = async (into: string) => {
      await drawTwo(into);
      throw new Error("half way");
    };
    await expect(openCache(root).folder("draw", "k", fail)).rejects.toThrow("half way");
    expect(filesIn(root)).toEqual([]);
  });
});

describe("two builds that make the same entry", () => {
  it("both have it, whole, and nothing is left beside it", async () => {
    const root = folder();
    const slow = async (into: string) => {
      await drawTwo(into);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return "drawn";
    };
    const made = await Promise.all([1, 2, 3].map(() => openCache(root).folder("draw", "k", slow)));
    for (const { files } of made) for (const { path } of files) expect(existsSync(path)).toBe(true);
    expect(
      filesIn(root)
        .map((file) => basename(file))
        .sort(),
    ).toEqual(["a.png", "b.svg", "index.json"]);
  });
});

describe("an entry that is something else", () => {
  it.each(["a folder in the place of a value", "a file in the place of a folder"])(
    "is made again: %s",
    async (what) => {
      const root = folder();
      const cache = openCache(root);
      await cache.json("a", "k", async () => 1);
      const { files } = await cache.folder("draw", "k", drawTwo);
      const value = filesIn(root).find((path) => path.includes("/a/"))!;
      const place = dirname(files[0]!.path);
      if (what.startsWith("a folder")) {
        rmSync(value);
        mkdirSync(join(value, "inside"), { recursive: true });
      } else {
        rmSync(place, { recursive: true });
        writeFileSync(place, "x");
      }
      expect(await openCache(root).json("a", "k", async () => 2)).toBe(what.startsWith("a folder") ? 2 : 1);
      expect((await openCache(root).folder("draw", "k", drawTwo)).value).toBe("drawn");
      expect(openCache(root).recallJson("a", "k")).not.toBeNull();
      expect(openCache(root).recallFolder("draw", "k")).not.toBeNull();
    },
  );
});
