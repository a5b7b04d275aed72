import { describe, expect, it } from "vitest";
import type { Summary, TraceLayout } from "../../src/analysis/summary.ts";
import { addressTime } from "../../src/charts/addressTime.ts";
import type { Layout } from "../../src/charts/chart.ts";
import { foldedTo, type Named, namesWithin, structuresOf } from "../../src/charts/kit/structures.ts";
import { sectorMap } from "../../src/charts/sectorMap.ts";
import type { StructureKind } from "../../src/model/layout.ts";
import { textWidth } from "../../src/theme/textWidth.ts";
import { summaryOf, withMetrics } from "./cases.ts";
import { figureIn, outside, textsIn, warningsOf } from "./drawn.ts";

const SECTOR = 512;
type Laid = readonly [name: string, kind: StructureKind, sector: number, sectors: number, ops: readonly string[]];

/** "Write /hello" on ext2 in a partition at sector 63: which of its structures are said to be touched, and by what. */
const EXT2: readonly Laid[] = [
  ["sda1", "partition", 63, 20417, []],
  ["superblock", "superblock", 65, 2, ["read", "write"]],
  ["group descriptors", "groupDescriptors", 67, 2, ["read", "write"]],
  ["block bitmap, group 0", "blockBitmap", 145, 2, ["write"]],
  ["inode bitmap, group 0", "inodeBitmap", 147, 2, ["write"]],
  ["inode table, group 0", "inodeTable", 149, 512, ["read", "write"]],
  ["superblock copy, group 1", "superblock", 16449, 2, []],
];

function laidOut(base: Summary, laid: readonly Laid[]): Summary {
  const bands: TraceLayout["bands"] = laid.map(([name, kind, sector, sectors]) => ({
    ...{ name, kind, within: null, device: 0 },
    ...{ fromBytes: sector * SECTOR, lengthBytes: sectors * SECTOR },
  }));
  const once = { count: 1, bytes: 1024, unaligned: 0 };
  const structures = laid
    .filter(([, , , , ops]) => ops.length > 0)
    .map(([name, kind, , , ops]) => ({
      ...{ name, kind, within: null },
      byOp: Object.fromEntries(ops.map((op) => [op, once])),
    }));
  const targets = { structures, otherStructures: 0, byKind: {}, elsewhere: {} };
  return { ...withMetrics(base, { targets }), trace: { ...base.trace, layout: { sources: [], bands } } };
}

const hello = laidOut(summaryOf("write-hello"), EXT2);
const LAYOUTS: readonly Layout[] = ["wide", "narrow"];
const mapOf = (summary: Summary) => figureIn(sectorMap.figure(summary, summary.defaultScope));
const timeOf = (summary: Summary) => figureIn(addressTime.figure(summary, summary.defaultScope));

describe("structures of a layout in charts", () => {
  it("are those that the requests touched, not what holds them", () => {
    const names = structuresOf(hello, hello.defaultScope).flatMap((one) => one.names);
    expect(names).toEqual(EXT2.filter(([, , , , ops]) => ops.length > 0).map(([name]) => name));
  });

  it("are those of one op where a panel shows one", () => {
    const names = structuresOf(hello, hello.defaultScope, "read").flatMap((one) => one.names);
    expect(names).toEqual(["superblock", "group descriptors", "inode table, group 0"]);
  });

  it("leave out what only a discard of all touched, where something else happened", () => {
    const discarded = EXT2.map(
      ([name, kind, sector, sectors, ops]): Laid => [
        ...([name, kind, sector, sectors] as const),
        ops.length === 0 ? ["discard"] : [...ops, "discard"],
      ],
    );
    const names = structuresOf(laidOut(hello, discarded), hello.defaultScope).flatMap((one) => one.names);
    expect(names).not.toContain("superblock copy, group 1");
  });

  it("are none beside the discards, where something else happened", () => {
    const laid = EXT2.map(([name, kind, sector, sectors]): Laid => [name, kind, sector, sectors, ["write", "discard"]]);
    expect(structuresOf(laidOut(hello, laid), hello.defaultScope, "discard")).toEqual([]);
    const alone = EXT2.map(([name, kind, sector, sectors]): Laid => [name, kind, sector, sectors, ["discard"]]);
    expect(structuresOf(laidOut(hello, alone), hello.defaultScope, "discard")).not.toEqual([]);
  });

  it.each(LAYOUTS)("leave the key of a density inside the %s drawing", (layout) => {
    const summary = summaryOf("mkfs-part63");
    const { accesses } = summary.scopes[summary.defaultScope]!;
    if (accesses?.ok !== true) throw new Error("the case has no accesses");
    const { byOp } = accesses.value;
    const op = Object.keys(byOp)[0] as keyof typeof byOp;
    const requests = 100_000;
    const cells = byOp[op]!.cells.map((value, i) => (i % 3 === 2 ? 2 ** (i % 9) : value));
    const dense = withMetrics(summary, { accesses: { ...accesses.value, byOp: { [op]: { requests, cells } } } });
    const laid = EXT2.map(([name, kind, sector, sectors]): Laid => [name, kind, sector, sectors, [op]]);
    const crowded = { ...dense, sequence: { ...dense.sequence, requests: [] } };
    expect(outside(timeOf(laidOut(crowded, laid)).draw(layout))).toEqual([]);
  });

  it.each(LAYOUTS)("are named above their cells in the %s sector map", (layout) => {
    const texts = textsIn(mapOf(hello).draw(layout)).join(" | ");
    for (const name of ["superblock", "group descriptors", "inode table, group 0"]) expect(texts).toContain(name);
    expect(texts).not.toContain("superblock copy");
  });

  it.each(LAYOUTS)("are named beside their addresses in the %s chart over time", (layout) => {
    const texts = textsIn(timeOf(hello).draw(layout)).join(" | ");
    expect(texts).toMatch(/superblock/);
    expect(texts).toMatch(/inode table/);
  });

  it.each(LAYOUTS)("stay inside the drawing, %s", async (layout) => {
    for (const drawing of [mapOf(hello).draw(layout), timeOf(hello).draw(layout)]) {
      expect(outside(drawing)).toEqual([]);
      expect(await warningsOf(drawing)).toEqual([]);
    }
  });

  it.each(LAYOUTS)("never stand on each other beside a density, however many, %s", (layout) => {
    const base = summaryOf("mkfs-part63");
    const many = Array.from(
      { length: 200 },
      (_, i): Laid => [
        ...([
          `inode table, group ${i}`,
          i % 2 === 0 ? "inodeTable" : "blockBitmap",
          64 + 100 * i,
          90,
          ["write"],
        ] as const),
      ],
    );
    const drawing = timeOf(laidOut(base, many)).draw(layout);
    expect(outside(drawing)).toEqual([]);
    expect(overlapping(drawing)).toEqual([]);
    expect(overlapping(mapOf(laidOut(base, many)).draw(layout))).toEqual([]);
  });

  it("are in the alternative text, with their sectors", () => {
    for (const { alternativeText } of [mapOf(hello), timeOf(hello)])
      expect(alternativeText).toContain(
        "Structures: superblock at sectors 65 to 66; group descriptors at sectors 67 to 68;",
      );
  });

  it("change nothing where there is no layout", () => {
    const base = summaryOf("write-hello");
    const bare = { ...base, trace: { ...base.trace, layout: null } };
    expect(mapOf(bare).draw("wide")).toEqual(mapOf(base).draw("wide"));
    expect(structuresOf(base, base.defaultScope)).toEqual([]);
  });
});

const named = (kind: StructureKind, name: string, from: number): Named => ({
  ...{ kind, names: [name], pieces: [{ fromBytes: from, toBytes: from + 10 }] },
});

describe("many structures", () => {
  it("fold where neighbours are of one kind, the nearest first", () => {
    const all = [
      named("file", "/a", 0),
      named("file", "/b", 12),
      named("journal", "journal", 50),
      named("file", "/c", 90),
    ];
    expect(foldedTo(3, all).map(({ names }) => names)).toEqual([["/a", "/b"], ["journal"], ["/c"]]);
    expect(foldedTo(2, all).map(({ names }) => names)).toEqual([["/a", "/b", "/c"], ["journal"]]);
    expect(foldedTo(1, all)).toHaveLength(1);
  });

  it("are all named where there is room, else counted by kind, else the first and how many more", () => {
    const all = [
      named("file", "/var/lib/alpha", 0),
      named("file", "/var/lib/bravo", 12),
      named("journal", "journal", 50),
    ];
    expect(namesWithin(all, 500)).toBe("/var/lib/alpha; /var/lib/bravo; journal");
    expect(namesWithin(all, 90)).toBe("2 files, journal");
    expect(namesWithin(all, 60)).toBe("2 files +1");
    expect(namesWithin([named("reservedDescriptors", "reserved descriptors", 0), ...all], 90)).toBe("4 structures");
  });

  it("have their groups' numbers alone where there is little room", () => {
    expect(namesWithin([named("inodeTable", "inode table, group 0", 0)], 90)).toBe("inode table 0");
  });
});

/** Texts that stand on each other, from the texts of one line. */
function overlapping(drawing: ReturnType<ReturnType<typeof mapOf>["draw"]>): readonly string[] {
  const layers = drawing.spec["layer"] as readonly {
    readonly data: { readonly values: readonly { x: number; y: number; text: string }[] };
    readonly mark: { readonly type: string; readonly align?: string };
  }[];
  const boxes = layers
    .filter(({ mark }) => mark.type === "text")
    .flatMap(({ data, mark }) => data.values.map((value) => ({ ...value, ...sides(value, mark.align) })));
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => Math.abs(a.y - b.y) < 11 && a.left < b.right && b.left < a.right)
      .map((b) => `${a.text} | ${b.text}`),
  );
}

function sides({ x, text }: { x: number; text: string }, align = "left") {
  const width = textWidth(text);
  const left = align === "left" ? x : align === "right" ? x - width : x - width / 2;
  return { left, right: left + width };
}
