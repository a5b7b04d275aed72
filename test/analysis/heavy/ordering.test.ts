import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ordering } from "../../../src/analysis/metrics/ordering.ts";
import { figuresOf, type Row } from "./kit.ts";

/** Every request held against every other. */
function slowly(rows: readonly Row[]) {
  const ended = rows.flatMap((row, index) => (row.done === undefined ? [] : [{ ...row, done: row.done, index }]));
  const held = ended.map(({ index, at, done, op, length, device = 0 }) => {
    const later = rows.filter((row, i) => i > index && (row.device ?? 0) === device);
    return {
      row: index,
      op,
      lengthBytes: length,
      latencyNs: done - at,
      overtakenBy: later.filter((row) => row.done !== undefined && row.done < done).length,
      behind: later.filter((row) => row.at < done && (row.done === undefined || row.done > done)).length,
    };
  });
  const overtaken = held.filter(({ overtakenBy }) => overtakenBy > 0);
  const first = <T>(items: readonly T[], of: (item: T) => number): T | null =>
    items.reduce<T | null>((best, each) => (best === null || of(each) > of(best) ? each : best), null);
  return {
    completed: held.length,
    overtaken: overtaken.length,
    slowest: first(held, ({ latencyNs }) => latencyNs),
    mostOvertaken: first(overtaken, ({ overtakenBy }) => overtakenBy),
    givenUp: 0,
  };
}

/** Many end at the same moment. */
const requests = fc
  .array(fc.record({ gap: fc.nat(3), took: fc.nat(60), ends: fc.nat(9), device: fc.nat(1) }), { maxLength: 60 })
  .map((made) => {
    let at = 0;
    return made.map(({ gap, took, ends, device }, i): Row => {
      at += gap;
      const done = at + took;
      return { op: i % 3 ? "write" : "read", offset: 0, length: 512, at, device, ...(ends > 0 ? { done } : {}) };
    });
  });

describe("the order of completion", () => {
  it("is what holding every request against every other gives, wherever chunks are cut", () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 1, max: 9 }), (rows, chunkEvents) => {
        expect(figuresOf(ordering, rows, chunkEvents)).toEqual(slowly(rows));
      }),
    );
  });

  it("counts no request that ended at the same moment as overtaking", () => {
    const rows: Row[] = [0, 1, 2].map((at) => ({ op: "read", offset: 0, length: 512, at, done: 9 }));
    expect(figuresOf(ordering, rows)).toMatchObject({ completed: 3, overtaken: 0, mostOvertaken: null });
  });

  it("knows what a slow request held up", () => {
    const rows: Row[] = [
      { op: "write", offset: 0, length: 2 ** 20, at: 0, done: 100 },
      { op: "read", offset: 0, length: 512, at: 1, done: 5 },
      { op: "read", offset: 0, length: 512, at: 2, done: 101 },
      { op: "read", offset: 0, length: 512, at: 3, done: 102 },
    ];
    const slowest = { row: 0, op: "write", lengthBytes: 2 ** 20, latencyNs: 100, overtakenBy: 1, behind: 2 };
    expect(figuresOf(ordering, rows)).toEqual({
      completed: 4,
      overtaken: 1,
      slowest,
      mostOvertaken: slowest,
      givenUp: 0,
    });
  });

  it("gives up the oldest where too many are in flight, and says how many", () => {
    const rows = Array.from(
      { length: 5000 },
      (_, at): Row => ({ op: "read", offset: 0, length: 512, at, done: 1e6 - at }),
    );
    const { completed, givenUp } = figuresOf(ordering, rows);
    expect([completed, givenUp]).toEqual([4096, 904]);
  });
});
