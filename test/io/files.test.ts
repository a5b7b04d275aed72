import { renameSync, utimesSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { fileInput, head } from "../../src/io/fileInput.ts";
import { hashFile, openHashes } from "../../src/io/hashes.ts";
import { sha256 } from "../../src/io/sha256.ts";
import { spoolStream } from "../../src/io/spool.ts";
import { HEAD_BYTES } from "../../src/model/format.ts";
import { folder } from "../support/folders.ts";

async function all(path: string): Promise<Buffer> {
  const input = fileInput(path, "a");
  const parts: Buffer[] = [];
  for (let bytes = await input.next(); bytes !== null; bytes = await input.next()) parts.push(Buffer.from(bytes));
  return Buffer.concat(parts);
}

describe("fileInput", () => {
  it("gives the bytes of a file in pieces of at most a mebibyte, in two buffers", async () => {
    const text = "0123456789".repeat(350_000);
    const path = join(folder({ a: text }), "a");
    const input = fileInput(path, "a");
    const pieces = [await input.next(), await input.next(), await input.next()];
    await input.close();
    expect(pieces.map((piece) => piece?.length)).toEqual([1 << 20, 1 << 20, 1 << 20]);
    expect(pieces[0]?.buffer).toBe(pieces[2]?.buffer);
    expect((await all(path)).toString()).toBe(text);
  });

  it("stays at the end", async () => {
    const input = fileInput(join(folder({ a: "" }), "a"), "a");
    expect([await input.next(), await input.next()]).toEqual([null, null]);
  });

  it("says what is missing by the name that people know", async () => {
    await expect(fileInput("/no/such", "sda.qtr").next()).rejects.toThrow("sda.qtr: missing file; check its name");
    await expect(fileInput(folder(), "x").next()).rejects.toThrow("x: invalid file: it is a folder; name a file in it");
  });
});

describe("head", () => {
  it.each([
    [10, 10, true],
    [HEAD_BYTES, HEAD_BYTES, true],
    [HEAD_BYTES + 1, HEAD_BYTES, false],
  ])("of %i bytes has %i, whole: %s", async (size, length, complete) => {
    const start = await head(join(folder({ a: "x".repeat(size) }), "a"), "a");
    expect([start.bytes.length, start.complete]).toEqual([length, complete]);
  });
});

describe("spoolStream", () => {
  it("keeps what streams in as a file until it is removed", async () => {
    const { path, remove } = await spoolStream(Readable.from(["a", "b"]));
    expect(await readFile(path, "utf8")).toBe("ab");
    await remove();
    await expect(readFile(path)).rejects.toThrow("ENOENT");
  });
});

describe("hashes", () => {
  const old = new Date("2020-01-01");
  const settled = (text: string) => {
    const root = folder({ a: text });
    utimesSync(join(root, "a"), old, old);
    return root;
  };

  it("are SHA-256 of the whole file", async () => {
    expect((await hashFile(join(folder({ a: "abc" }), "a"))).sha256).toBe(sha256("abc"));
  });

  it("are remembered by device, inode, size and time, unless they are to be verified", async () => {
    const root = settled("abc");
    const path = join(root, "a");
    const hashes = openHashes(join(root, ".cache"));
    expect(await hashes.of(path)).toMatchObject({ bytes: 3, sha256: sha256("abc") });
    hashes.save();
    writeFileSync(path, "xyz");
    utimesSync(path, old, old);
    expect((await openHashes(join(root, ".cache")).of(path)).sha256).toBe(sha256("abc"));
    expect((await openHashes(join(root, ".cache"), { verify: true }).of(path)).sha256).toBe(sha256("xyz"));
  });

  it("are made again when size or time differ", async () => {
    const root = settled("abc");
    const hashes = openHashes(join(root, ".cache"));
    await hashes.of(join(root, "a"));
    writeFileSync(join(root, "a"), "abd");
    expect((await hashes.of(join(root, "a"))).sha256).toBe(sha256("abd"));
  });

  it("are not remembered for a file that may still change within its time stamp", async () => {
    const root = folder({ a: "abc" });
    const hashes = openHashes(join(root, ".cache"));
    await hashes.of(join(root, "a"));
    expect(hashes.recall(join(root, "a"))).toBeNull();
  });

  it("of a file that is replaced while it is hashed are not taken for those of the new one", () => {
    const root = folder({ a: "old" });
    const path = join(root, "a");
    const hashes = openHashes(join(root, ".cache"));
    expect(hashes.ofSmall(path)).toBe(sha256("old"));
    writeFileSync(join(root, "b"), "new");
    renameSync(join(root, "b"), path);
    expect(hashes.recall(path)).toBeNull();
    expect(hashes.ofSmall(path)).toBe(sha256("new"));
  });

  it("survive a memory that is cut off, or whole and of another form", async () => {
    for (const memory of ['{"1:2', `${sha256("{}")}\n{}`]) {
      const root = folder({ a: "abc", ".cache/hashes.json": memory });
      expect((await openHashes(join(root, ".cache")).of(join(root, "a"))).sha256).toBe(sha256("abc"));
    }
  });
});
