import { describe, expect, it } from "vitest";
import { type Accesses, accesses } from "../../../src/analysis/metrics/accesses.ts";
import { OPS } from "../../../src/model/ops.ts";
import { figuresOf, type Row, randomNumbers } from "./kit.ts";

const smallest = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const largest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0);

/** The smallest doubling of `width` at which the positions lie in `most` bins. */
function widthFor(first: number, last: number, width: number, most: number): number {
  return Math.floor(last / width) - Math.floor(first / width) < most ? width : widthFor(first, last, width * 2, most);
}

/** The obvious way: the widths from the extremes, then every cell that each request touches. */
function reference(rows: readonly Row[]): Accesses {
  const data = rows.filter((row) => row.op !== "flush" && row.length > 0);
  const firstNs = smallest(data.map((row) => row.at));
  const lastNs = largest(data.map((row) => row.at));
  const firstByte = smallest(data.map((row) => row.offset));
  const lastByte = largest(data.map((row) => row.offset + row.length - 1));
  const timeBin = widthFor(firstNs, lastNs, 1, 256);
  const addressBin = widthFor(firstByte, lastByte, 512, 256);
  const timeLow = Math.floor(firstNs / timeBin);
  const addressLow = Math.floor(firstByte / addressBin);
  const byOp: Accesses["byOp"] = {};
  for (const op of OPS) {
    const own = data.filter((row) => row.op === op);
    if (own.length === 0) continue;
    const counts = new Map<number, number>();
    for (const { at, offset, length } of own)
      for (let bin = Math.floor(offset / addressBin); bin * addressBin < offset + length; bin++) {
        const key = (Math.floor(at / timeBin) - timeLow) * 1000 + bin - addressLow;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    const cells = [...counts].sort((a, b) => a[0] - b[0]);
    byOp[op] = {
      requests: own.length,
      cells: cells.flatMap(([key, count]) => [Math.floor(key / 1000), key % 1000, count]),
    };
  }
  return {
    timeStartNs: timeLow * timeBin,
    timeBinNs: timeBin,
    timeBins: Math.floor(lastNs / timeBin) - timeLow + 1,
    addressStartBytes: addressLow * addressBin,
    addressBinBytes: addressBin,
    addressBins: Math.floor(lastByte / addressBin) - addressLow + 1,
    byOp,
  };
}

function randomRows(seed: number, count: number, ns: number, bytes: number, longest: number): Row[] {
  const random = randomNumbers(seed);
  const rows = Array.from({ length: count }, () => ({
    op: OPS[Math.floor(random() * 6)]!,
    offset: Math.floor(1e9 + random() * bytes),
    length: Math.floor(random() * longest),
    at: Math.floor(12345 + random() * ns),
  }));
  return rows.sort((a, b) => a.at - b.at);
}

describe("accesses over time and address", () => {
  it("counts a request in every cell that it touches", () => {
    const { byOp, ...axes } = figuresOf(accesses, [
      { op: "read", offset: 0, length: 512 * 256, at: 0 },
      { op: "write", offset: 512, length: 1024, at: 1 },
    ]);
    expect(axes).toMatchObject({ timeBinNs: 1, timeBins: 2, addressBinBytes: 512, addressBins: 256 });
    expect(byOp.read?.cells).toHaveLength(256 * 3);
    expect(byOp.write).toEqual({ requests: 1, cells: [1, 1, 1, 1, 2, 1] });
  });

  it("counts a request once in a cell that was two when it came", () => {
    const { addressBinBytes, byOp } = figuresOf(accesses, [
      { op: "read", offset: 0, length: 1024, at: 0 },
      { op: "read", offset: 512 * 256, length: 512, at: 1 },
    ]);
    expect(addressBinBytes).toBe(1024);
    expect(byOp.read?.cells).toEqual([0, 0, 1, 1, 128, 1]);
  });

  it("has one time unit for each request where the trace has no clock", () => {
    const rows = Array.from({ length: 200 }, (_, at): Row => ({ op: "read", offset: 0, length: 512, at }));
    expect(figuresOf(accesses, rows)).toMatchObject({ timeStartNs: 0, timeBinNs: 1, timeBins: 200 });
  });

  it("is empty without requests", () => {
    expect(figuresOf(accesses, [])).toMatchObject({ timeBins: 0, addressBins: 0, byOp: {} });
  });

  it.each([
    ["short", 400, 100, 100_000, 4096],
    ["long and wide", 3000, 1e12, 1e13, 1_000_000],
    ["long requests", 1000, 1e9, 1e9, 1e9],
  ])("equals the obvious count: %s", (_, count, ns, bytes, longest) => {
    const rows = randomRows(21, count, ns, bytes, longest);
    expect(figuresOf(accesses, rows)).toEqual(reference(rows));
  });

  it("uses 128 to 256 bins of each axis once the range is wide", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { timeBins, addressBins } = figuresOf(accesses, randomRows(seed, 50, 10 ** (3 + seed / 2), 1e12, 4096));
      expect(timeBins).toBeGreaterThanOrEqual(128);
      expect(timeBins).toBeLessThanOrEqual(256);
      expect(addressBins).toBeGreaterThanOrEqual(128);
      expect(addressBins).toBeLessThanOrEqual(256);
    }
  });

  it("is the same whichever end of time or address comes first, and in any batches", () => {
    const rows = randomRows(4, 2000, 1e11, 1e12, 1e10);
    const figures = figuresOf(accesses, rows);
    expect(figuresOf(accesses, rows, 7)).toEqual(figures);
    const mirrored = rows.map((row) => ({ ...row, offset: 3e12 - row.offset - row.length }));
    expect(figuresOf(accesses, mirrored)).toEqual(reference(mirrored));
  });
});
