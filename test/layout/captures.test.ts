import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { layoutOfFolder } from "../../src/capture/layout/layoutOfFolder.ts";
import { isKept } from "../../src/layout/folder.ts";
import { layoutOfText, layoutText } from "../../src/report/layoutFile.ts";
import { problemsOf } from "./problems.ts";

const TRACES = join(import.meta.dirname, "../../traces");
const CAPTURES = join(import.meta.dirname, "../../../shared/captures");

const folders = existsSync(CAPTURES)
  ? readdirSync(CAPTURES, { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.parentPath.includes("qtr"))
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((folder) => readdirSync(folder).some(isKept))
      .sort()
  : [];

/** Of what the tools did not tell enough; each of these notes is asked for by name. */
const NOTES: Readonly<Record<string, readonly string[]>> = {
  "25-md-raid1-resync": ["what lies in md0 is named on the array only: mdadm --examine of its disks is missing"],
};

describe.skipIf(folders.length === 0)("what the tools printed beside each recording", () => {
  it.each(folders.map((folder) => [folder.slice(CAPTURES.length + 1), folder]))(
    "%s gives a layout in which nothing lies upon another or outside of what holds it",
    async (name, folder) => {
      const { layout, notes } = await layoutOfFolder(folder, null);
      expect(notes).toEqual(NOTES[name.split("/").at(-1)!] ?? []);
      expect(layoutOfText(layoutText(layout), name)).toEqual(layout);
      expect(problemsOf(layout)).toEqual([]);
    },
  );

  it("has at least one of each kind of disk", () => {
    expect(folders.length).toBeGreaterThan(50);
  });
});

interface Write {
  readonly flags: string;
  readonly fromBytes: number;
  readonly bytes: number;
}

/** The writes that jbd2 sent to a disk, as blkparse printed them. */
function journalWrites(capture: string, device: string): Write[] {
  const lines = readFileSync(join(CAPTURES, capture, "blkparse.txt"), "utf8").split("\n");
  return lines.flatMap((line) => {
    const [id, , , , , action, flags = "", sector, , sectors, who = ""] = line.trim().split(/\s+/);
    if (id !== device || action !== "Q" || !flags.includes("W") || !who.startsWith("[jbd2")) return [];
    return [{ flags, fromBytes: Number(sector) * 512, bytes: Number(sectors) * 512 }];
  });
}

describe.skipIf(folders.length === 0)("the journals of the traces' layouts, by what jbd2 wrote", () => {
  it.each([
    ["databases/sqlite-wal", "vm/boot-A/08-sqlite-wal", "254,0"],
    ["filesystems/ext4-life", "vm/boot-E/43-markers", "254,0"],
    ["disk-4k/part63", "vm/boot-B/40-4kphys-part63", "254,32"],
    ["disk-4k/part2048", "vm/boot-B/40-4kphys-part2048", "254,32"],
  ])(
    "%s: each commit block, which is written with a flush or through the cache, is in the journal",
    (trace, capture, device) => {
      const layout = layoutOfText(readFileSync(join(TRACES, `${trace}.layout.json`), "utf8"), trace);
      const journal = layout.devices[0]!.structures.find(({ kind }) => kind === "journal")!;
      const isInside = ({ fromBytes, bytes }: Write) =>
        journal.extents.some(([from, length]) => from <= fromBytes && fromBytes + bytes <= from + length);
      const commits = journalWrites(capture, device).filter(({ flags, bytes }) => /F/.test(flags) && bytes > 0);
      expect(commits.length).toBeGreaterThan(0);
      expect(commits.filter((write) => !isInside(write))).toEqual([]);
    },
  );

  it.each([
    ["filesystems/ext4-life", "vm/boot-E/43-markers", "254,0"],
    ["disk-4k/part63", "vm/boot-B/40-4kphys-part63", "254,32"],
  ])("%s: the first block, the journal's own superblock, is written by mount and umount", (trace, capture, device) => {
    const layout = layoutOfText(readFileSync(join(TRACES, `${trace}.layout.json`), "utf8"), trace);
    const [[start] = [-1]] = layout.devices[0]!.structures.find(({ kind }) => kind === "journal")!.extents;
    expect(
      Math.min(
        ...journalWrites(capture, device)
          .map(({ fromBytes }) => fromBytes)
          .filter((at) => at >= start),
      ),
    ).toBe(start);
  });

  it("the database that was written lies where data were written", () => {
    const layout = layoutOfText(readFileSync(join(TRACES, "databases/sqlite-wal.layout.json"), "utf8"), "layout");
    const file = layout.devices[0]!.structures.find(({ name }) => name === "/w.db")!;
    const text = readFileSync(join(CAPTURES, "vm/boot-A/08-sqlite-wal/blkparse.txt"), "utf8");
    const written = [...text.matchAll(/^254,0 .* Q +W\S* (\d+) \+ (\d+) \[sqlite3\]/gm)];
    // SQLite checkpoints whole pages: each extent of the file is written from its first byte on.
    const starts = new Set(written.map(([, sector]) => Number(sector) * 512));
    expect(file.extents.filter(([from]) => !starts.has(from))).toEqual([]);
  });
});
