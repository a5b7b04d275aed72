import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Durability, durability } from "../../src/analysis/metrics/durability.ts";
import { FLAG, type Op } from "../../src/model/ops.ts";
import { oneMetric } from "../support/oneMetric.ts";
import { randomTrace } from "../support/randomTrace.ts";
import { mostInBins, requestsOf, type SlowWritten, slowDurability } from "../support/slowDurability.ts";
import { type Happening, type SlowTrace, slowReader } from "../support/slowTrace.ts";

const RECORDED = {
  clock: true,
  completion: true,
  queue: false,
  process: false,
  cgroup: false,
  merges: false,
  bios: false,
  plug: false,
  flags: true,
  error: true,
};

function durabilityOf(trace: SlowTrace, batchRows?: number): Promise<Durability> {
  return oneMetric(durability, slowReader(trace, batchRows));
}

function nearestRank(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1]!;
}

function expectDistribution(actual: NonNullable<Durability>["betweenFlushesNs"], exact: readonly number[]): void {
  if (exact.length === 0) {
    expect(actual).toBeNull();
    return;
  }
  const { count, min, max, p50, p90, octaves } = actual!;
  expect({ count, min, max }).toEqual({ count: exact.length, min: Math.min(...exact), max: Math.max(...exact) });
  for (const [share, value] of [
    [0.5, p50],
    [0.9, p90],
  ] as const)
    expect(Math.abs(value - nearestRank(exact, share))).toBeLessThanOrEqual(nearestRank(exact, share) * 0.01);
  for (const [edge, flushes] of octaves)
    expect(flushes).toBe(exact.filter((each) => (edge === 0 ? each < 1 : each >= edge! && each < 2 * edge!)).length);
}

function expectDurability(actual: NonNullable<Durability>, requests: readonly SlowWritten[]): void {
  const { levels, flushTimes, between, figures } = slowDurability(requests);
  const { meanBytes, safeShare, ...exact } = figures;
  expect(actual).toMatchObject(exact);
  expect(actual.meanBytes).toBeCloseTo(meanBytes, 3);
  expect(actual.safeShare).toBeCloseTo(safeShare, 9);
  expect(actual.unflushedBytes).toEqual(mostInBins(levels, actual));
  const { startNs, binNs, bins } = actual;
  expect(actual.flushes).toEqual(
    Array.from(
      { length: bins },
      (_, bin) => flushTimes.filter((ns) => Math.floor((ns - startNs) / binNs) === bin).length,
    ),
  );
  expectDistribution(actual.betweenFlushesNs, between.gaps);
  expectDistribution(actual.betweenFlushesBytes, between.bytes);
}

describe("what a crash would lose", () => {
  it("equals asking every write at every moment, whatever the size of the batches", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(randomTrace, fc.integer({ min: 1, max: 8 }), async (trace, batchRows) => {
        const clocked = { ...trace, recorded: { ...trace.recorded, clock: true, flags: true } };
        const requests = requestsOf(clocked);
        if (requests.length === 0) return;
        const actual = await durabilityOf(clocked, batchRows);
        expect(actual).toEqual(await durabilityOf(clocked));
        expectDurability(actual!, requests);
        compared++;
      }),
      { numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(50);
  });
});

interface Step {
  readonly op: Op;
  readonly bytes?: number;
  readonly flags?: number;
  readonly queueNs?: number | null;
  readonly device?: number;
  readonly at: number;
  readonly done?: number;
  readonly error?: number;
}

function made(steps: readonly Step[], recorded: Partial<SlowTrace["recorded"]> = {}): SlowTrace {
  const history: (Happening & { readonly at: number })[] = steps.flatMap((step, row) => {
    const { op, bytes = 0, flags = 0, queueNs = null, device = 0, at, done, error = 0 } = step;
    const base = { op, flags, device, offsetBytes: 0, lengthBytes: bytes, issueNs: at, queueNs };
    const issue = { what: "issue", issue: { ...base, process: 0, mergedBios: 0 }, at } as const;
    if (done === undefined) return [issue];
    const none = { getRequestNs: null, insertNs: null, bios: [] };
    return [issue, { what: "completion", completion: { row, completeNs: done, error, ...none }, at: done } as const];
  });
  return {
    devices: ["sda", "sdb"].map((name) => ({ name, stacked: false })),
    processes: ["not recorded"],
    recorded: { ...RECORDED, ...recorded },
    history: history.toSorted((a, b) => a.at - b.at),
  };
}

const KIB = 1024;

describe("a write", () => {
  const write = { op: "write", bytes: 4 * KIB, at: 0, done: 10 } as const;
  const endOf = async (...steps: Step[]) => (await durabilityOf(made([write, ...steps])))!.end;

  it("is at risk from its completion until a flush that began later has ended", async () => {
    expect((await endOf({ op: "flush", at: 20, done: 30 })).bytes).toBe(0);
    const { peak, safeShare } = (await durabilityOf(made([write, { op: "flush", at: 20, done: 30 }])))!;
    expect(peak).toEqual({ bytes: 4 * KIB, writes: 1, atNs: 10 });
    expect(safeShare).toBeCloseTo(10 / 30);
  });

  it("is not made durable by a flush that began before its completion, has not ended, or failed", async () => {
    expect((await endOf({ op: "flush", at: 5, done: 30 })).writes).toBe(1);
    expect((await endOf({ op: "flush", at: 10, done: 30 })).writes).toBe(1);
    expect((await endOf({ op: "flush", at: 20 })).writes).toBe(1);
    expect((await endOf({ op: "flush", at: 20, done: 30, error: 5 })).writes).toBe(1);
  });

  it("is not made durable by a flush of another device", async () => {
    expect((await endOf({ op: "flush", at: 20, done: 30, device: 1 })).writes).toBe(1);
  });

  it("is never at risk with FUA, or when it failed", async () => {
    const fua = made([
      { ...write, flags: FLAG.fua },
      { op: "flush", at: 20, done: 30 },
    ]);
    expect(await durabilityOf(fua)).toMatchObject({ fuaWrites: 1, cachedWrites: 0, peak: { bytes: 0, atNs: null } });
    expect((await durabilityOf(made([{ ...write, error: 5 }])))!.peak.bytes).toBe(0);
  });

  it("with its own preflush flushes those before it, but not where the kernel sent a flush for it", async () => {
    const next = { op: "write", bytes: 8 * KIB, flags: FLAG.preflush, at: 20, done: 30 } as const;
    expect(await endOf({ ...next, queueNs: 20 })).toEqual({ bytes: 8 * KIB, writes: 1 });
    expect(await endOf({ ...next, queueNs: 15 })).toEqual({ bytes: 12 * KIB, writes: 2 });
  });
});

describe("a trace", () => {
  it("without completions counts from issue to issue", async () => {
    const steps: Step[] = [
      { op: "write", bytes: 4 * KIB, at: 0 },
      { op: "write", bytes: 4 * KIB, at: 0, flags: FLAG.fua },
      { op: "write", bytes: 8 * KIB, at: 5 },
      { op: "flush", at: 5 },
      { op: "write", bytes: 2 * KIB, at: 9 },
    ];
    const figures = await durabilityOf(made(steps, { completion: false }));
    expect(figures).toMatchObject({ peak: { bytes: 4 * KIB, atNs: 0 }, end: { bytes: 2 * KIB, writes: 1 } });
    expect(figures!.betweenFlushesBytes).toMatchObject({ count: 1, max: 12 * KIB });
  });

  it("that cannot show flushes has no figures, and one that could and does not loses all", async () => {
    const steps: Step[] = [{ op: "write", bytes: 4 * KIB, at: 0, done: 1 }];
    expect(await durabilityOf(made(steps, { flags: false }))).toBeNull();
    expect(await durabilityOf(made(steps))).toMatchObject({ flushRequests: 0, end: { bytes: 4 * KIB, writes: 1 } });
  });
});
