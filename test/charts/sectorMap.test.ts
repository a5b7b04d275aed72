import { describe, expect, it } from "vitest";
import { sectorMap } from "../../src/charts/sectorMap.ts";
import { countText } from "../../src/model/quantities.ts";
import { metricOf, summaryOf, withMetrics } from "./cases.ts";
import { figureIn, outside, textsIn, warningsOf } from "./drawn.ts";

const part63 = summaryOf("mkfs-part63");
const figure = figureIn(sectorMap.figure(part63, "marked"));
const texts = textsIn(figure.draw("wide"));

describe("the sector map of mkfs on a partition at sector 63", () => {
  it("counts in its keys what the Summary's cells count", () => {
    const { cells, writeZeroes } = metricOf(part63, "sectorMap");
    expect(texts).toContain(`read, aligned · ${countText(cells.alignedRead)}`);
    expect(texts).toContain(`read, unaligned · ${countText(cells.unalignedRead)}`);
    expect(texts).toContain(`write, unaligned · ${countText(cells.unalignedWrite)}`);
    expect(texts).toContain(`write zeroes · ${countText(writeZeroes.cells)}`);
  });

  it("has no key for a class that does not occur", () => {
    expect(texts.filter((text) => /^write, aligned|^discard/.test(text))).toEqual([]);
  });

  it("answers with the totals", () => {
    expect(figure.answer).toBe(
      "1\u202f637 of 20\u202f480 sectors were touched (819 KiB), in 10 ranges: 130 written (all by requests unaligned to 4 KiB), 107 only read and 1\u202f466 zeroed.",
    );
  });

  it("folds what nobody touched, with words", () => {
    expect(texts.filter((text) => / untouched · /.test(text))).toEqual([
      "3 rows untouched · 96 KiB",
      "14 rows untouched · 448 KiB",
      "30 rows untouched · 960 KiB",
      "62 rows untouched · 1.9 MiB",
      "127 rows untouched · 4.0 MiB",
      "46 rows untouched · 1.4 MiB",
    ]);
  });

  it("marks where the partition starts, and says so where there is no room", () => {
    expect(texts).toContain("0 B · sda1 starts");
    expect(figure.alternativeText).toContain("sda1 starts at sector 63.");
  });

  it("says what a cell is", () => {
    expect(texts.join(" ")).toContain("Each cell is one sector (512 B)");
  });

  it("has in its table every run of the Summary, and no sector twice in a class", () => {
    const { runs, discard, writeZeroes, cells } = metricOf(part63, "sectorMap");
    expect(figure.table.rows).toHaveLength(runs.length + discard.runs.length + writeZeroes.runs.length);
    const unaligned = figure.table.rows.filter(([, , , , name]) => name === "unaligned write");
    expect(unaligned.reduce((sum, [, sectors]) => sum + Number(sectors), 0)).toBe(cells.unalignedWrite);
  });

  it("rows and folds together cover the device", () => {
    const rowLabels = texts.filter((text) => /^[\d\u202f]+$/.test(text));
    const folded = texts.map((text) => /^([\d\u202f]+) rows untouched/.exec(text)?.[1] ?? "0");
    expect(rowLabels.length + folded.reduce((sum, rows) => sum + Number(rows), 0)).toBe(20480 / 64);
  });
});

describe("a sector map", () => {
  it("says how many discarded sectors show that they were also written", () => {
    const xfs = summaryOf("xfs-fstrim");
    const map = metricOf(xfs, "sectorMap");
    const [first, length] = map.discard.runs[0]!;
    const runs = [[first!, Math.min(length!, 8), 2]];
    const written = withMetrics(xfs, { sectorMap: { ...map, cells: { ...map.cells, alignedWrite: 8 }, runs } });
    const shown = textsIn(figureIn(sectorMap.figure(written, xfs.defaultScope)).draw("wide")).join(" ");
    expect(shown).toContain("8 that were discarded or zeroed show that they were also written.");
  });

  it("says in its caption and its answer that cells are coarser than sectors", () => {
    const map = {
      ...metricOf(part63, "sectorMap"),
      cellSectors: 8,
      cells: { alignedRead: 0, unalignedRead: 0, alignedWrite: 2, unalignedWrite: 0 },
      runs: [[0, 16, 2]],
      writeZeroes: { cells: 0, runs: [] },
    };
    const coarse = figureIn(sectorMap.figure(withMetrics(part63, { sectorMap: map }), "marked"));
    expect(coarse.answer).toContain(
      "About 16 of 20\u202f480 sectors were touched (8 KiB), counted in whole cells of 8 sectors: ",
    );
    expect(textsIn(coarse.draw("wide"))).toContain("write, aligned · 16");
    expect(coarse.alternativeText).toContain("Each cell is 8 sectors (4 KiB)");
  });

  it("is not there where nothing was touched", () => {
    const nothing = {
      cellSectors: 1,
      cells: { alignedRead: 0, unalignedRead: 0, alignedWrite: 0, unalignedWrite: 0 },
      runs: [],
      discard: { cells: 0, runs: [] },
      writeZeroes: { cells: 0, runs: [] },
    };
    expect(sectorMap.figure(withMetrics(part63, { sectorMap: nothing }), "marked")).toBeNull();
  });

  it("is not there in a scope that has no map", () => {
    expect(sectorMap.figure(part63, "span-1-qtrace")).toBeNull();
  });

  it("says in words why several devices have none together", () => {
    const raid = summaryOf("raid1");
    expect(sectorMap.figure(raid, raid.defaultScope)).toEqual({
      absent: "Several devices are together here, and each has addresses of its own. Look at one device's scope.",
    });
  });

  it("of a device of unknown size ends with its last row", () => {
    const unknown = {
      ...part63,
      trace: { ...part63.trace, devices: [{ ...part63.trace.devices[0]!, bytes: null }] },
    };
    const shown = figureIn(sectorMap.figure(unknown, "marked"));
    expect(shown.answer).toMatch(/^1\u202f637 sectors were touched/);
  });

  it("cuts a partition's long and hostile name to the room beside the map", async () => {
    const name = `<script>alert(1)</script> ${"x".repeat(300)}`;
    const hostile = {
      ...part63,
      trace: { ...part63.trace, partitions: [{ name, startSector: 63, sectors: null }] },
    };
    const drawing = figureIn(sectorMap.figure(hostile, "marked")).draw("wide");
    expect(outside(drawing)).toEqual([]);
    expect(textsIn(drawing).some((text) => text.startsWith("<script>") && text.endsWith("…"))).toBe(true);
    expect(await warningsOf(drawing)).toEqual([]);
  });

  it("stays small where every second 4 KiB of a large device is touched", () => {
    const runs = Array.from({ length: 8192 }, (_, i) => [i * 16, 8, i % 4]);
    const count = 2048 * 8;
    const map = {
      ...metricOf(part63, "sectorMap"),
      cells: { alignedRead: count, unalignedRead: count, alignedWrite: count, unalignedWrite: count },
      runs,
      writeZeroes: { cells: 0, runs: [] },
    };
    const dense = figureIn(sectorMap.figure(withMetrics(part63, { sectorMap: map }), "marked"));
    const drawing = dense.draw("wide");
    expect(textsIn(drawing)).toContain(`read, aligned · ${countText(count)}`);
    expect(drawing.heightPx).toBeLessThan(2000);
    expect(JSON.stringify(drawing.spec).length).toBeLessThan(400_000);
    expect(outside(drawing)).toEqual([]);
  });
});
