import { describe, expect, it } from "vitest";
import { SECTOR_CLASSES, type SectorMap, sectorMap } from "../../../src/analysis/metrics/sectorMap.ts";
import type { Op } from "../../../src/model/ops.ts";
import { figuresOf, type Row, randomNumbers, shuffled } from "./kit.ts";

const row = (op: Op, sector: number, sectors: number): Row => ({
  op,
  offset: sector * 512,
  length: sectors * 512,
  at: 0,
});

/** The obvious way: every cell of every request, at every size of cell until all fits. */
function reference(rows: readonly Row[]): SectorMap {
  for (let cellSectors = 1; ; cellSectors *= 2) {
    const layers = { runs: new Map<number, number>(), discard: new Map(), writeZeroes: new Map() };
    for (const { op, offset, length } of rows) {
      const unaligned = offset % 4096 !== 0 || length % 4096 !== 0 ? 1 : 0;
      const layer = op === "discard" ? layers.discard : op === "writeZeroes" ? layers.writeZeroes : layers.runs;
      const strength = layer === layers.runs ? (op === "write" ? 2 : 0) + unaligned : 0;
      const cellBytes = cellSectors * 512;
      for (let cell = Math.floor(offset / cellBytes); cell * cellBytes < offset + length; cell++)
        layer.set(cell, Math.max(layer.get(cell) ?? 0, strength));
    }
    const pages = new Set(Object.values(layers).flatMap((layer) => [...layer.keys()].map((c) => Math.floor(c / 4096))));
    const runs = Object.values(layers).map((layer) => runsOf(layer));
    if (pages.size > 1024 || runs.flat().length > 4096) continue;
    const cells = (index: number) => [...layers.runs.values()].filter((strength) => strength === index).length;
    const scaled = (run: number[]) => [run[0]! * cellSectors, run[1]! * cellSectors];
    return {
      cellSectors,
      cells: { alignedRead: cells(0), unalignedRead: cells(1), alignedWrite: cells(2), unalignedWrite: cells(3) },
      runs: runs[0]!.map((run) => [...scaled(run), run[2]!]),
      discard: { cells: layers.discard.size, runs: runs[1]!.map(scaled) },
      writeZeroes: { cells: layers.writeZeroes.size, runs: runs[2]!.map(scaled) },
    };
  }
}

function runsOf(layer: ReadonlyMap<number, number>): number[][] {
  const runs: number[][] = [];
  for (const [cell, strength] of [...layer].sort((a, b) => a[0] - b[0])) {
    const last = runs.at(-1);
    if (last && last[0]! + last[1]! === cell && last[2] === strength) last[1]!++;
    else runs.push([cell, 1, strength]);
  }
  return runs;
}

function randomRows(seed: number, count: number, sectors: number, longest: number): Row[] {
  const random = randomNumbers(seed);
  const ops: Op[] = ["read", "write", "discard", "writeZeroes"];
  return Array.from({ length: count }, () => {
    const grain = random() < 0.5 ? 8 : 1;
    const start = Math.floor((random() * sectors) / grain) * grain;
    return row(ops[Math.floor(random() * 4)]!, start, Math.ceil((random() * longest) / grain) * grain);
  });
}

describe("sector map", () => {
  it("classes a sector by the strongest request that touched it", () => {
    const map = figuresOf(sectorMap, [row("write", 0, 8), row("read", 0, 24), row("read", 3, 1), row("write", 9, 1)]);
    expect(map.runs).toEqual([
      [0, 8, 2],
      [8, 1, 0],
      [9, 1, 3],
      [10, 14, 0],
    ]);
    expect(map.cells).toEqual({ alignedRead: 15, unalignedRead: 0, alignedWrite: 8, unalignedWrite: 1 });
    expect(SECTOR_CLASSES[map.runs[2]![2]!]).toBe("unalignedWrite");
  });

  it("keeps discards and write-zeroes as layers of their own", () => {
    const map = figuresOf(sectorMap, [row("discard", 0, 16), row("secureErase", 16, 8), row("writeZeroes", 8, 4)]);
    expect(map.runs).toEqual([]);
    expect(map.discard).toEqual({ cells: 24, runs: [[0, 24]] });
    expect(map.writeZeroes).toEqual({ cells: 4, runs: [[8, 4]] });
  });

  it("counts a sector that is touched in part", () => {
    const map = figuresOf(sectorMap, [{ op: "write", offset: 511, length: 2, at: 0 }]);
    expect(map.runs).toEqual([[0, 2, 3]]);
  });

  it("takes zone appends as writes and passes over flushes and requests without bytes", () => {
    const map = figuresOf(sectorMap, [row("zoneAppend", 8, 8), row("flush", 0, 8), row("read", 100, 0)]);
    expect(map.runs).toEqual([[8, 8, 2]]);
  });

  it("is empty without requests", () => {
    expect(figuresOf(sectorMap, [])).toEqual(reference([]));
  });

  it.each([
    ["dense, small", 300, 20480, 64],
    ["more runs than fit", 9000, 200_000, 3],
    ["more pages than fit", 3000, 40_000_000, 12],
    ["ranges across pages", 40, 60_000, 30_000],
  ])("equals the obvious count: %s", (_, count, sectors, longest) => {
    const rows = randomRows(7, count, sectors, longest);
    expect(figuresOf(sectorMap, rows)).toEqual(reference(rows));
  });

  it("is the same in any order and any batches", () => {
    const rows = randomRows(11, 9000, 30_000_000, 5);
    const map = figuresOf(sectorMap, rows);
    expect(map.cellSectors).toBeGreaterThan(1);
    expect(figuresOf(sectorMap, shuffled(rows, 1), 1000)).toEqual(map);
    expect(figuresOf(sectorMap, shuffled(rows, 2), 1)).toEqual(map);
  });

  it("does not walk again over pages that are as strong already", () => {
    const whole = Array.from({ length: 2000 }, () => row("write", 0, 4_000_000));
    expect(figuresOf(sectorMap, whole).runs).toEqual([[0, 4_000_000, 2]]);
  });

  it("takes a request of petabytes", () => {
    const map = figuresOf(sectorMap, [row("discard", 0, 2 ** 43), row("read", 2 ** 43, 8)]);
    expect(map.discard.runs).toEqual([[0, 2 ** 43]]);
    expect(map.cells.alignedRead).toBe(1);
  });
});
