import { expect } from "vitest";
import { REUSE_KINDS } from "../../src/analysis/kernels/reuseKinds.ts";
import type { Reuse } from "../../src/analysis/metrics/reuse.ts";
import type { Runs } from "../../src/analysis/metrics/runs.ts";
import type { Op } from "../../src/model/ops.ts";
import {
  againOf,
  countsOf,
  lruMisses,
  nearestRank,
  runsOf,
  type SlowAccess,
  type SlowRequest,
  stridesOf,
  touchesOf,
} from "./slowReuse.ts";

const within1Percent = (actual: number, exact: number, what: string) =>
  expect(Math.abs(actual - exact), `${what}: ${actual} for ${exact}`).toBeLessThanOrEqual(exact * 0.01);

/** Holds every figure of the metric to lists of accesses. */
export function expectReuse(figures: Reuse, accesses: readonly SlowAccess[], hasClock = true): void {
  const touches = touchesOf(accesses);
  expect(figures).toMatchObject({ exact: true, sampleRate: 1, relativeError: 0, blockBytes: 4096 });
  expect(figures.blocks).toBe(countsOf(touches).size);
  expectAgain(figures, touches, hasClock);
  expectCache(figures.lruCache.all, touches);
  expectHeat(figures.heat.all, touches);
  for (const [name, write] of [
    ["reads", false],
    ["writes", true],
  ] as const) {
    const own = touches.filter((touch) => touch.write === write);
    expectCache(figures.lruCache[name], own);
    expectHeat(figures.heat[name], own);
  }
  expectWorkingSet(figures.workingSet, touches);
}

type Touches = ReturnType<typeof touchesOf>;

function expectAgain({ again }: Reuse, touches: Touches, hasClock: boolean): void {
  const all = againOf(touches);
  expect(Object.keys(again).sort()).toEqual([...new Set(all.map(({ kind }) => kind))].sort());
  for (const kind of REUSE_KINDS) {
    const own = all.filter((each) => each.kind === kind);
    const figures = again[kind];
    if (figures === undefined) continue;
    const sum = (of: (each: (typeof own)[number]) => number) => own.reduce((total, each) => total + of(each), 0);
    expect(figures.accesses).toBe(own.length);
    expect(figures.bytes).toBe(sum(({ bytes }) => bytes));
    expect(figures.standardError).toBe(0);
    const distances = own.map(({ distance }) => distance);
    expect(figures.distinctBetween.within64MiB).toBe(distances.filter((blocks) => blocks < 16384).length);
    expect(figures.distinctBetween.maxBytes).toBe(Math.max(...distances) * 4096);
    within1Percent(figures.distinctBetween.p50Bytes, nearestRank(distances, 0.5) * 4096, "p50Bytes");
    const requests = own.map((each) => each.requests);
    expect(figures.requestsBetween.max).toBe(Math.max(...requests));
    within1Percent(figures.requestsBetween.p90, nearestRank(requests, 0.9), "p90 requests");
    expectOctaves(figures.requestsBetween.octaves, requests);
    expect(figures.time === null).toBe(!hasClock);
    if (figures.time === null) continue;
    const times = own.map(({ elapsedNs }) => elapsedNs);
    expect(figures.time.withinSecond).toBe(times.filter((ns) => ns <= 1e9).length);
    expect(figures.time.maxNs).toBe(Math.max(...times));
    for (const [field, share] of [
      ["p50Ns", 0.5],
      ["p90Ns", 0.9],
      ["p99Ns", 0.99],
    ] as const)
      within1Percent(figures.time[field], nearestRank(times, share), field);
    expectOctaves(figures.time.octavesNs, times);
  }
}

function expectOctaves(octaves: readonly number[][], values: readonly number[]): void {
  expect(octaves.reduce((total, [, count]) => total + count!, 0)).toBe(values.length);
  for (const [lower, count] of octaves) {
    const upper = lower === 0 ? 1 : lower! * 2;
    expect(values.filter((value) => value >= lower! && value < upper).length).toBe(count);
  }
}

function expectCache(cache: Reuse["lruCache"]["all"], touches: Touches): void {
  expect(cache === null).toBe(touches.length === 0);
  if (cache === null) return;
  expect(cache.accesses).toBe(touches.length);
  expect(cache.compulsory).toBe(countsOf(touches).size);
  expect(cache.standardErrors).toBeNull();
  expect(cache.points.length).toBeLessThanOrEqual(58);
  for (const [bytes, misses] of cache.points) expect(lruMisses(touches, bytes! / 4096), `${bytes}`).toBe(misses);
  expect(cache.points.at(-1)![1]).toBe(cache.compulsory);
}

function expectHeat(heat: Reuse["heat"]["all"], touches: Touches): void {
  expect(heat === null).toBe(touches.length === 0);
  if (heat === null) return;
  const counts = [...countsOf(touches).values()].sort((a, b) => b - a);
  const onHottest = (places: number): number =>
    counts.reduce((sum, count, i) => sum + count * Math.min(Math.max(places - i, 0), 1), 0) / touches.length;
  expect(heat).toMatchObject({ blocks: counts.length, accesses: touches.length, standardError: 0 });
  for (const [share, accesses] of heat.curve) expect(accesses).toBeCloseTo(onHottest(share! * counts.length), 5);
  if (counts.length < 10) expect(heat.shareOnHottest10Percent).toBeNull();
  else expect(heat.shareOnHottest10Percent).toBeCloseTo(onHottest(counts.length / 10), 5);
  if (counts.length < 100) expect(heat.shareOnHottest1Percent).toBeNull();
  else expect(heat.shareOnHottest1Percent).toBeCloseTo(onHottest(counts.length / 100), 5);
  if (counts.length > 1000) return;
  const differences = counts.flatMap((a) => counts.map((b) => Math.abs(a - b)));
  const mean = touches.length / counts.length;
  const gini = differences.reduce((sum, each) => sum + each, 0) / (2 * counts.length ** 2 * mean);
  expect(heat.gini).toBeCloseTo(gini, 5);
}

function expectWorkingSet({ startNs, binNs, bins, distinctBlocks, newBlocks }: Reuse["workingSet"], touches: Touches) {
  expect(bins).toBeLessThanOrEqual(256);
  expect([distinctBlocks.length, newBlocks.length]).toEqual([bins, bins]);
  const blocks = Array.from({ length: bins }, () => new Set<string>());
  const fresh = new Array<number>(bins).fill(0);
  const seen = new Set<string>();
  for (const { at, block } of touches) {
    const bin = Math.floor((at - startNs) / binNs);
    blocks[bin]!.add(block);
    if (!seen.has(block)) fresh[bin]!++;
    seen.add(block);
  }
  expect(distinctBlocks).toEqual(blocks.map(({ size }) => size));
  expect(newBlocks).toEqual(fresh);
}

/** Holds every figure of the metric to lists of runs. */
export function expectRuns(figures: Runs, requests: readonly SlowRequest[]): void {
  const { ofOp, between } = runsOf(requests, figures.openStreams);
  expect(Object.keys(figures.byOp).sort()).toEqual([...new Set(requests.map(({ op }) => op))].sort());
  for (const [op, own] of Object.entries(figures.byOp) as [Op, NonNullable<Runs["byOp"][Op]>][]) {
    const all = ofOp(op);
    const several = all.filter((run) => run.requests > 1);
    const sum = (runs: typeof all, field: "requests" | "bytes") => runs.reduce((total, run) => total + run[field], 0);
    expect(own).toMatchObject({
      requests: sum(all, "requests"),
      bytes: sum(all, "bytes"),
      runs: several.length,
      requestsInRuns: sum(several, "requests"),
      bytesInRuns: sum(several, "bytes"),
    });
    for (const [field, lengths] of [
      ["requests", own.lengthRequests],
      ["bytes", own.lengthBytes],
    ] as const) {
      expect(lengths === null).toBe(several.length === 0);
      if (lengths === null) continue;
      const values = several.map((run) => run[field]);
      expect(lengths.max).toBe(Math.max(...values));
      within1Percent(lengths.p50, nearestRank(values, 0.5), `p50 ${field}`);
      within1Percent(lengths.p99, nearestRank(values, 0.99), `p99 ${field}`);
    }
    for (const [least, ...counts] of own.octaves) {
      const inOctave = all.filter((run) => run.requests >= least! && run.requests < least! * 2);
      expect(counts).toEqual([inOctave.length, sum(inOctave, "requests"), sum(inOctave, "bytes")]);
    }
    expect(own.octaves.reduce((total, [, runs]) => total + runs!, 0)).toBe(all.length);
    const others = between.filter((each) => each.op === op).map((each) => each.others);
    for (const [count, times] of own.interleaved) expect(others.filter((each) => each === count).length).toBe(times);
    expect(own.interleaved.reduce((total, [, times]) => total + times!, 0)).toBe(others.length);
    expectStrides(own.strides, stridesOf(requests, op));
  }
}

function expectStrides(strides: NonNullable<Runs["byOp"]["read"]>["strides"], exact: Map<number, number>): void {
  const count = [...exact.values()].reduce((sum, times) => sum + times, 0);
  expect(strides.count).toBe(count);
  if (exact.size <= 64) expect(strides.exact).toBe(true);
  for (const { strideBytes, atLeast, atMost } of strides.commonest) {
    const times = exact.get(strideBytes)!;
    expect(times).toBeGreaterThanOrEqual(atLeast);
    expect(times).toBeLessThanOrEqual(atMost);
    if (strides.exact) expect([atLeast, atMost]).toEqual([times, times]);
  }
  const often = [...exact].filter(([, times]) => times >= 2).sort((a, b) => b[1] - a[1]);
  if (strides.exact) expect(strides.commonest[0]?.atLeast).toBe(often[0]?.[1]);
}
