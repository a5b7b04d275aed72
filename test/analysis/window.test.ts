import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse, type ReadTrace } from "../../src/analysis/analyse.ts";
import { SEQUENCE_COLUMNS, type Summary } from "../../src/analysis/summary.ts";
import { type TimeWindow, type WindowInfo, windowed } from "../../src/analysis/window.ts";
import { OPS } from "../../src/model/ops.ts";
import type { SideFile } from "../../src/report/sideFile.ts";
import { summarizeTrace } from "../../src/report/summarizeTrace.ts";
import { inputFromBytes, inputFromText } from "../support/inputs.ts";
import { randomTrace } from "../support/randomTrace.ts";
import { slowReader } from "../support/slowTrace.ts";

const ALL: TimeWindow = { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY };

/** Everything that a reading hands on, one object each. */
async function collected(read: ReadTrace) {
  const requests: object[] = [];
  const completions: { row: number }[] = [];
  const bios: { row: number }[] = [];
  const events: { timeNs: number; nextRow: number }[] = [];
  const end = await read((chunk) => {
    const { firstRow, length: rows } = chunk.requests;
    for (let i = 0; i < rows; i++) requests.push({ row: firstRow + i, ...rowOf(chunk.requests, i) });
    for (let i = 0; i < chunk.completions.length; i++) completions.push(rowOf(chunk.completions, i) as never);
    for (let i = 0; i < chunk.bios.length; i++) bios.push(rowOf(chunk.bios, i) as never);
    for (let i = 0; i < chunk.events.length; i++) events.push(rowOf(chunk.events, i) as never);
  });
  return {
    requests: requests as { row: number; issueNs: number }[],
    completions,
    bios,
    events,
    spans: end.spans,
    rows: end.rows,
  };
}

function rowOf(batch: object, i: number): object {
  const columns = Object.entries(batch).filter(([, column]) => typeof column !== "number");
  return Object.fromEntries(columns.map(([name, column]) => [name, column[i]]));
}

/** The window, taken slowly out of everything. */
function filtered(all: Awaited<ReturnType<typeof collected>>, { fromNs, toNs }: TimeWindow): typeof all {
  const holds = (timeNs: number) => (fromNs <= 0 || timeNs >= fromNs) && timeNs < toNs;
  const requests = all.requests.filter(({ issueNs }) => holds(issueNs));
  const first = requests[0]?.row ?? 0;
  const rows = new Set(requests.map(({ row }) => row));
  const mine = <One extends { row: number }>(some: readonly One[]) =>
    some.filter(({ row }) => rows.has(row)).map((one) => ({ ...one, row: one.row - first }));
  const before = (row: number) => requests.filter((one) => one.row < row).length;
  return {
    requests: mine(requests),
    completions: mine(all.completions),
    bios: mine(all.bios),
    events: all.events
      .filter(({ timeNs }) => holds(timeNs))
      .map((event) => ({ ...event, nextRow: before(event.nextRow) })),
    spans: all.spans.map((span) => ({ ...span, fromRow: before(span.fromRow), toRow: before(span.toRow) })),
    rows: requests.length,
  };
}

const someWindow = fc
  .tuple(fc.integer({ min: -10, max: 200_000_000 }), fc.integer({ min: 1, max: 200_000_000 }))
  .map(([fromNs, lengthNs]) => ({ fromNs, toNs: fromNs + lengthNs }));

describe("a window of time", () => {
  it("holds what a slow filter finds, whatever the batches", async () => {
    await fc.assert(
      fc.asyncProperty(randomTrace, someWindow, fc.integer({ min: 1, max: 40 }), async (trace, window, batchRows) => {
        const all = await collected(slowReader(trace));
        const some = await collected(windowed(slowReader(trace, batchRows), window, () => {}));
        expect(some).toEqual(filtered(all, window));
      }),
      { numRuns: 60 },
    );
  });

  it("gives the same figures whatever the batches", async () => {
    await fc.assert(
      fc.asyncProperty(randomTrace, someWindow, fc.integer({ min: 1, max: 40 }), async (trace, window, batchRows) => {
        const [large, small] = [slowReader(trace), slowReader(trace, batchRows)];
        const some = await analyse(windowed(small, window, () => {}));
        expect(some).toEqual(await analyse(windowed(large, window, () => {})));
      }),
      { numRuns: 5 },
    );
  });

  it("over all is no window", async () => {
    await fc.assert(
      fc.asyncProperty(randomTrace, async (trace) => {
        const { end, ...plain } = await analyse(slowReader(trace));
        const { end: windowEnd, ...through } = await analyse(windowed(slowReader(trace), ALL, () => {}));
        expect(through).toEqual(plain);
        expect({ ...windowEnd, quality: end.quality }).toEqual(end);
      }),
      { numRuns: 5 },
    );
  });
});

const SETS = {
  "sqlite-wal": "traces/databases/sqlite-wal.blktrace",
  "ext4-life": "traces/filesystems/ext4-life.blktrace",
};

function summaryOf(set: keyof typeof SETS, side: SideFile): Promise<Summary> {
  const files = [0, 1].map((cpu) => join(import.meta.dirname, "../..", `${SETS[set]}.${cpu}`));
  const named = files.map((name) => ({ name, bytes: 0, sha256: "" }));
  const request = { slug: set, title: set, format: "blktrace", files: named, side, sideFileName: `${set}.json` };
  return summarizeTrace(request, () => files.map((path) => inputFromBytes(path, readFileSync(path))));
}

const COLUMN = Object.fromEntries(SEQUENCE_COLUMNS.map((name, i) => [name, i])) as Record<string, number>;

describe("a window of a real trace", () => {
  const WINDOW = { fromNs: 200e6, toNs: 500e6 };

  it("has the requests, bytes, alignment and latencies of the rows that were issued in it", async () => {
    const all = await summaryOf("sqlite-wal", {});
    const { scopes, scopeList, sequence, trace } = await summaryOf("sqlite-wal", { window: WINDOW });
    const at = (row: readonly (number | null)[], name: string) => row[COLUMN[name]!]!;
    const inside = all.sequence.requests.filter((row) => at(row, "issueNs") >= 200e6 && at(row, "issueNs") < 500e6);
    expect(all.sequence.complete).toBe(true);
    expect(inside.length).toBeGreaterThan(100);
    expect(inside.length).toBeLessThan(all.sequence.requests.length);
    const writes = inside.filter((row) => OPS[at(row, "op")] === "write");
    const unaligned = writes.filter((row) => at(row, "offsetBytes") % 4096 > 0 || at(row, "lengthBytes") % 4096 > 0);
    const { requests, alignment, latency } = scopes["whole"]!;
    expect(requests).toMatchObject({ value: { total: inside.length } });
    expect(requests).toMatchObject({
      value: { byOp: { write: { count: writes.length, bytes: sum(writes.map((row) => at(row, "lengthBytes"))) } } },
    });
    expect(alignment).toMatchObject({ value: { byOp: { write: { unaligned: unaligned.length } } } });
    expect(latency).toMatchObject({
      value: {
        byOp: {
          write: { d2c: { count: writes.length, maxNs: Math.max(...writes.map((row) => at(row, "latencyNs"))) } },
        },
      },
    });
    expect(sequence.requests.map((row) => row.slice(0, 5))).toEqual(inside.map((row) => row.slice(0, 5)));
    expect(scopeList[0]).toMatchObject({ title: "whole window", requests: inside.length });
    const firstRow = all.sequence.requests.indexOf(inside[0]!);
    const last = at(all.sequence.requests.at(-1)!, "issueNs");
    const traceRequests = all.sequence.requests.length;
    expect(trace.window).toEqual({ ...WINDOW, firstRow, traceRequests, traceLastNs: last } satisfies WindowInfo);
  });

  it("counts a completion that comes after its end", async () => {
    const all = await summaryOf("sqlite-wal", {});
    const row = all.sequence.requests.find((one) => one[COLUMN["latencyNs"]!]! > 1000);
    const issueNs = row![COLUMN["issueNs"]!]!;
    const one = await summaryOf("sqlite-wal", { window: { fromNs: issueNs, toNs: issueNs + 1000 } });
    expect(one.scopes["whole"]!.latency).toMatchObject({
      value: { byOp: { [OPS[row![0]!]!]: { d2c: { count: 1 } } } },
    });
    expect(one.sequence.requests[0]![COLUMN["latencyNs"]!]).toBe(row![COLUMN["latencyNs"]!]);
  });

  it("keeps the numbers of the spans, and of each what lies in it", async () => {
    const all = await summaryOf("ext4-life", {});
    const [, second] = all.trace.spans;
    const { fromNs, toNs } = second!;
    const some = await summaryOf("ext4-life", { window: { fromNs, toNs: toNs! } });
    expect(some.trace.spans.map(({ name }) => name)).toEqual(all.trace.spans.map(({ name }) => name));
    const requests = some.scopeList.filter(({ kind }) => kind === "span").map((scope) => scope.requests);
    const whole = all.scopeList.filter(({ kind }) => kind === "span").map((scope) => scope.requests);
    expect(requests).toEqual(whole.map((count, i) => (i === 1 ? count : 0)));
    expect(requests[1]).toBeGreaterThan(0);
  });

  it("in which nothing was issued says so", async () => {
    const none = await summaryOf("sqlite-wal", { window: { fromNs: 1e12 } });
    expect(none.quality.notes.map(({ code }) => code)).toContain("window-empty");
    expect(none.scopes["whole"]!.requests).toMatchObject({ value: { total: 0 } });
    expect(none.findings).toEqual([]);
  });

  it("must not end before it begins", async () => {
    await expect(summaryOf("sqlite-wal", { window: { fromNs: 5, toNs: 5 } })).rejects.toThrow(
      "sqlite-wal.json: invalid window; toNs must lie after fromNs",
    );
  });

  it("is refused where the trace has no clock", async () => {
    const files = [{ name: "a.qtr", bytes: 0, sha256: "" }];
    const side = { window: { fromNs: 1 } };
    const request = { slug: "a", title: "a", format: "qtr", files, side, sideFileName: "a.qtr.json" };
    await expect(summarizeTrace(request, () => [inputFromText("a.qtr", "S 20480\nR 0 8\nR 8 8\n")])).rejects.toThrow(
      "a.qtr: unsupported window of time; this trace has no clock",
    );
  });
});

const CAPTURE = join(import.meta.dirname, "../../../shared/captures/vm/boot-A/08-sqlite-wal/blkparse.txt");

describe.skipIf(!existsSync(CAPTURE))("a window of a capture", () => {
  it("has as many writes and flushes as blkparse prints D lines between its times", async () => {
    const issued = readFileSync(CAPTURE, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter((words) => words[5] === "D");
    const zero = Number(issued[0]![3]);
    const inside = issued.filter((words) => Number(words[3]) - zero >= 0.2 && Number(words[3]) - zero < 0.5);
    const { scopes } = await summaryOf("sqlite-wal", { window: { fromNs: 200e6, toNs: 500e6 } });
    const writes = inside.filter((words) => words[6]!.includes("W")).length;
    expect(inside.length).toBeGreaterThan(writes);
    expect(scopes["whole"]!.requests).toMatchObject({
      value: { byOp: { write: { count: writes }, flush: { count: inside.length - writes } } },
    });
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
