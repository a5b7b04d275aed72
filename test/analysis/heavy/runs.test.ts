import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../../src/analysis/metrics/runs.ts";
import type { Op } from "../../../src/model/ops.ts";
import { expectRuns } from "../../support/agreeReuse.ts";
import type { SlowRequest } from "../../support/slowReuse.ts";
import { figuresOf, type Row, randomNumbers } from "./kit.ts";

const read = (offset: number, length: number): Row => ({ op: "read", offset, length, at: 0 });
const slow = (rows: readonly Row[]): SlowRequest[] =>
  rows.filter(({ length }) => length > 0).map(({ op, device = 0, offset, length }) => ({ op, device, offset, length }));

const anyRow = fc.record({
  op: fc.constantFrom<Op>("read", "write", "write", "discard", "flush"),
  device: fc.constantFrom(0, 0, 2),
  place: fc.nat(12),
  sectors: fc.integer({ min: 1, max: 3 }),
});
const anyRows = fc.array(anyRow, { minLength: 1, maxLength: 200, size: "max" }).map((made) =>
  made.map(
    ({ op, device, place, sectors }): Row => ({
      op,
      device,
      offset: op === "flush" ? 0 : place * 512,
      length: op === "flush" ? 0 : sectors * 512,
      at: 0,
    }),
  ),
);

/** Streams that take turns at random, each of them sequential for a while. */
function takingTurns(streams: number, count: number): Row[] {
  const random = randomNumbers(streams);
  const ends = Array.from({ length: streams }, (_, i) => i * 2 ** 30);
  return Array.from({ length: count }, () => {
    const stream = Math.floor(random() * streams);
    if (random() < 0.05) ends[stream]! += 2 ** 20;
    const offset = ends[stream]!;
    ends[stream]! += 4096;
    return read(offset, 4096);
  });
}

describe("runs", () => {
  it("equal lists of runs, whatever the size of the batches", () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 9 }), (rows, chunk) => {
        const figures = figuresOf(runs, rows, chunk);
        expect(figures).toEqual(figuresOf(runs, rows));
        expectRuns(figures, slow(rows));
      }),
      { numRuns: 80 },
    );
  });

  it.each([3, 64, 100])("equal lists of runs where %i streams take turns", (streams) => {
    const rows = takingTurns(streams, 3000);
    expectRuns(figuresOf(runs, rows), slow(rows));
  });

  it("follow two streams that take turns, and say so", () => {
    const rows = [0, 1, 2, 3].flatMap((i) => [read(i * 4096, 4096), read(2 ** 30 + i * 8192, 8192)]);
    expect(figuresOf(runs, rows).byOp.read).toMatchObject({
      requests: 8,
      runs: 2,
      requestsInRuns: 8,
      bytesInRuns: 4 * 12288,
      lengthRequests: { p50: 4, max: 4 },
      lengthBytes: { p50: 4 * 4096, max: 4 * 8192 },
      octaves: [[4, 2, 8, 4 * 12288]],
      interleaved: [[1, 6]],
    });
  });

  it("tell requests that stand alone from runs", () => {
    const figures = figuresOf(runs, [read(0, 4096), read(4096, 4096), read(2 ** 20, 512)]).byOp.read;
    expect(figures).toMatchObject({
      requests: 3,
      runs: 1,
      requestsInRuns: 2,
      octaves: [
        [1, 1, 1, 512],
        [2, 1, 2, 8192],
      ],
    });
  });

  it("do not go from one op or device to another", () => {
    const rows: Row[] = [read(0, 4096), { ...read(4096, 4096), op: "write" }, { ...read(4096, 4096), device: 1 }];
    expect(figuresOf(runs, rows).byOp.read).toMatchObject({ runs: 0, lengthRequests: null, interleaved: [] });
  });

  it("find the stride of a scan that leaves gaps", () => {
    const rows = Array.from({ length: 1000 }, (_, i) => read(i * 65536, 4096));
    expect(figuresOf(runs, rows).byOp.read!.strides).toEqual({
      count: 999,
      exact: true,
      commonest: [{ strideBytes: 65536, atLeast: 999, atMost: 999 }],
    });
  });

  it("keep a stride that is frequent among thousands that are not, within the bounds given", () => {
    const random = randomNumbers(7);
    let offset = 2 ** 40;
    const rows = Array.from({ length: 20_000 }, (_, i) => {
      offset += i % 10 === 0 ? 4096 : Math.floor((random() - 0.5) * 2 ** 30) * 512;
      return read(offset, 512);
    });
    const { strides } = figuresOf(runs, rows).byOp.read!;
    expect(strides.exact).toBe(false);
    const common = strides.commonest[0]!;
    expect(common.strideBytes).toBe(4096);
    expect(common.atLeast).toBeLessThanOrEqual(1999);
    expect(common.atMost).toBeGreaterThanOrEqual(1999);
    expect(common.atMost - common.atLeast).toBeLessThanOrEqual(20_000 / 64);
  });
});
