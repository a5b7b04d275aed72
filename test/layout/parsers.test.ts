import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBtrfsChunks, parseBtrfsSuper } from "../../src/layout/btrfs.ts";
import { composed, NO_FACTS } from "../../src/layout/compose.ts";
import { extFiles, parseDirectories, parseInodes } from "../../src/layout/debugfs.ts";
import { lvmName } from "../../src/layout/deviceName.ts";
import { parseDmsetupTable } from "../../src/layout/dmsetup.ts";
import { type Dumpe2fs, parseDumpe2fs } from "../../src/layout/dumpe2fs.ts";
import { parseFilefrag } from "../../src/layout/filefrag.ts";
import { factsOfFolder } from "../../src/layout/folder.ts";
import { parseLvs, parsePvs } from "../../src/layout/lvm.ts";
import { parseMdadm } from "../../src/layout/mdadm.ts";
import { parseSfdisk } from "../../src/layout/sfdisk.ts";
import { parseXfsSuperblock } from "../../src/layout/xfs.ts";
import { TraceError } from "../../src/model/errors.ts";
import { layoutOfText, layoutText } from "../../src/report/layoutFile.ts";

const lines = (...all: string[]) => `${all.join("\n")}\n`;

const EXT: Dumpe2fs = {
  type: "ext4",
  blockBytes: 1024,
  bytes: 2 ** 20,
  lastMounted: null,
  journalInode: null,
  otherInodes: [],
  pieces: [],
};

const DUMPE2FS_OLD = lines(
  "Filesystem features:      has_journal filetype",
  "Block count:              16384",
  "Block size:               1024",
  "Journal inode:            8",
  "",
  "Group 0: (Blocks 1-8192)",
  "  Primary superblock at 1, Group descriptors at 2-2",
  "  Block bitmap at 66 (+65), Inode bitmap at 67 (+66)",
  "  Inode table at 68-322 (+67)",
  "Group 1: (Blocks 8193-16383)",
  "  Backup superblock at 8193, Group descriptor at 8194",
  "  Block bitmap at 8258 (+65), Inode bitmap at 8259 (+66)",
  "  Inode table at 8260-8514 (+67)",
);

describe("dumpe2fs", () => {
  it("of 1.42 has both bitmaps in one line", () => {
    const { type, pieces, journalInode } = parseDumpe2fs(DUMPE2FS_OLD, "x");
    expect([type, journalInode]).toEqual(["ext3", 8]);
    expect(pieces.map(({ name, extents: [[from, length] = [0, 0]] }) => [name, from / 1024, length / 1024])).toEqual([
      ["boot block", 0, 1],
      ["superblock", 1, 1],
      ["group descriptors", 2, 1],
      ["block bitmap, group 0", 66, 1],
      ["inode bitmap, group 0", 67, 1],
      ["inode table, group 0", 68, 255],
      ["superblock copy, group 1", 8193, 1],
      ["group descriptors copy, group 1", 8194, 1],
      ["block bitmap, group 1", 8258, 1],
      ["inode bitmap, group 1", 8259, 1],
      ["inode table, group 1", 8260, 255],
    ]);
  });

  it("of very many groups has neighbours together", () => {
    const groups = Array.from({ length: 10_000 }, (_, i) =>
      lines(`Group ${i}: (Blocks)`, `  Inode table at ${i * 10}-${i * 10 + 4}`),
    );
    const { pieces } = parseDumpe2fs(lines("Block size: 4096", "Block count: 100000", "", ...groups), "x");
    expect(pieces.length).toBe(3334);
    expect(pieces[0]).toMatchObject({
      name: "inode table, group 0 to 2",
      extents: [
        [0, 20480],
        [40960, 20480],
        [81920, 20480],
      ],
    });
    expect(pieces.at(-1)?.name).toBe("inode table, group 9999");
  });

  it("that is cut short says what it lacks", () => {
    expect(() => parseDumpe2fs("Block count: 5\n", "dumpe2fs.txt")).toThrow(
      'dumpe2fs.txt: missing "Block size"; put there what dumpe2fs printed, whole',
    );
  });
});

describe("debugfs", () => {
  it("lists names with line breaks and with its own words in them", () => {
    const listing = lines(
      "debugfs: ls -p <2>",
      "/2/040755/0/0/.//",
      "/2/040755/0/0/..//",
      "/12/100644/0/0/a",
      "debugfs: stat <9>",
      "b/5/",
      "/13/040755/0/0/d//",
      "",
      "debugfs: ls -p <13>",
      "/13/040755/0/0/.//",
      "/2/040755/0/0/..//",
    );
    expect([...parseDirectories(listing)].map(([inode, entries]) => [inode, entries.map(({ name }) => name)])).toEqual([
      [2, [".", "..", "a\ndebugfs: stat <9>\nb", "d"]],
      [13, [".", ".."]],
    ]);
  });

  it("gives extents, indirect blocks and blocks of attributes", () => {
    const text = lines(
      "debugfs: stat <12>",
      "File ACL: 77",
      "EXTENTS:",
      "(ETB0):33, (0-2):5-7, (3[u]):8, (9-10):20-21",
      "debugfs: stat <13>",
      "File ACL: 0",
      "BLOCKS:",
      "(0-11):24-35, (IND):36, (12-20):37-45, (DIND):60, (IND):61, (268):62",
      "TOTAL: 25",
    );
    expect(parseInodes(text, 1)).toEqual(
      new Map([
        [
          12,
          {
            data: [
              [5, 4],
              [20, 2],
            ],
            tree: [[33, 1]],
            doublyIndirect: [],
            attributes: [[77, 1]],
          },
        ],
        [
          13,
          {
            data: [
              [24, 12],
              [37, 9],
              [62, 1],
            ],
            tree: [
              [36, 1],
              [60, 2],
            ],
            doublyIndirect: [[60, 1]],
            attributes: [],
          },
        ],
      ]),
    );
  });

  it("names no more files than it may, and says that there are more", async () => {
    const run = async (commands: string) =>
      commands
        .trim()
        .split("\n")
        .map((command) => {
          const inode = /\d+/.exec(command)![0];
          if (command.startsWith("stat")) return lines(`debugfs: ${command}`, "EXTENTS:", `(0):${inode}`);
          return lines(
            `debugfs: ${command}`,
            ...Array.from({ length: 50 }, (_, i) => `/${i + 100}/100644/0/0/f${i}/7/`),
          );
        })
        .join("\n");
    const few = await extFiles(EXT, run, { files: 11, extents: 1000 });
    expect([few.isCut, few.pieces.map(({ name }) => name)]).toEqual([
      true,
      ["/", ...Array.from({ length: 10 }, (_, i) => `/f${i}`)],
    ]);
    const all = await extFiles(EXT, run, { files: 1000, extents: 1000 });
    expect([all.isCut, all.pieces.length]).toEqual([false, 51]);
    expect(await extFiles(EXT, run, { files: 1000, extents: 20 })).toMatchObject({ isCut: true });
  });
});

describe("filefrag", () => {
  it("leaves out what lies nowhere", () => {
    const text = lines(
      "Filesystem type is: ef53",
      "File size of /mnt/a is 9000 (3 blocks of 4096 bytes)",
      " ext:     logical_offset:        physical_offset: length:   expected: flags:",
      "   0:        0..       0:         10..        10:      1:             ",
      "   1:        1..       1:         11..        11:      1:             unwritten",
      "   2:        2..       2:          0..         0:      1:             last,unknown_loc,delalloc,eof",
      "/mnt/a: 2 extents found",
    );
    expect(parseFilefrag(text, "x")).toEqual([{ path: "/mnt/a", magic: "ef53", extents: [[40960, 8192]] }]);
  });
});

describe("LVM", () => {
  const row = (more: object) => ({
    lv_name: "LV",
    vg_name: "VG",
    segtype: "linear",
    seg_start: "0B",
    seg_size: "8388608B",
    seg_pe_ranges: "/dev/sda:0-1",
    lv_kernel_minor: "3",
    ...more,
  });
  const lvs = (...rows: object[]) => JSON.stringify({ report: [{ seg: rows }] });
  const pvs = JSON.stringify({ report: [{ pv: [{ pv_name: "/dev/sda", vg_name: "VG", pe_start: "2048S" }] }] });
  const facts = (text: string) => ({ ...NO_FACTS, physical: parsePvs(pvs, "pvs"), segments: parseLvs(text, "lvs") });

  it("names the volume as LVM does, also with hyphens", () => {
    expect(["VG-LV", "my--group-my--volume", "plain"].map(lvmName)).toEqual(["VG/LV", "my-group/my-volume", "plain"]);
  });

  it("does not guess what a rounded size is", () => {
    expect(() => parseLvs(lvs(row({ seg_size: "8.00m" })), "lvs.json")).toThrow(
      'lvs.json: invalid seg_size "8.00m"; ask for it in bytes: -o +seg_size --units b',
    );
    expect(() => parseLvs(lvs({ lv_name: "LV" }), "lvs.json")).toThrow(
      "lvs.json: missing seg_start; ask for it in bytes",
    );
  });

  it("follows each segment of a linear volume", () => {
    const found = composed(
      facts(lvs(row({ seg_start: "8388608B", seg_pe_ranges: "/dev/sda:0-1" }), row({ seg_pe_ranges: "/dev/sda:5-6" }))),
    );
    expect(found.notes).toEqual([]);
    const volume = found.layout.devices
      .find(({ device }) => device === "sda")
      ?.structures.find(({ name }) => name === "VG/LV");
    expect(volume?.extents).toEqual([
      [2 ** 20, 2 ** 23],
      [2 ** 20 + 5 * 2 ** 22, 2 ** 23],
    ]);
  });

  it("says which volume it does not follow", () => {
    const { notes } = composed({ ...facts(lvs(row({ segtype: "striped" }))), extentBytes: new Map([["VG", 2 ** 22]]) });
    expect(notes).toEqual([
      "what lies in VG/LV is named on the volume only: it is striped, and linear ones are followed",
    ]);
  });
});

const EXAMINE = lines(
  "/dev/sdb1:",
  "          Magic : a92b4efc",
  "        Version : 1.2",
  "     Array UUID : 4852f44f:360ba5b1:b988c75f:cdfb5611",
  "     Raid Level : raid1",
  "    Data Offset : 2048 sectors",
  "   Super Offset : 8 sectors",
);
const DETAIL = lines(
  "/dev/md0:",
  "           Version : 1.2",
  "        Raid Level : raid1",
  "        Array Size : 16384 (16.00 MiB 16.78 MB)",
  "              UUID : 4852f44f:360ba5b1:b988c75f:cdfb5611",
  "    Number   Major   Minor   RaidDevice State",
  "       0       8       17        0      active sync   /dev/sdb1",
);

describe("mdadm", () => {
  it("tells of the members by --detail, and where their data begin by --examine", async () => {
    const table = {
      partitiontable: { label: "dos", device: "/dev/sdb", partitions: [{ node: "/dev/sdb1", start: 64, size: 40000 }] },
    };
    const { facts, notes } = await factsOfFolder(
      [
        { name: "mdadm-detail.txt", text: DETAIL },
        { name: "mdadm-examine.txt", text: EXAMINE },
        { name: "sfdisk.json", text: JSON.stringify(table) },
        { name: "dumpe2fs-md0.txt", text: DUMPE2FS_OLD },
      ],
      null,
    );
    const { layout, notes: more } = composed(facts);
    expect([...notes, ...more]).toEqual([]);
    const on = (device: string) => layout.devices.find((one) => one.device === device)?.structures ?? [];
    const superblock = (device: string) => on(device).find(({ name }) => name === "superblock")?.extents;
    expect(superblock("md0")).toEqual([[1024, 1024]]);
    expect(on("sdb").find(({ name }) => name === "md0")?.extents).toEqual([[64 * 512 + 2048 * 512, 16384 * 1024]]);
    expect(superblock("sdb")).toEqual([[64 * 512 + 2048 * 512 + 1024, 1024]]);
    expect(on("sdb").find(({ kind }) => kind === "raidMetadata")?.extents).toEqual([[64 * 512 + 4096, 4096]]);
  });
});

describe("a volume below itself", () => {
  it("ends", () => {
    const lv = (name: string, below: string) => ({
      lv_name: name,
      vg_name: "VG",
      segtype: "linear",
      seg_start: "0B",
      seg_size: "4194304B",
      seg_pe_ranges: `/dev/VG/${below}:0-0`,
    });
    const pv = (name: string) => ({ pv_name: `/dev/VG/${name}`, vg_name: "VG", pe_start: "1048576B" });
    const facts = {
      ...NO_FACTS,
      physical: parsePvs(JSON.stringify({ report: [{ pv: [pv("a"), pv("b")] }] }), "pvs"),
      segments: parseLvs(JSON.stringify({ report: [{ lv: [lv("a", "b"), lv("b", "a")] }] }), "lvs"),
    };
    expect(composed(facts).notes).toEqual([]);
  });
});

describe("any text in place of what a tool prints", () => {
  const words = fc.constantFrom(
    ..."debugfs: stat <9>|debugfs: ls -p <2>|/2/040755/0/0/.//|EXTENTS:|(0-3):5-2|(IND):9|Group 0: (Blocks|Block size: 0|Block count: 99999999999999999999|Inode table at 9-3|File size of x is 1 (1 block of 4096 bytes)|   0: 0.. 0: 5.. 4: 1: eof|/dev/md0:|Raid Level : raid1|Version : 1.2|Magic : x|logstart = 5|agblklog = 999|{|}|[|report|x: 0 5 linear 1:1 0|leaf 1 items owner 5|key (FIRST_CHUNK_TREE CHUNK_ITEM 1)".split(
      "|",
    ),
  );
  const text = fc.array(fc.oneof(words, fc.string({ maxLength: 20 }))).map((parts) => parts.join("\n"));
  const parsers: readonly (readonly [string, (text: string) => unknown])[] = [
    ["sfdisk", (one) => parseSfdisk(one, "x")],
    ["lvs", (one) => parseLvs(one, "x")],
    ["pvs", (one) => parsePvs(one, "x")],
    ["dmsetup", (one) => parseDmsetupTable(one, "x")],
    ["mdadm", parseMdadm],
    ["dumpe2fs", (one) => parseDumpe2fs(one, "x")],
    ["debugfs ls", parseDirectories],
    ["debugfs stat", (one) => parseInodes(one, 1024)],
    ["filefrag", (one) => parseFilefrag(one, "x")],
    ["xfs_db", (one) => parseXfsSuperblock(one, "x")],
    ["btrfs dump-super", (one) => parseBtrfsSuper(one, "x")],
    ["btrfs dump-tree", parseBtrfsChunks],
  ];

  const number = fc.oneof(fc.integer({ min: -9, max: 99 }), fc.constantFrom(2 ** 53, 1e300, "8B", "9007199254740993B"));
  const device = fc.constantFrom(
    "/dev/vda",
    "/dev/vda1",
    "/dev/vda2",
    "vda",
    "vda1",
    "VG-LV",
    "/dev/VG/LV",
    "disk.img",
    "disk.img1",
  );
  const bytes = fc.oneof(
    { arbitrary: fc.integer({ min: 0, max: 1 << 20 }).map((count) => `${count}B`), weight: 9 },
    number,
  );
  const fields = {
    node: device,
    device,
    start: fc.oneof({ arbitrary: fc.nat({ max: 4096 }), weight: 9 }, number),
    size: fc.oneof({ arbitrary: fc.nat({ max: 4096 }), weight: 9 }, number),
    type: fc.constantFrom("5", "83", "disk", "part", "lvm"),
    label: fc.constantFrom("dos", "gpt", null),
    lastlba: number,
    name: device,
    kname: device,
    "maj:min": fc.constantFrom("8:0", "8:1", "253:0", null),
    fstype: fc.constantFrom("ext4", "LVM2_member", null),
    lv_name: fc.constantFrom("LV", "L2"),
    vg_name: fc.constant("VG"),
    segtype: fc.constantFrom("linear", "linear", "striped"),
    seg_start: bytes,
    seg_size: bytes,
    vg_extent_size: bytes,
    seg_pe_ranges: fc.constantFrom("/dev/vda1:0-9", "/dev/vda:3-4 /dev/vda1:1-1", "/dev/VG/LV:0-5", ""),
    pv_name: device,
    pe_start: bytes,
  };
  const row = fc.oneof({ arbitrary: fc.record(fields), weight: 4 }, fc.record(fields, { requiredKeys: [] }));
  const json = fc.tuple(fc.array(row), row).map(([rows, one]) =>
    JSON.stringify({
      partitiontable: { ...one, partitions: rows },
      blockdevices: [{ ...one, children: rows }],
      report: [{ lv: rows, pv: rows, vg: rows }],
    }),
  );

  const named = (...all: string[]) => fc.constantFrom(...all);
  const file = fc.oneof(
    {
      arbitrary: fc.record({
        name: named("sfdisk.json", "lsblk.json", "pvs.json", "vgs.json", "lvs.json"),
        text: json,
      }),
      weight: 8,
    },
    fc.record({ name: named("dumpe2fs-vda1.txt", "dumpe2fs-VG-LV.txt"), text: fc.constant(DUMPE2FS_OLD) }),
    fc.record({ name: fc.constant("mdadm.txt"), text: fc.constantFrom(EXAMINE, DETAIL.replace("sdb1", "vda1")) }),
    fc.record({ name: named("debugfs-vda1.txt", "filefrag.txt", "btrfs-dump-tree.txt", "dmsetup-table.txt"), text }),
  );

  it("together, in the files of a folder, gives a layout that can be read again, or is refused the same way", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 5 }), async (files) => {
        try {
          const { layout } = composed((await factsOfFolder(files, null)).facts);

          expect(layoutOfText(layoutText(layout), "x")).toEqual(layout);
        } catch (error) {
          expect(error).toBeInstanceOf(TraceError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each(parsers)("%s is read, or refused with a place and a cure", (_, parse) => {
    fc.assert(
      fc.property(text, (one) => {
        try {
          parse(one);
        } catch (error) {
          expect(error).toBeInstanceOf(TraceError);
        }
      }),
    );
  });
});
