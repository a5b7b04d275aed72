import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layoutOfImage } from "../../src/capture/layout/layoutOfImage.ts";
import type { Layout, Structure } from "../../src/model/layout.ts";
import { layoutOfText, layoutText } from "../../src/report/layoutFile.ts";
import { problemsOf } from "./problems.ts";

const env = { ...process.env, PATH: `${process.env["PATH"]}${delimiter}/usr/sbin${delimiter}/sbin` };
const MIB = 2 ** 20;

function has(...tools: string[]): boolean {
  return tools.every((tool) => spawnSync(tool, ["--version"], { env, stdio: "ignore" }).error === undefined);
}

function run(tool: string, args: readonly string[], input = ""): string {
  return execFileSync(tool, args, { env, input, encoding: "utf8", stdio: "pipe" });
}

/** The same bytes in every run, and no block of them twice. */
function pattern(bytes: number, seed: number): Buffer {
  const words = new Uint32Array(bytes / 4);
  for (let i = 0, state = seed; i < words.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    words[i] = state;
  }
  return Buffer.from(words.buffer);
}

const FILES: Readonly<Record<string, Buffer>> = {
  "/hello": Buffer.from("hello, world."),
  "/d/big": pattern(300_000, 1),
  '/d/e/a "b" c': pattern(90_000, 2),
  "/d/e/line\nbreak": pattern(5000, 3),
  "/d/e/é ü": pattern(1024, 4),
};

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "blkreport-test-"));
  mkdirSync(join(folder, "tree/d/e"), { recursive: true });
  for (const [name, bytes] of Object.entries(FILES)) writeFileSync(join(folder, "tree", name), bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function image(name: string, bytes: number): string {
  const path = join(folder, name);
  writeFileSync(path, "");
  truncateSync(path, bytes);
  return path;
}

/** The layout as whoever reads the file gets it, held to what must always be. */
async function layoutOf(path: string, notes: readonly string[] = []): Promise<Layout> {
  const found = await layoutOfImage(path, null);
  expect(found.notes).toEqual(notes);
  const layout = layoutOfText(layoutText(found.layout), "layout");
  expect(problemsOf(layout)).toEqual([]);
  return layout;
}

function named({ devices }: Layout, name: string): Structure {
  const found = devices[0]?.structures.filter((structure) => structure.name === name) ?? [];
  expect(found.map((structure) => structure.name)).toEqual([name]);
  return found[0]!;
}

/** What stands on the disk where the layout says. */
function bytesOf(disk: Buffer, { extents }: Structure): Buffer {
  return Buffer.concat(extents.map(([from, length]) => disk.subarray(from, from + length)));
}

function expectFiles(layout: Layout, disk: Buffer, names = Object.keys(FILES)): void {
  for (const name of names) {
    const expected = FILES[name]!;
    expect(bytesOf(disk, named(layout, name)).subarray(0, expected.length).equals(expected), name).toBe(true);
  }
}

const EXT_MAGIC = 0xef53;
const JOURNAL_MAGIC = 0xc03b3998;

/** Looks at an ext with its own eyes. */
function expectExt(layout: Layout, disk: Buffer, { superblockAt }: { superblockAt: number }): void {
  const structures = layout.devices[0]!.structures;
  const superblocks = structures.filter(({ kind }) => kind === "superblock");
  for (const [i, superblock] of superblocks.entries()) {
    const at = i === 0 ? superblockAt : 0;
    expect(bytesOf(disk, superblock).readUInt16LE(at + 56), superblock.name).toBe(EXT_MAGIC);
  }
  // Inode 2 is the root: the second entry of the first table; its mode is its first word.
  const inodeBytes = bytesOf(disk, superblocks[0]!).readUInt16LE(superblockAt + 88);
  expect(bytesOf(disk, named(layout, "inode table, group 0")).readUInt16LE(inodeBytes) & 0o170000).toBe(0o040000);
  // The first eleven inodes are taken.
  expect(bytesOf(disk, named(layout, "inode bitmap, group 0")).readUInt16LE(0) & 0x7ff).toBe(0x7ff);
  // The first block is taken.
  expect(bytesOf(disk, named(layout, "block bitmap, group 0"))[0]! & 1).toBe(1);
  // A directory begins with itself.
  const root = bytesOf(disk, named(layout, "/"));
  expect([root.readUInt32LE(0), root.toString("latin1", 8, 9)]).toEqual([2, "."]);
  // The descriptor of the first group begins with where its bitmaps and its table are.
  const group = bytesOf(disk, named(layout, "group descriptors"));
  const filesystem = structures.find(({ kind }) => kind === "filesystem")!;
  const blockBytes = 1024 << bytesOf(disk, superblocks[0]!).readUInt32LE(superblockAt + 24);
  for (const [i, name] of ["block bitmap, group 0", "inode bitmap, group 0", "inode table, group 0"].entries())
    expect(group.readUInt32LE(4 * i) * blockBytes).toBe(named(layout, name).extents[0]![0] - filesystem.extents[0]![0]);
}

function expectJournal(layout: Layout, disk: Buffer): void {
  expect(bytesOf(disk, named(layout, "journal")).readUInt32BE(0)).toBe(JOURNAL_MAGIC);
}

describe.skipIf(!has("sfdisk", "blkid", "mke2fs", "dumpe2fs", "debugfs"))("the layout of an image with ext", () => {
  it("of 1 KiB blocks in a partition says where its structures and files are", async () => {
    const path = image("ext4-1k", 64 * MIB);
    run("mke2fs", [
      "-q",
      "-F",
      "-t",
      "ext4",
      "-b",
      "1024",
      "-E",
      `offset=${63 * 512}`,
      "-d",
      join(folder, "tree"),
      path,
      "61440",
    ]);
    run("sfdisk", ["-q", path], "label: dos\nstart=63, size=122880\n");
    const [layout, disk] = [await layoutOf(path), readFileSync(path)];
    expect(named(layout, "partition 1").extents).toEqual([[63 * 512, 122880 * 512]]);
    expectExt(layout, disk, { superblockAt: 0 });
    expectJournal(layout, disk);
    expectFiles(layout, disk);
    expect(layout.sources.map((source) => source.replace(/ [\d.]+$/, ""))).toEqual(["sfdisk", "dumpe2fs", "debugfs"]);
  });

  it("of 4 KiB blocks in the second partition of a GPT has it with its copy at the end", async () => {
    const path = image("ext4-4k", 96 * MIB);
    run("mke2fs", [
      "-q",
      "-F",
      "-t",
      "ext4",
      "-b",
      "4096",
      "-E",
      `offset=${32 * MIB}`,
      "-d",
      join(folder, "tree"),
      path,
      "8192",
    ]);
    run("sfdisk", ["-q", path], "label: gpt\nstart=2048, size=2048\nstart=65536, size=65536\n");
    const [layout, disk] = [await layoutOf(path), readFileSync(path)];
    for (const name of ["GPT header", "GPT header, copy"])
      expect(bytesOf(disk, named(layout, name)).toString("latin1", 0, 8)).toBe("EFI PART");
    expect(bytesOf(disk, named(layout, "GPT entries, copy")).equals(bytesOf(disk, named(layout, "GPT entries")))).toBe(
      true,
    );
    expectExt(layout, disk, { superblockAt: 1024 });
    expectJournal(layout, disk);
    expectFiles(layout, disk);
  });

  it("2 on the whole disk, without extents, has the indirect blocks of a file apart from its data", async () => {
    const path = image("ext2", 20 * MIB);
    run("mke2fs", ["-q", "-F", "-t", "ext2", "-b", "1024", "-d", join(folder, "tree"), path]);
    const [layout, disk] = [await layoutOf(path), readFileSync(path)];
    expectExt(layout, disk, { superblockAt: 0 });
    expectFiles(layout, disk);
    const [first] = named(layout, "/d/big").extents;
    const map = bytesOf(disk, named(layout, "block map of /d/big"));
    expect(named(layout, "/d/big").extents.some(([from]) => from === map.readUInt32LE(0) * 1024)).toBe(true);
    expect(first![0]).not.toBe(named(layout, "block map of /d/big").extents[0]![0]);
  });

  it("in a logical partition has the table that leads to it", async () => {
    const path = image("logical", 64 * MIB);
    run(
      "sfdisk",
      ["-q", path],
      "label: dos\nstart=2048, size=2048\nstart=8192, size=100000, type=5\nstart=10240, size=40960\n",
    );
    run("mke2fs", ["-q", "-F", "-t", "ext3", "-b", "1024", "-E", `offset=${10240 * 512}`, path, "20480"]);
    const [layout, disk] = [await layoutOf(path), readFileSync(path)];
    const { structures } = layout.devices[0]!;
    const within = (name: string) => structures[named(layout, name).within!]?.name;
    expect([within("extended boot record"), within("partition 5"), within("ext3")]).toEqual([
      "partition 2",
      "partition 2",
      "partition 5",
    ]);
    expect(bytesOf(disk, named(layout, "extended boot record")).readUInt16LE(510)).toBe(0xaa55);
    expectExt(layout, disk, { superblockAt: 0 });
    expectJournal(layout, disk);
  });

  it("is the same of a name that tools take for more, and of the image as qcow2", async () => {
    const path = image("plain", 8 * MIB);
    run("mke2fs", ["-q", "-F", "-t", "ext4", "-d", join(folder, "tree"), path]);
    const expected = layoutText(await layoutOf(path));
    for (const name of ["a?offset=1 b", "nbd:x@@1"]) {
      copyFileSync(path, join(folder, name));
      expect(layoutText(await layoutOf(join(folder, name)))).toBe(expected);
    }
    if (!has("qemu-img")) return;
    run("qemu-img", ["convert", "-f", "raw", "-O", "qcow2", path, join(folder, "plain.qcow2")]);
    expect(layoutText(await layoutOf(join(folder, "plain.qcow2")))).toBe(expected);
  });

  it("that was cut short has nothing beyond its end", async () => {
    const path = image("short", 32 * MIB);
    run("mke2fs", ["-q", "-F", "-t", "ext4", "-b", "1024", path]);
    truncateSync(path, 20 * MIB);
    const layout = await layoutOf(path);
    expect([layout.devices[0]!.bytes, named(layout, "ext4").extents]).toEqual([20 * MIB, [[0, 20 * MIB]]]);
    const { structures } = layout.devices[0]!;
    expect(structures.some(({ name }) => name === "superblock copy, group 1")).toBe(true);
    expect(structures.some(({ name }) => name === "superblock copy, group 3")).toBe(false);
  });

  it("whose superblock is damaged tells what else there is, and says so", async () => {
    const path = image("damaged", 16 * MIB);
    run("mke2fs", ["-q", "-F", "-t", "ext4", "-E", `offset=${MIB}`, path, "8192"]);
    run("sfdisk", ["-q", path], "label: dos\nstart=2048\n");
    const disk = readFileSync(path);
    // More blocks than there are, and no checksum that fits.
    disk.writeUInt32LE(0, MIB + 1024 + 24);
    disk.writeUInt32LE(0xffffffff, MIB + 1024 + 32);
    writeFileSync(path, disk);
    const { layout, notes } = await layoutOfImage(path, null);
    expect(layout.devices[0]!.structures.map(({ name }) => name)).toEqual(["MBR", "partition 1"]);
    expect(notes).toEqual([expect.stringMatching(/^ext4 on partition 1 is not read: dumpe2fs: invalid end: /)]);
  });
});

describe.skipIf(!has("blkid", "mkfs.xfs", "xfs_db", "dd"))("the layout of an image with xfs", () => {
  it("says where its headers, log, inodes and files are", async () => {
    const path = image("xfs", 320 * MIB);
    const prototype = ["/", "0 0", "d--755 0 0"];
    prototype.push(
      `hello ---644 0 0 ${join(folder, "tree/hello")}`,
      "d d--755 0 0",
      `big ---644 0 0 ${join(folder, "tree/d/big")}`,
    );
    writeFileSync(join(folder, "proto"), `${[...prototype, "$", "$"].join("\n")}\n`);
    run("mkfs.xfs", ["-q", "-p", join(folder, "proto"), path]);
    const [layout, disk] = [await layoutOf(path), readFileSync(path)];
    const magic = (name: string) => bytesOf(disk, named(layout, name)).toString("latin1", 0, 4);
    expect(["superblock", "superblock copy, AG 3"].map(magic)).toEqual(["XFSB", "XFSB"]);
    expect(["free space header (AGF), AG 1", "inode header (AGI), AG 2", "free list (AGFL), AG 3"].map(magic)).toEqual([
      "XAGF",
      "XAGI",
      "XAFL",
    ]);
    expect(["free space by block, AG 0", "inode tree, AG 0"].map(magic)).toEqual(["AB3B", "IAB3"]);
    expect(bytesOf(disk, named(layout, "inodes, AG 0")).toString("latin1", 0, 2)).toBe("IN");
    expect(bytesOf(disk, named(layout, "log")).readUInt32BE(0)).toBe(0xfeedbabe);
    expectFiles(layout, disk, ["/hello", "/d/big"]);
  });
});

describe.skipIf(!has("blkid", "mkfs.btrfs", "btrfs"))("the layout of an image with btrfs", () => {
  it("says where its superblocks, trees and files are, each copy of them", async () => {
    const path = image("btrfs", 256 * MIB);
    run("mkfs.btrfs", ["-q", "-r", join(folder, "tree"), path]);
    const [layout, disk] = [await layoutOf(path), readFileSync(path)];
    for (const name of ["superblock", "superblock copy 1"])
      expect(bytesOf(disk, named(layout, name)).toString("latin1", 64, 72)).toBe("_BHRfS_M");
    const { extents } = named(layout, "root tree");
    expect(extents.length).toBe(2);
    const [one, other] = extents.map(([from, length]) => disk.subarray(from, from + length));
    expect(one!.equals(other!)).toBe(true);
    expectFiles(layout, disk, ["/d/big", '/d/e/a "b" c']);
  });
});

describe.skipIf(!has("sfdisk", "blkid", "mkfs.fat", "fsck.fat", "mcopy"))("the layout of an image with FAT", () => {
  it("in a partition says where its tables, its directories and its files are, in pieces where they are", async () => {
    const path = image("fat", 64 * MIB);
    run("mkfs.fat", ["--offset", "2048", path, String(63 * 1024)]);
    run("sfdisk", ["-q", path], "label: dos\nstart=2048, type=c\n");
    const inside = `${path}@@${MIB}`;
    run("mmd", ["-i", inside, "::/d"]);
    for (const name of ["1", "2", "3"]) run("mcopy", ["-i", inside, join(folder, "tree/hello"), `::/${name}`]);
    run("mdel", ["-i", inside, "::/2"]);
    run("mcopy", ["-i", inside, join(folder, "tree/d/big"), "::/d/big"]);
    run("mcopy", ["-i", inside, join(folder, "tree/hello"), "::/hello"]);
    const [layout, disk] = [await layoutOf(path), readFileSync(path)];
    expect(bytesOf(disk, named(layout, "boot sector")).readUInt16LE(510)).toBe(0xaa55);
    expect(bytesOf(disk, named(layout, "FAT 2")).equals(bytesOf(disk, named(layout, "FAT 1")))).toBe(true);
    expect(bytesOf(disk, named(layout, "FAT 1")).readUInt16LE(0)).toBe(0xfff8);
    expect(named(layout, "/d").kind).toBe("directory");
    expect(bytesOf(disk, named(layout, "/d")).toString("latin1", 0, 2)).toBe(". ");
    expectFiles(layout, disk, ["/hello", "/d/big"]);
  });
});

describe("an image", () => {
  it("of which nothing is known has no structures", async () => {
    expect((await layoutOf(image("zeros", MIB))).devices).toEqual([]);
  });

  it("that is a folder is refused with what helps", () => {
    expect(() => layoutOfImage(folder, null)).toThrow(
      /: unsupported image that is neither a file nor a block device; give a file, or use --from/,
    );
  });
});
