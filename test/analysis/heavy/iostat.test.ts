import { describe, expect, it } from "vitest";
import { type Iostat, iostat } from "../../../src/analysis/metrics/iostat.ts";
import { figuresOf, type Row, randomNumbers } from "./kit.ts";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function randomRows(seed: number, count: number, ns: number, longest: number): Row[] {
  const random = randomNumbers(seed);
  const issues = Array.from({ length: count }, () => Math.floor(random() * ns)).sort((a, b) => a - b);
  return issues.map((at) => ({
    op: random() < 0.4 ? "read" : "write",
    offset: 0,
    length: 512 * (1 + Math.floor(random() * 9)),
    at,
    ...(random() < 0.03 ? {} : { done: at + 1 + Math.floor(random() * longest) }),
  }));
}

/** What lies in a bin, request by request. */
function expectBins(ours: Iostat, rows: readonly Row[]): void {
  const endNs = Math.max(...rows.map(({ at, done }) => Math.max(at, done ?? at)));
  for (let bin = 0; bin < ours.bins; bin++) {
    const fromNs = ours.startNs + bin * ours.binNs;
    const isIn = (ns: number | undefined) => ns !== undefined && ns >= fromNs && ns < fromNs + ours.binNs;
    const reads = rows.filter(({ op, at }) => op === "read" && isIn(at));
    const done = rows.filter((row) => isIn(row.done));
    expect(ours.byOp.read?.requests[bin] ?? 0).toBe(reads.length);
    expect(ours.byOp.read?.bytes[bin] ?? 0).toBe(sum(reads.map(({ length }) => length)));
    expect(ours.completed[bin]).toBe(done.length);
    expect(ours.serviceNs[bin]).toBe(sum(done.map((row) => row.done! - row.at)));
    let busyNs = 0;
    for (let ns = fromNs; ns < Math.min(fromNs + ours.binNs, endNs); ns++)
      if (rows.some((row) => row.at <= ns && ns < (row.done ?? Number.POSITIVE_INFINITY))) busyNs++;
    expect(ours.busyNs[bin]).toBe(busyNs);
  }
}

describe("iostat's columns", () => {
  it.each([
    ["few", 20, 300, 40],
    ["busy", 200, 1000, 60],
    ["long", 60, 3000, 900],
  ])("are the sums of each bin: %s", (_, count, ns, longest) => {
    for (let seed = 1; seed <= 3; seed++) {
      const rows = randomRows(seed, count, ns, longest);
      const ours = figuresOf(iostat, rows);
      expect(ours.bins).toBeLessThanOrEqual(128);
      expect(sum(ours.byOp.write?.requests ?? [])).toBe(rows.filter(({ op }) => op === "write").length);
      expectBins(ours, rows);
    }
  });

  it("have no queueing and no merges where that is not recorded", () => {
    const ours = figuresOf(iostat, randomRows(1, 5, 50, 5));
    expect([ours.waitNs, ours.queuedNs, ours.byOp.read?.merges]).toEqual([null, null, null]);
  });

  it("do not depend on where the chunks are cut", () => {
    const rows = randomRows(4, 200, 5000, 900);
    for (const chunkEvents of [1, 2, 5, 64])
      expect(figuresOf(iostat, rows, chunkEvents)).toEqual(figuresOf(iostat, rows));
  });
});
