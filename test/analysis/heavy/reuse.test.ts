import fc from "fast-check";
import { Check } from "typebox/value";
import { describe, expect, it } from "vitest";
import { startBlockReuse } from "../../../src/analysis/kernels/blockReuse.ts";
import { type Reuse, reuse } from "../../../src/analysis/metrics/reuse.ts";
import type { Op } from "../../../src/model/ops.ts";
import { expectReuse } from "../../support/agreeReuse.ts";
import type { SlowAccess } from "../../support/slowReuse.ts";
import { figuresOf, type Row, randomNumbers } from "./kit.ts";

const KIB = 1024;
const row = (op: Op, block: number, blocks: number, at: number, device = 0): Row => ({
  op,
  offset: block * 4096,
  length: blocks * 4096,
  at,
  device,
});

const slow = (rows: readonly Row[]): SlowAccess[] =>
  rows
    .filter(({ op, length }) => ["read", "write", "zoneAppend"].includes(op) && length > 0)
    .map(({ op, device = 0, offset, length, at }) => ({ write: op !== "read", device, offset, length, at }));

const anyRow = fc.record({
  op: fc.constantFrom<Op>("read", "read", "write", "write", "zoneAppend", "discard", "flush"),
  device: fc.constantFrom(0, 0, 0, 3),
  sector: fc.oneof(
    fc.nat(200),
    fc.nat(1000).map((n) => n * 8),
  ),
  sectors: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(8)),
  after: fc.oneof(fc.constant(0), fc.nat(1000), fc.nat(3e9)),
});
const anyRows = fc.array(anyRow, { minLength: 1, maxLength: 120, size: "max" }).map((made) => {
  let at = 0;
  return made.map(({ op, device, sector, sectors, after }): Row => {
    at += after;
    return { op, device, offset: sector * 512, length: op === "flush" ? 0 : sectors * 512, at };
  });
});

describe("reuse", () => {
  it("equals lists of all accesses, whatever the size of the batches", () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 9 }), (rows, chunk) => {
        const figures = figuresOf(reuse, rows, chunk);
        expect(figures).toEqual(figuresOf(reuse, rows));
        expectReuse(figures, slow(rows));
      }),
      { numRuns: 60 },
    );
  });

  it("counts the distinct blocks of a stretch however late it begins", () => {
    const from = 2 ** 45;
    const workingSet = (rows: readonly Row[], firstNs: number) =>
      figuresOf(
        reuse,
        rows.map((each) => ({ ...each, at: firstNs + Math.floor(each.at / 2 ** 20) })),
      ).workingSet;
    const property = fc.property(anyRows, (rows) => {
      const late = workingSet(rows, from);
      expect({ ...late, startNs: late.startNs - (late.bins === 0 ? 0 : from) }).toEqual(workingSet(rows, 0));
    });
    fc.assert(property, { numRuns: 60 });
  });

  it("tells reads and writes after reads and writes apart, with what came between", () => {
    const rows = [
      row("write", 0, 1, 0),
      row("write", 5, 1, 10),
      row("read", 0, 1, 1e9),
      row("read", 0, 1, 1e9 + 5),
      row("write", 0, 2, 3e9),
      row("write", 0, 1, 4.5e9),
    ];
    const { again } = figuresOf(reuse, rows);
    expect(again.readAfterWrite).toMatchObject({ accesses: 1, time: { withinSecond: 1, maxNs: 1e9 } });
    expect(again.readAfterWrite).toMatchObject({ requestsBetween: { max: 1 }, distinctBetween: { maxBytes: 4096 } });
    expect(again.readAfterRead).toMatchObject({ accesses: 1, time: { maxNs: 5 }, distinctBetween: { maxBytes: 0 } });
    expect(again.writeAfterRead).toMatchObject({ accesses: 1, time: { withinSecond: 0 } });
    expect(again.writeAfterWrite).toMatchObject({ accesses: 1, bytes: 4096, requestsBetween: { max: 0 } });
  });

  it("counts each block of a request, and the bytes of it that are touched", () => {
    const rows: Row[] = [
      { op: "write", offset: 4 * KIB, length: 12 * KIB, at: 0 },
      { op: "write", offset: 7 * KIB, length: 2 * KIB, at: 1 },
    ];
    const { again, blocks, lruCache } = figuresOf(reuse, rows);
    expect(blocks).toBe(3);
    expect(again.writeAfterWrite).toMatchObject({ accesses: 2, bytes: 2 * KIB });
    expect(lruCache.writes).toMatchObject({ accesses: 5, compulsory: 3 });
    expect(lruCache.reads).toBeNull();
  });

  it("has a cliff where a loop fits the cache", () => {
    const rows = Array.from({ length: 1000 }, (_, i) => row("read", i % 100, 1, i));
    const { points, compulsory } = figuresOf(reuse, rows).lruCache.reads!;
    expect(compulsory).toBe(100);
    for (const [bytes, misses] of points) expect(misses).toBe(bytes! < 100 * 4096 ? 1000 : 100);
  });

  it("says where the hottest blocks are, neighbours joined", () => {
    const hot = [row("write", 8, 2, 0), row("write", 8, 2, 1), row("write", 8, 2, 2), row("read", 40, 1, 3)];
    expect(figuresOf(reuse, [...hot, row("read", 40, 1, 4), row("read", 99, 1, 5)]).hottest).toEqual([
      { device: 0, offsetBytes: 8 * 4096, lengthBytes: 8192, readAccesses: 0, writeAccesses: 6 },
      { device: 0, offsetBytes: 40 * 4096, lengthBytes: 4096, readAccesses: 2, writeAccesses: 0 },
    ]);
  });

  it("has nothing to say of discards and flushes", () => {
    const rows = [row("discard", 0, 9, 0), row("discard", 0, 9, 1), row("writeZeroes", 0, 9, 2), row("flush", 0, 0, 3)];
    const { again, blocks, lruCache, heat, workingSet } = figuresOf(reuse, rows);
    expect({ again, blocks, lruCache, heat }).toEqual({
      again: {},
      blocks: 0,
      lruCache: { all: null, reads: null, writes: null },
      heat: { all: null, reads: null, writes: null },
    });
    expect(workingSet.bins).toBe(0);
  });

  it("counts exactly as long as the blocks fit, however often they are touched", () => {
    const rows = Array.from({ length: 512 }, (_, i) => row(i % 3 === 0 ? "read" : "write", (i % 256) * 256, 256, i));
    const figures = figuresOf(reuse, rows);
    expect(figures).toMatchObject({ exact: true, blocks: 65536, again: { writeAfterWrite: { standardError: 0 } } });
    expect(figures.lruCache.all!.points.at(-1)).toEqual([65536 * 4096, 65536]);
  });
});

/** Accesses of which a few places get many: what caches are for. */
function skewedRows(count: number, blocks: number, skew: number, seed: number): Row[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, i) => {
    const block = Math.floor(blocks * random() ** skew) * 2654435761;
    return row(random() < 0.6 ? "read" : "write", block % (blocks * 4), 1 + Math.floor(random() * 3), i * 1000);
  });
}

/** The metric with another budget of blocks: a large one counts exactly, as held to lists above. */
const withBudget = (blocks: number) => ({ ...reuse, start: () => startBlockReuse(blocks, 256) });

type Cache = NonNullable<Reuse["lruCache"]["all"]>;

/** How far each miss ratio is from the exact one. */
function deviations(sampled: Cache, exact: Cache): number[] {
  expect(sampled.accesses).toBe(exact.accesses);
  const misses = new Map(exact.points.map(([bytes, count]) => [bytes, count!]));
  return sampled.points.map(([bytes, count]) => {
    const right = misses.get(bytes) ?? exact.compulsory;
    return Math.abs(count! - right) / exact.accesses;
  });
}

describe("reuse where the blocks do not fit", () => {
  const CASES = [
    ["skewed", skewedRows(60_000, 40_000, 3, 1)],
    ["even", skewedRows(60_000, 30_000, 1, 2)],
    ["a loop", Array.from({ length: 3000 }, (_, i) => row("read", (i % 1000) * 30, 30, i * 1e6))],
  ] as const;

  it.each(CASES)("has a miss ratio within its error: %s", (_, rows) => {
    const figures = figuresOf(withBudget(2048), rows);
    const exact = figuresOf(withBudget(2 ** 20), rows);
    expect([figures.exact, exact.exact]).toEqual([false, true]);
    for (const name of ["all", "reads", "writes"] as const) {
      const cache = figures.lruCache[name];
      if (cache === null) continue;
      const off = deviations(cache, exact.lruCache[name]!);
      const errors = cache.standardErrors!;
      for (const [i, deviation] of off.entries()) expect(deviation, `point ${i}`).toBeLessThanOrEqual(2.5 * errors[i]!);
      expect(mean(off)).toBeLessThanOrEqual(mean(errors));
      expect(mean(errors)).toBeLessThan(0.035);
    }
  });

  it.each(CASES)("estimates what is counted within a few standard errors: %s", (_, rows) => {
    const figures = figuresOf(withBudget(2048), rows);
    const exact = figuresOf(withBudget(2 ** 20), rows);
    expect(Math.abs(figures.blocks / exact.blocks - 1)).toBeLessThan(4 * figures.relativeError);
    for (const [kind, again] of Object.entries(exact.again)) {
      const estimated = figures.again[kind as "readAfterRead"]!;
      expect(Math.abs(estimated.accesses - again.accesses)).toBeLessThanOrEqual(3 * estimated.standardError);
    }
    const { shareOnHottest10Percent, standardError } = figures.heat.all!;
    expect(Math.abs(shareOnHottest10Percent! - exact.heat.all!.shareOnHottest10Percent!)).toBeLessThanOrEqual(
      3 * standardError,
    );
    expect(figures.hottest).toBeNull();
    const { newBlocks, distinctBlocks } = figures.workingSet;
    expect(sum(newBlocks)).toBe(figures.blocks);
    const ofBins = sum(exact.workingSet.distinctBlocks);
    expect(Math.abs(sum(distinctBlocks) - ofBins) / ofBins).toBeLessThan(0.1);
  });

  it("is the same in any batches", () => {
    const rows = CASES[0][1].slice(0, 20_000);
    expect(figuresOf(withBudget(512), rows, 777)).toEqual(figuresOf(withBudget(512), rows));
  });

  it("takes requests larger than its budget, and devices far apart", () => {
    const rows = [row("read", 0, 2 ** 28, 0), row("read", 5, 2 ** 28, 1), row("write", 7, 4, 2, 5000)];
    const figures = figuresOf(reuse, rows);
    expect(figures.exact).toBe(false);
    expect(figures.blocks / 2 ** 28).toBeCloseTo(1, 3);
    expect(figures.again.readAfterRead!.accesses / 2 ** 28).toBeCloseTo(1, 3);
    expect(Check(reuse.schema, figures)).toBe(true);
  });
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
