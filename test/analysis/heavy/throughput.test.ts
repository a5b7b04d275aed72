import { describe, expect, it } from "vitest";
import { throughput } from "../../../src/analysis/metrics/throughput.ts";
import { figuresOf, type Row, randomNumbers } from "./kit.ts";

function randomRows(count: number, ns: number): Row[] {
  const random = randomNumbers(count);
  const rows = Array.from({ length: count }, () => ({
    op: random() < 0.5 ? ("read" as const) : ("write" as const),
    offset: 0,
    length: Math.ceil(random() * 1e6),
    at: Math.floor(random() * ns),
  }));
  return rows.sort((a, b) => a.at - b.at);
}

describe("throughput", () => {
  it("gives bytes and requests of each bin", () => {
    const rows: Row[] = [
      { op: "read", offset: 0, length: 4096, at: 0 },
      { op: "read", offset: 0, length: 512, at: 0 },
      { op: "write", offset: 0, length: 1024, at: 2 },
      { op: "flush", offset: 0, length: 0, at: 3 },
    ];
    expect(figuresOf(throughput, rows)).toEqual({
      startNs: 0,
      binNs: 1,
      bins: 3,
      byOp: { read: { bytes: [4608, 0, 0], requests: [2, 0, 0] }, write: { bytes: [0, 0, 1024], requests: [0, 0, 1] } },
    });
  });

  it.each([100, 5000])("adds up to the requests, bin by bin (%i)", (count) => {
    const rows = randomRows(count, 1e10);
    const { startNs, binNs, bins, byOp } = figuresOf(throughput, rows);
    expect(bins).toBeLessThanOrEqual(512);
    expect(bins).toBeGreaterThanOrEqual(256);
    expect(startNs % binNs).toBe(0);
    for (const op of ["read", "write"] as const)
      for (let bin = 0; bin < bins; bin++) {
        const fromNs = startNs + bin * binNs;
        const own = rows.filter((row) => row.op === op && row.at >= fromNs && row.at < fromNs + binNs);
        expect(byOp[op]?.requests[bin]).toBe(own.length);
        expect(byOp[op]?.bytes[bin]).toBe(own.reduce((sum, row) => sum + row.length, 0));
      }
  });

  it("is the same in any batches", () => {
    const rows = randomRows(3000, 1e12);
    expect(figuresOf(throughput, rows, 1)).toEqual(figuresOf(throughput, rows));
  });
});
