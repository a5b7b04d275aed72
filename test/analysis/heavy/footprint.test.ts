import { describe, expect, it } from "vitest";
import { type Footprint, footprint } from "../../../src/analysis/metrics/footprint.ts";
import type { Op } from "../../../src/model/ops.ts";
import { figuresOf, type Row, randomNumbers, shuffled } from "./kit.ts";

const row = (op: Op, sector: number, sectors: number, device = 0): Row => ({
  op,
  offset: sector * 512,
  length: sectors * 512,
  at: 0,
  device,
});

/** The obvious way: a set of sectors for each kind. */
function reference(rows: readonly Row[]): Footprint {
  const sets = { read: new Set(), write: new Set(), discard: new Set(), writeZeroes: new Set(), both: new Set() };
  let rewritten = 0;
  let reread = 0;
  for (const { op, offset, length, device } of rows)
    for (let sector = Math.floor(offset / 512); sector * 512 < offset + length; sector++) {
      const key = sector * 2 + (device ?? 0);
      if (op === "write" && sets.write.has(key)) rewritten++;
      if (op === "read" && sets.read.has(key)) reread++;
      sets[op as "read"].add(key);
      if (op === "read" || op === "write") sets.both.add(key);
    }
  return {
    distinctBytes: sets.both.size * 512,
    distinctReadBytes: sets.read.size * 512,
    distinctWrittenBytes: sets.write.size * 512,
    rewrittenBytes: rewritten * 512,
    rereadBytes: reread * 512,
    distinctDiscardedBytes: sets.discard.size * 512,
    distinctZeroedBytes: sets.writeZeroes.size * 512,
    exact: true,
    relativeError: 0,
  };
}

function randomRows(seed: number, count: number, sectors: number, longest: number): Row[] {
  const random = randomNumbers(seed);
  const ops: Op[] = ["read", "write", "discard", "writeZeroes"];
  return Array.from({ length: count }, () => {
    const start = Math.floor(random() * sectors);
    return row(ops[Math.floor(random() * 4)]!, start, Math.ceil(random() * longest), random() < 0.2 ? 1 : 0);
  });
}

describe("footprint", () => {
  it("counts a sector once that is read and written", () => {
    const figures = figuresOf(footprint, [row("read", 0, 8), row("write", 4, 8), row("write", 4, 8)]);
    expect(figures).toMatchObject({ distinctBytes: 6144, distinctReadBytes: 4096, distinctWrittenBytes: 4096 });
    expect(figures).toMatchObject({ rewrittenBytes: 4096, rereadBytes: 0, exact: true, relativeError: 0 });
  });

  it("counts whole sectors where a request touches a part of them", () => {
    expect(figuresOf(footprint, [{ op: "read", offset: 100, length: 1000, at: 0 }]).distinctReadBytes).toBe(1536);
  });

  it("keeps the sectors of two devices apart", () => {
    expect(figuresOf(footprint, [row("read", 0, 8, 0), row("write", 0, 8, 3)]).distinctBytes).toBe(8192);
  });

  it("keeps discards and write-zeroes out of the distinct bytes", () => {
    const figures = figuresOf(footprint, [row("discard", 0, 8), row("secureErase", 4, 8), row("writeZeroes", 0, 2)]);
    expect(figures).toMatchObject({ distinctBytes: 0, distinctDiscardedBytes: 6144, distinctZeroedBytes: 1024 });
  });

  it.each([
    ["few sectors, often", 2000, 5000, 40],
    ["across pages", 200, 1_000_000, 9000],
    ["far apart", 3000, 2 ** 40, 20],
  ])("equals the obvious count: %s", (_, count, sectors, longest) => {
    const rows = randomRows(3, count, sectors, longest);
    expect(figuresOf(footprint, rows)).toEqual(reference(rows));
  });

  it("estimates from a sample within a few standard errors where the pages do not fit", () => {
    const rows = randomRows(5, 60_000, 2 ** 40, 16).map((r) => ({ ...r, device: 0 }));
    const truth = reference(rows);
    const figures = figuresOf(footprint, rows);
    expect(figures.exact).toBe(false);
    expect(figures.relativeError).toBeGreaterThan(0);
    expect(figures.relativeError).toBeLessThan(0.02);
    const deviation = Math.abs(figures.distinctBytes - truth.distinctBytes) / truth.distinctBytes;
    expect(deviation).toBeLessThan(4 * figures.relativeError);
  });

  it("is the same in any order and any batches, also where it is sampled", () => {
    const rows = randomRows(9, 40_000, 2 ** 42, 5000);
    const figures = figuresOf(footprint, rows);
    expect(figures.exact).toBe(false);
    expect(figuresOf(footprint, shuffled(rows, 1), 999)).toEqual(figures);
    expect(figuresOf(footprint, shuffled(rows, 2))).toEqual(figures);
  });

  it("takes discards of petabytes", () => {
    const rows = [row("discard", 0, 2 ** 43), row("discard", 2 ** 43, 2 ** 43), row("read", 5, 8)];
    const figures = figuresOf(footprint, rows);
    expect(figures.distinctDiscardedBytes / (2 ** 44 * 512)).toBeCloseTo(1, 3);
    expect(figures.exact).toBe(false);
  });
});
