import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../../../src/analysis/analyse.ts";
import type { Targets } from "../../../src/analysis/metrics/targets.ts";
import { Placement } from "../../../src/analysis/targets/placement.ts";
import { qtr } from "../../../src/formats/qtr/index.ts";
import { TraceBuilder } from "../../../src/model/builder.ts";
import type { Layout, Structure } from "../../../src/model/layout.ts";
import { inputFromText } from "../../support/inputs.ts";

const SECTOR = 512;
const structure = (
  name: string,
  kind: Structure["kind"],
  within: number | null,
  ...sectors: [from: number, count: number][]
): Structure => ({
  name,
  kind,
  within,
  extents: sectors.map(([from, count]) => [from * SECTOR, count * SECTOR]),
});

const LAYOUT: Layout = {
  sources: ["a test"],
  devices: [
    {
      device: null,
      bytes: 4096 * SECTOR,
      structures: [
        structure("sda1", "partition", null, [64, 1000]),
        structure("superblock", "superblock", 0, [66, 2]),
        structure("inode table, group 0", "inodeTable", 0, [80, 16]),
        structure("journal", "journal", 0, [200, 100]),
        structure("/hello", "file", 0, [400, 2], [500, 2]),
      ],
    },
  ],
};

async function analysed(lines: readonly string[], layout?: Layout, batchRows = 4096) {
  const text = `S 4096\n${lines.join("\n")}\n`;
  return await analyse(
    async (consume) => {
      const builder = new TraceBuilder(consume, { batchRows });
      await qtr.read([inputFromText("a.qtr", text)], builder);
      return builder.finish();
    },
    { layout },
  );
}

async function targetsOf(lines: readonly string[], batchRows?: number): Promise<Targets> {
  const { scopes } = await analysed(lines, LAYOUT, batchRows);
  const result = scopes["whole"]!.targets;
  if (result?.ok !== true) throw new Error("no targets");
  return result.value;
}

describe("what requests touched", () => {
  it("is the innermost structure, with the bytes that lie there", async () => {
    const { structures, byKind, elsewhere } = await targetsOf(["W 66 2", "W 200 8", "W 208 8", "R 0 1"]);
    const once = { count: 1, bytes: 1024, unaligned: 1 };
    expect(structures).toEqual([
      { name: "journal", kind: "journal", within: "sda1", byOp: { write: { count: 2, bytes: 8192, unaligned: 0 } } },
      { name: "superblock", kind: "superblock", within: "sda1", byOp: { write: once } },
    ]);
    expect(byKind).toMatchObject({ journal: { write: { count: 2 } }, superblock: { write: once } });
    expect(elsewhere).toEqual({ read: { count: 1, bytes: 512, unaligned: 1 } });
  });

  it("counts a request once for a file, however many of its pieces it touches", async () => {
    const { structures } = await targetsOf(["W 400 102"]);
    expect(structures.find(({ name }) => name === "/hello")?.byOp).toEqual({
      write: { count: 1, bytes: 4 * SECTOR, unaligned: 1 },
    });
  });

  it("names every row of the sequence, and what is in no structure by nothing", async () => {
    const { sequence } = await analysed(["W 64 4", "W 300 1", "R 2000 1", "W 64 16"], LAYOUT);
    const names = sequence.requests.map((row) => sequence.targets[row.at(-1) ?? -1] ?? null);
    expect(names).toEqual([
      "superblock and elsewhere in sda1",
      "elsewhere in sda1",
      null,
      "superblock and elsewhere in sda1",
    ]);
  });

  it("is not there without a layout", async () => {
    const { scopes, sequence, bands } = await analysed(["W 66 2"]);
    expect(scopes["whole"]).not.toHaveProperty("targets");
    expect(sequence.targets).toEqual([]);
    expect(bands).toEqual([]);
  });

  it("lists the bands of the outermost kinds by their place", async () => {
    const { bands } = await analysed(["W 66 2"], LAYOUT);
    expect(bands.map(({ name, fromBytes }) => [name, fromBytes / SECTOR])).toEqual([
      ["sda1", 64],
      ["superblock", 66],
      ["inode table, group 0", 80],
      ["journal", 200],
      ["/hello", 400],
      ["/hello", 500],
    ]);
  });

  it("has bands of what holds others and of what was touched before all others, where they are too many", async () => {
    const many = Array.from({ length: 400 }, (_, i) => structure(`bitmap ${i}`, "blockBitmap", 0, [1000 + i, 1]));
    const pieces = Array.from({ length: 400 }, (_, i): [number, number] => [2000 + 2 * i, 1]);
    const structures = [
      structure("sda1", "partition", null, [64, 4000]),
      ...many,
      structure("/f", "file", 0, ...pieces),
    ];
    const layout = { sources: [], devices: [{ device: null, bytes: null, structures }] };
    const { bands } = await analysed(["W 1390 1", "W 2002 1"], layout);
    expect(bands).toHaveLength(256);
    const named = (name: string) =>
      bands.filter((band) => band.name === name).map(({ fromBytes }) => fromBytes / SECTOR);
    expect(named("sda1")).toEqual([64]);
    expect(named("bitmap 390")).toEqual([1390]);
    expect(named("/f").slice(0, 4)).toEqual([2000, 2002, 2004, 2006]);
  });

  it("says what holds a structure from the inside out, and on which device where there are several", () => {
    const disk = [
      structure("sda1", "partition", null, [64, 1000]),
      structure("vg/lv", "logicalVolume", 0, [100, 500]),
      structure("ext4", "filesystem", 1, [100, 500]),
      structure("journal", "journal", 2, [200, 100]),
    ];
    const volume = [structure("ext4", "filesystem", null, [0, 500]), structure("journal", "journal", 0, [100, 100])];
    const devices = [
      { device: "sda", bytes: null, structures: disk },
      { device: "dm-0", bytes: null, structures: volume },
    ];
    expect(new Placement({ sources: [], devices }).structures.map(({ name, within }) => [name, within])).toEqual([
      ["sda1", "sda"],
      ["vg/lv", "sda1"],
      ["ext4", "vg/lv on sda1"],
      ["journal", "ext4 on vg/lv on sda1"],
      ["ext4", "dm-0"],
      ["journal", "ext4 on dm-0"],
    ]);
  });

  it("is what a slow count of sectors gives, in batches of any size", async () => {
    const request = fc.tuple(fc.constantFrom("R", "W"), fc.nat(1100), fc.integer({ min: 1, max: 200 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(1, 3, 4096),
        async (all, rows) => {
          const { structures, elsewhere } = await targetsOf(
            all.map((one) => one.join(" ")),
            rows,
          );
          for (const [op, word] of [
            ["read", "R"],
            ["write", "W"],
          ] as const) {
            const counted = new Map<string, { count: number; bytes: number; unaligned: number }>();
            for (const [, from, count] of all.filter(([one]) => one === word)) {
              const owners = Array.from({ length: count }, (_, k) => ownerOf(from + k));
              const unaligned = from % 8 === 0 && count % 8 === 0 ? 0 : 1;
              for (const owner of new Set(owners)) {
                const bytes = owners.filter((one) => one === owner).length * SECTOR;
                const before = counted.get(owner) ?? { count: 0, bytes: 0, unaligned: 0 };
                counted.set(owner, {
                  count: before.count + 1,
                  bytes: before.bytes + bytes,
                  unaligned: before.unaligned + unaligned,
                });
              }
            }
            const found = structures.flatMap(({ name, byOp }) =>
              byOp[op] === undefined ? [] : [[name, byOp[op]] as const],
            );
            const rest = elsewhere[op] === undefined ? [] : [["elsewhere", elsewhere[op]] as const];
            expect(new Map([...found, ...rest])).toEqual(counted);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

function ownerOf(sector: number): string {
  const owner = LAYOUT.devices[0]!.structures.findLast(({ extents }) =>
    extents.some(([from, length]) => from <= sector * SECTOR && sector * SECTOR < from + length),
  );
  return owner?.name ?? "elsewhere";
}
