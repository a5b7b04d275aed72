import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everything } from "../../src/analysis/scopes/part.ts";
import { addToSlowest, type SlowestState, startSlowest } from "../../src/analysis/slowest.ts";
import type { SlowRequest } from "../../src/analysis/summary.ts";
import { randomTrace } from "../support/randomTrace.ts";
import { type SlowTrace, slowReader } from "../support/slowTrace.ts";

async function slowestOf(trace: SlowTrace, batchRows?: number): Promise<readonly SlowRequest[]> {
  return (await stateAfter(trace, batchRows)).slowest;
}

async function stateAfter(trace: SlowTrace, batchRows?: number): Promise<SlowestState> {
  const state = startSlowest();
  await slowReader(
    trace,
    batchRows,
  )((chunk) => {
    addToSlowest(state, chunk, everything(chunk.requests.length), everything(chunk.completions.length));
  });
  return state;
}

interface Ran {
  readonly row: number;
  readonly op: string;
  readonly bytes: number;
  readonly fromNs: number;
  /** Infinity: never. */
  readonly toNs: number;
}

function requestsOf({ history }: SlowTrace): Ran[] {
  const issues = history.flatMap((each) => (each.what === "issue" ? [each.issue] : []));
  const ends = new Map(
    history.flatMap((each) =>
      each.what === "completion" ? [[each.completion.row, each.completion.completeNs] as const] : [],
    ),
  );
  return issues.map(({ op, lengthBytes: bytes, issueNs }, row) => {
    return { row, op, bytes, fromNs: issueNs, toNs: ends.get(row) ?? Number.POSITIVE_INFINITY };
  });
}

function together(requests: readonly Ran[]) {
  const ops = [...new Set(requests.map(({ op }) => op))];
  const sums = (some: readonly Ran[]) => ({
    count: some.length,
    bytes: some.reduce((sum, { bytes }) => sum + bytes, 0),
  });
  const byOp = Object.fromEntries(ops.map((op) => [op, sums(requests.filter((each) => each.op === op))]));
  return { ...sums(requests), byOp };
}

function largestOf(requests: readonly Ran[]) {
  const lengthBytes = Math.max(0, ...requests.map(({ bytes }) => bytes));
  if (lengthBytes === 0) return null;
  const { row, op } = requests.find(({ bytes }) => bytes === lengthBytes)!;
  return { row, op, lengthBytes };
}

function slowCompany(all: readonly Ran[], row: number) {
  const self = all[row]!;
  const before = all.filter((each) => each.row < row && each.toNs > self.fromNs);
  const during = all.filter((each) => each.row > row && each.fromNs < self.toNs);
  return {
    whenIssued: together(before),
    whileRunning: together([...before, ...during]),
    largestOther: largestOf([...before, ...during]),
  };
}

function issue(row: number, issueNs: number, lengthBytes = 4096) {
  return {
    what: "issue" as const,
    issue: {
      ...{ op: row % 3 === 0 ? ("read" as const) : ("write" as const), flags: 0, device: 0, offsetBytes: row * 65536 },
      ...{ lengthBytes, issueNs, queueNs: null, process: 0, mergedBios: 0 },
    },
  };
}

function end(row: number, completeNs: number) {
  const completion = { row, completeNs, error: 0, getRequestNs: null, insertNs: null, bios: [] };
  return { what: "completion" as const, completion };
}

function traceOf(history: SlowTrace["history"]): SlowTrace {
  return {
    devices: [{ name: "sda", stacked: false }],
    processes: ["not recorded"],
    recorded: {
      ...{ clock: true, completion: true, queue: false, process: false },
      ...{ merges: false, bios: false, cgroup: false, plug: false, flags: false, error: false },
    },
    history,
  };
}

/** A few take long, and one in two thousand never ends. At a moment ends come before issues. */
function historyOf(requests: readonly { readonly gapNs: number; readonly lasts: number }[]): SlowTrace["history"] {
  let nowNs = 0;
  const steps = requests.flatMap(({ gapNs, lasts }, row) => {
    nowNs += gapNs;
    const lengthBytes = 4096 * (1 + (lasts % 7));
    const begun = { atNs: nowNs, order: 1, step: issue(row, nowNs, lengthBytes) };
    if (lasts === 1999) return [begun];
    const atNs = nowNs + 1 + (lasts % 97) + (lasts >= 1960 ? lasts - 1700 : 0);
    return [begun, { atNs, order: 0, step: end(row, atNs) }];
  });
  return steps.sort((a, b) => a.atNs - b.atNs || a.order - b.order).map(({ step }) => step);
}

describe("the slowest requests", () => {
  it("tell what else was in flight, whatever the size of the batches", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(randomTrace, fc.integer({ min: 1, max: 8 }), async (trace, batchRows) => {
        const slowest = await slowestOf(trace, batchRows);
        expect(slowest).toEqual(await slowestOf(trace));
        const all = requestsOf(trace);
        const longest = all
          .filter(({ toNs }) => toNs < Number.POSITIVE_INFINITY)
          .sort((a, b) => b.toNs - b.fromNs - (a.toNs - a.fromNs) || a.row - b.row);
        expect(slowest.map(({ row }) => row)).toEqual(longest.slice(0, 10).map(({ row }) => row));
        for (const { row, latencyNs, whenIssued, whileRunning, largestOther } of slowest) {
          // What happens in no time has no order that other requests of the moment could be held to.
          const touching = all.some(
            ({ fromNs, toNs }) => fromNs === toNs && [all[row]!.fromNs, all[row]!.toNs].includes(toNs),
          );
          if (latencyNs === 0 || touching) continue;
          expect({ whenIssued, whileRunning, largestOther }).toEqual(slowCompany(all, row));
          compared++;
        }
      }),
      { numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  it("tell the same where most requests of a batch are never slow", async () => {
    const life = fc.record({ gapNs: fc.nat(9), lasts: fc.nat(1999) });
    const lives = fc.noBias(fc.array(life, { minLength: 600, maxLength: 900 }));
    await fc.assert(
      fc.asyncProperty(lives, fc.integer({ min: 50, max: 300 }), async (requests, batchRows) => {
        const trace = traceOf(historyOf(requests));
        const [slowest, all] = [await slowestOf(trace, batchRows), requestsOf(trace)];
        expect(slowest).toEqual(await slowestOf(trace, 1));
        for (const { row, whenIssued, whileRunning, largestOther } of slowest)
          expect({ whenIssued, whileRunning, largestOther }).toEqual(slowCompany(all, row));
      }),
      { numRuns: 20 },
    );
  });

  it("leave the largest open where more than 256 are in flight", async () => {
    const history = [...Array.from({ length: 300 }, (_, row) => issue(row, row)), end(0, 1000)];
    const [only] = await slowestOf(traceOf(history));
    expect(only).toMatchObject({ row: 0, whenIssued: { count: 0 }, whileRunning: { count: 299 }, largestOther: null });
  });

  it.each([
    { times: "a clock", nsOf: (row: number) => row },
    { times: "no clock", nsOf: () => Number.NaN },
  ])("keep no more in memory than is followed where nothing ends, with $times", async ({ nsOf }) => {
    const history = Array.from({ length: 200_000 }, (_, row) => issue(row, nsOf(row)));
    const { company } = await stateAfter(traceOf(history), 4096);
    const [followed, numbersEach] = [65_536, 6];
    expect(company.about.length).toBeLessThan(6 * followed * numbersEach);
  });
});
