import { describe, expect, it } from "vitest";
import { compare } from "../../src/compare/index.ts";
import { comparisonPage, comparisonTitle } from "../../src/report/pages/comparisonPage.ts";
import type { ComparisonEntry } from "../../src/report/siteModel.ts";
import { figureOf, HELLO, ok, type Row, summaryOf } from "./fixture.ts";

const SITE = { title: "Block traces", url: null, date: null };

function mapOf(runs: readonly (readonly [start: number, sectors: number, mapClass: number])[]) {
  const empty = { cells: 0, runs: [] };
  const cells = { alignedRead: 0, unalignedRead: 0, alignedWrite: 0, unalignedWrite: 0 };
  return ok({ cellSectors: 1, cells, runs: runs.map((run) => [...run]), discard: empty, writeZeroes: empty });
}

function entryOf(titleA: string, titleB: string, rowsB: readonly Row[] = HELLO): ComparisonEntry {
  const runsA = Array.from({ length: 60 }, (_, i) => [i * 10, (i % 7) + 1, 3] as const);
  const a = summaryOf(HELLO, { trace: { slug: "a", title: titleA }, metrics: { sectorMap: mapOf(runsA) } });
  const b = summaryOf(rowsB, { trace: { slug: "b", title: titleB }, metrics: { sectorMap: mapOf([[2000, 8, 2]]) } });
  return {
    slug: "a..b",
    a,
    b,
    diff: compare(a, b),
    figures: [figureOf("difference-map", { map: true })],
    gates: [],
    isWithBase: false,
  };
}

describe("the title of a comparison", () => {
  it("says once what both titles begin with", () => {
    const title = comparisonTitle(entryOf("mkfs.ext2, partition at sector 63", "mkfs.ext2, partition at sector 64"));
    expect(title).toBe("mkfs.ext2, partition at sector 63 against 64");
  });

  it("gives both titles whole where they have little in common", () => {
    expect(comparisonTitle(entryOf("mkfs.xfs on a disk", "mkfs.btrfs on a disk"))).toBe(
      "mkfs.xfs on a disk against mkfs.btrfs on a disk",
    );
    expect(comparisonTitle(entryOf("Write a file", "Write a file"))).toBe("Write a file against Write a file");
  });
});

describe("the page of a comparison", () => {
  const page = comparisonPage(entryOf("one", "two", HELLO.slice(0, 12)), SITE);

  it("links to both sides, the baseline first", () => {
    expect(page.sides.map(({ letter, href }) => [letter, href])).toEqual([
      ["A", "../../traces/a/index.html"],
      ["B", "../../traces/b/index.html"],
    ]);
  });

  it("lists the largest ranges that only one side touched, and says how many more there are", () => {
    const [onlyA, onlyB] = page.only;
    const lengths = onlyA!.table.rows.map((row) => row[2] as number);
    expect(lengths).toHaveLength(50);
    expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
    expect(onlyA!.rest).toBe("The 50 largest; 10 smaller ranges more in diff.json.");
    expect(onlyB!.heading).toBe("Only in B: 8 sectors in 1 range");
    expect(onlyB!.table.rows).toEqual([[2000, 2007, 4096, "aligned write"]]);
  });

  it("gives every figure of the diff with its change and verdict in words", () => {
    const writes = page.rows.find(({ title }) => title === "Unaligned writes");
    expect(writes).toMatchObject({ a: "10 of 10", b: "7 of 7" });
    const requests = page.rows.find(({ title }) => title === "Requests");
    expect(requests).toMatchObject({ a: "15", b: "12", change: "−20 %", verdict: { word: "better", icon: "better" } });
    const unknown = page.rows.find(({ verdict }) => verdict.word === "not comparable");
    expect(unknown).toMatchObject({ a: "not recorded", change: "–" });
  });

  it("shows the difference map first", () => {
    expect(page.map?.wide.href).toBe("charts/difference-map.svg#plot");
  });
});
