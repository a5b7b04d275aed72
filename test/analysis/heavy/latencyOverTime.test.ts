import { describe, expect, it } from "vitest";
import { latencyBin } from "../../../src/analysis/kernels/latencyGrid.ts";
import { stretchesOf } from "../../../src/analysis/kernels/latencyWindows.ts";
import { latencyOverTime } from "../../../src/analysis/metrics/latencyOverTime.ts";
import { figuresOf, type Row, randomNumbers } from "./kit.ts";

function randomRows(count: number, ns: number): Row[] {
  const random = randomNumbers(count);
  const rows = Array.from({ length: count }, () => {
    const at = Math.floor(random() * ns);
    return { op: "read" as const, offset: 0, length: 4096, at, done: at + Math.floor(10 ** (2 + random() * 5)) };
  });
  return rows.sort((a, b) => a.at - b.at);
}

const latencies = (rows: readonly Row[]) => rows.map((row) => row.done! - row.at).sort((a, b) => a - b);
const nearestRank = (sorted: readonly number[], share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;

describe("latency over time", () => {
  it.each([
    [0, 0],
    [1, 0],
    [9, 11],
    [10, 12],
    [999, 35],
    [1000, 36],
    [1e6, 72],
    [9_007_199_254_740_991, 191],
  ])("%i ns is in latency bin %i", (ns, bin) => {
    expect(latencyBin(ns)).toBe(bin);
  });

  it("cuts counts into stretches, and joins what is left over to the last", () => {
    const bins = ({ fromBin, toBin, count }: ReturnType<typeof stretchesOf>[number]) => [fromBin, toBin, count];
    expect(stretchesOf([60, 60, 0, 100, 7], 100).map(bins)).toEqual([
      [0, 2, 120],
      [2, 5, 107],
    ]);
    expect(stretchesOf([1, 0, 2], 100).map(bins)).toEqual([[0, 3, 3]]);
    expect(stretchesOf([], 100)).toEqual([]);
  });

  it("places a request by its issue and its latency", () => {
    const rows: Row[] = [
      { op: "read", offset: 0, length: 512, at: 0, done: 1000 },
      { op: "write", offset: 0, length: 512, at: 3, done: 13 },
      { op: "read", offset: 0, length: 512, at: 3, done: 1003 },
      { op: "flush", offset: 0, length: 0, at: 4, done: 100 },
      { op: "read", offset: 0, length: 512, at: 5 },
      { op: "read", offset: 0, length: 512, at: 5, done: Number.NaN },
    ];
    const { cells, bins, windows } = figuresOf(latencyOverTime, rows);
    expect(cells).toEqual([0, 36, 1, 3, 12, 1, 3, 36, 1]);
    expect(bins).toBe(4);
    expect(windows).toEqual([{ fromNs: 0, toNs: 4, count: 3, p50Ns: 1000, p99Ns: 1000, maxNs: 1000 }]);
  });

  it("has percentiles within 1 % of the nearest rank, over 100 requests at least", () => {
    const rows = randomRows(4000, 1e10);
    const { windows, startNs, binNs, bins } = figuresOf(latencyOverTime, rows);
    expect(windows.length).toBeGreaterThan(10);
    expect(windows[0]?.fromNs).toBe(startNs);
    expect(windows.at(-1)?.toNs).toBe(startNs + bins * binNs);
    for (const { fromNs, toNs, count, p50Ns, p99Ns, maxNs } of windows) {
      const own = latencies(rows.filter((row) => row.at >= fromNs && row.at < toNs));
      expect(count).toBe(own.length);
      expect(count).toBeGreaterThanOrEqual(100);
      expect(Math.abs(p50Ns / nearestRank(own, 0.5) - 1)).toBeLessThan(0.01);
      expect(Math.abs(p99Ns / nearestRank(own, 0.99) - 1)).toBeLessThan(0.01);
      expect(maxNs).toBe(own.at(-1));
    }
  });

  it("counts every request in the cell where it lies", () => {
    const rows = randomRows(2000, 1e9);
    const { cells, startNs, binNs, bins } = figuresOf(latencyOverTime, rows);
    expect(bins).toBeGreaterThanOrEqual(128);
    expect(bins).toBeLessThanOrEqual(256);
    const expected = new Map<string, number>();
    for (const row of rows) {
      const key = `${Math.floor((row.at - startNs) / binNs)} ${latencyBin(row.done! - row.at)}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    const found = new Map<string, number>();
    for (let i = 0; i < cells.length; i += 3) found.set(`${cells[i]} ${cells[i + 1]}`, cells[i + 2]!);
    expect(found).toEqual(expected);
  });

  it("is the same in any batches", () => {
    const rows = randomRows(2000, 1e9);
    expect(figuresOf(latencyOverTime, rows, 3)).toEqual(figuresOf(latencyOverTime, rows));
  });
});
