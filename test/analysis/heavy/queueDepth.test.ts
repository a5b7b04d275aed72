import { describe, expect, it } from "vitest";
import { type QueueDepth, queueDepth } from "../../../src/analysis/metrics/queueDepth.ts";
import { figuresOf, type Row, randomNumbers } from "./kit.ts";

const row = (at: number, done?: number): Row => ({
  op: "read",
  offset: 0,
  length: 512,
  at,
  ...(done === undefined ? {} : { done }),
});

interface Step {
  readonly at: number;
  readonly depth: number;
}

/** The obvious way: at each moment completions of earlier rows, then each issue with, where it takes no time, its completion. */
function steps(rows: readonly Row[]): Step[] {
  const moments = [...new Set(rows.flatMap(({ at, done }) => (done === undefined ? [at] : [at, done])))];
  let depth = 0;
  return moments
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const found: Step[] = [];
      depth -= rows.filter((other) => other.done === at && other.at < at).length;
      found.push({ at, depth });
      for (const other of rows.filter((candidate) => candidate.at === at)) {
        depth++;
        found.push({ at, depth });
        if (other.done === at) depth--;
      }
      found.push({ at, depth });
      return found;
    });
}

function reference(rows: readonly Row[]): QueueDepth {
  const found = steps(rows);
  const firstNs = found[0]!.at;
  const endNs = found.at(-1)!.at;
  let binNs = 1;
  while (Math.floor(endNs / binNs) - Math.floor(firstNs / binNs) >= 512) binNs *= 2;
  const low = Math.floor(firstNs / binNs);
  const bins = Math.floor(endNs / binNs) - low + 1;
  const area = new Array<number>(bins).fill(0);
  const max = new Array<number>(bins).fill(0);
  const atDepth = new Map<number, number>();
  found.forEach(({ at, depth }, index) => {
    const untilNs = found[index + 1]?.at ?? at;
    const first = Math.floor(at / binNs) - low;
    max[first] = Math.max(max[first]!, depth);
    atDepth.set(depth, (atDepth.get(depth) ?? 0) + untilNs - at);
    for (let bin = first; bin < bins && (bin + low) * binNs < untilNs; bin++) {
      const spent = Math.min(untilNs, (bin + low + 1) * binNs) - Math.max(at, (bin + low) * binNs);
      area[bin]! += spent * depth;
      max[bin] = Math.max(max[bin]!, depth);
    }
  });
  const spent = (bin: number) => Math.min(endNs, (bin + low + 1) * binNs) - Math.max(firstNs, (bin + low) * binNs);
  const peak = max.reduce((a, b) => Math.max(a, b), 0);
  const total = endNs - firstNs;
  return {
    startNs: low * binNs,
    binNs,
    bins,
    mean: area.map((part, bin) => (spent(bin) > 0 ? part / spent(bin) : max[bin]!)),
    max,
    overallMean: total > 0 ? area.reduce((a, b) => a + b, 0) / total : peak,
    peak,
    idleShare: total > 0 ? (atDepth.get(0) ?? 0) / total : 0,
    timeAtDepthNs: [...atDepth].filter(([, ns]) => ns > 0).sort((a, b) => a[0] - b[0]),
  };
}

function randomRows(seed: number, count: number, ns: number, longest: number): Row[] {
  const random = randomNumbers(seed);
  const issues = Array.from({ length: count }, () => Math.floor(random() * ns)).sort((a, b) => a - b);
  return issues.map((at) => (random() < 0.02 ? row(at) : row(at, at + Math.floor(random() * random() * longest))));
}

describe("queue depth", () => {
  it("weighs depths by the time spent at them", () => {
    const depth = figuresOf(queueDepth, [row(0, 10), row(2, 6)]);
    expect(depth).toMatchObject({ overallMean: 1.4, peak: 2, idleShare: 0 });
    expect(depth.timeAtDepthNs).toEqual([
      [1, 6],
      [2, 4],
    ]);
  });

  it("counts a request that never completes until the end", () => {
    expect(figuresOf(queueDepth, [row(0), row(5, 10)])).toMatchObject({ overallMean: 1.5, peak: 2 });
  });

  it("lets a completion go before an issue at the same moment", () => {
    expect(figuresOf(queueDepth, [row(0, 4), row(4, 8)])).toMatchObject({ peak: 1, overallMean: 1, idleShare: 0 });
  });

  it("does not pile up requests that take no time", () => {
    expect(figuresOf(queueDepth, [row(0, 9), row(4, 4), row(4, 4), row(4, 4)])).toMatchObject({ peak: 2 });
  });

  it("knows idle time", () => {
    expect(figuresOf(queueDepth, [row(0, 1), row(9, 10)])).toMatchObject({ idleShare: 0.8, overallMean: 0.2 });
  });

  it("takes a completion without a plausible time as done when the next one is", () => {
    const depth = figuresOf(queueDepth, [row(0, Number.NaN), row(0, 4), row(6, 8)]);
    expect(depth.timeAtDepthNs).toEqual([
      [0, 2],
      [1, 2],
      [2, 4],
    ]);
  });

  it("passes over flushes", () => {
    const flush: Row = { op: "flush", offset: 0, length: 0, at: 1, done: 9 };
    expect(figuresOf(queueDepth, [row(0, 4), flush])).toMatchObject({ peak: 1, idleShare: 0, bins: 5 });
  });

  it("has the peak for a mean where no time passes", () => {
    expect(figuresOf(queueDepth, [row(3)])).toMatchObject({ overallMean: 1, peak: 1, mean: [1], max: [1] });
  });

  it("is empty without requests", () => {
    expect(figuresOf(queueDepth, [])).toMatchObject({ bins: 0, mean: [], max: [], peak: 0, timeAtDepthNs: [] });
  });

  it.each([
    ["coarse clock", 300, 60, 20],
    ["deep", 500, 1000, 1000],
    ["sparse", 300, 1e9, 1e5],
    ["long", 800, 1e9, 1e8],
  ])("equals the obvious count: %s", (_, count, ns, longest) => {
    for (let seed = 1; seed <= 5; seed++) {
      const rows = randomRows(seed, count, ns, longest);
      expect(figuresOf(queueDepth, rows)).toEqual(reference(rows));
    }
  });

  it("does not depend on where the chunks are cut, not even within a moment", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const rows = randomRows(seed, 300, 80, 30);
      const depth = figuresOf(queueDepth, rows);
      for (const chunkEvents of [1, 2, 5, 64]) expect(figuresOf(queueDepth, rows, chunkEvents)).toEqual(depth);
    }
  });
});
