import { describe, expect, it } from "vitest";
import { alignment } from "../../src/charts/alignment.ts";
import { footprint } from "../../src/charts/footprint.ts";
import { operations } from "../../src/charts/operations.ts";
import { processes } from "../../src/charts/processes.ts";
import { requestSizes } from "../../src/charts/requestSizes.ts";
import { seekDistances } from "../../src/charts/seekDistances.ts";
import { metricOf, summaryOf, withMetrics } from "./cases.ts";
import { figureIn, outside, textsIn } from "./drawn.ts";

const hello = summaryOf("write-hello");
const sqlite = summaryOf("sqlite-wal");
const part63 = summaryOf("mkfs-part63");

describe("alignment", () => {
  it("counts in its table what the Summary counts, at all twelve boundaries", () => {
    const { rows } = figureIn(alignment.figure(part63, "marked")).table;
    const at4096 = rows.filter(([boundary]) => boundary === 4096);
    expect(new Set(rows.map(([boundary]) => boundary)).size).toBe(12);
    expect(at4096).toEqual([
      [4096, "read", 2, 63],
      [4096, "write", 0, 5],
      [4096, "write-zeroes", 0, 4],
    ]);
  });

  it("says counts below a hundred requests, and per cent from there on", () => {
    expect(textsIn(figureIn(alignment.figure(part63, "marked")).draw("wide"))).toContain("2 of 65");
    expect(textsIn(figureIn(alignment.figure(sqlite, "whole")).draw("wide"))).toContain("8.9 %");
  });

  it("has one column where only one op occurs", () => {
    const titles = textsIn(figureIn(alignment.figure(sqlite, "whole")).draw("wide")).filter((text) =>
      /aligned, of/.test(text),
    );
    expect(titles).toEqual(["Writes aligned, of 191"]);
  });
});

describe("request sizes", () => {
  it("has on its columns as many requests as there are", () => {
    const { byOp } = metricOf(part63, "requestSizes");
    const { rows } = figureIn(requestSizes.figure(part63, "marked")).table;
    const reads = rows.filter(([op]) => op === "read");
    expect(reads.reduce((sum, row) => sum + Number(row[3]), 0)).toBe(byOp.read!.count);
  });

  it("gives panels scales of their own when their peaks are far apart, and says so", () => {
    expect(textsIn(figureIn(requestSizes.figure(part63, "marked")).draw("wide"))).toContain("Writes · 5 · own scale");
    expect(textsIn(figureIn(requestSizes.figure(hello, "marked")).draw("wide"))).toContain("Writes · 5");
  });

  it("has no panel for an op that does not occur", () => {
    const drawing = figureIn(requestSizes.figure(sqlite, "whole")).draw("narrow");
    expect(textsIn(drawing).some((text) => text.startsWith("Reads"))).toBe(false);
    expect(drawing.heightPx).toBeLessThan(150);
  });

  it("says of requests of one size that they are of one size", () => {
    const byOp = { read: { ...metricOf(part63, "requestSizes").byOp.read!, minBytes: 4096, maxBytes: 4096 } };
    const { answer } = figureIn(requestSizes.figure(withMetrics(part63, { requestSizes: { byOp } }), "marked"));
    expect(answer).toBe("All 65 reads are 4 KiB.");
  });
});

describe("seek distances", () => {
  it("has in its table every jump once", () => {
    const { all } = metricOf(part63, "seekDistances");
    const { rows } = figureIn(seekDistances.figure(part63, "marked")).table;
    const jumps = rows.filter(([op]) => op === "all").reduce((sum, row) => sum + Number(row[4]), 0);
    expect(jumps).toBe(all.count);
  });

  it("is not there for a single request", () => {
    const none = { ...metricOf(part63, "seekDistances").all, count: 0, sequential: 0, backward: [], forward: [] };
    const single = withMetrics(part63, { seekDistances: { all: none, byOp: { read: none } } });
    expect(seekDistances.figure(single, "marked")).toBeNull();
  });

  it("says when every request follows the one before", () => {
    const all = { ...metricOf(part63, "seekDistances").all, count: 9, sequential: 9, backward: [], forward: [] };
    const one = withMetrics(part63, { seekDistances: { all, byOp: { read: all } } });
    expect(figureIn(seekDistances.figure(one, "marked")).answer).toBe(
      "Every request starts where the one before ended.",
    );
  });
});

describe("operations", () => {
  it("adds up to the requests of the scope", () => {
    const { total } = metricOf(hello, "requests");
    const { rows, columns } = figureIn(operations.figure(hello, "marked")).table;
    expect(columns.map(({ name }) => name)).toEqual(["op", "requests", "bytes", "sequentialRequests"]);
    expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(total);
  });

  it("shows each flag and priority that occurs, and no other", () => {
    const { byFlag } = metricOf(sqlite, "requests");
    const classes = {
      realtime: { count: 3, bytes: 4096 },
      bestEffort: { count: 0, bytes: 0 },
      idle: { count: 0, bytes: 0 },
    };
    const figure = figureIn(
      operations.figure(
        withMetrics(sqlite, { requests: { ...metricOf(sqlite, "requests"), byPriority: classes } }),
        "whole",
      ),
    );
    const texts = textsIn(figure.draw("wide"));
    expect(texts).toEqual(expect.arrayContaining(["with FUA", "with sync", "with metadata", "at real-time priority"]));
    expect(texts.filter((text) => /read-ahead|idle|best-effort/.test(text))).toEqual([]);
    expect(figure.answer).toContain(`of these ${byFlag!.fua} with FUA`);
  });

  it("gives flushes twice where the trace records what was queued", () => {
    const note = figureIn(operations.figure(sqlite, "whole")).note!;
    expect(note.rows.map(([figure]) => figure)).toEqual(
      expect.arrayContaining(["flushes requested", "flushes issued"]),
    );
    expect(figureIn(operations.figure(hello, "marked")).note!.rows.map(([figure]) => figure)).not.toContain(
      "flushes requested",
    );
  });
});

describe("footprint", () => {
  it("tells what was written again from what was written for the first time", () => {
    const { rewrittenBytes, distinctWrittenBytes } = metricOf(sqlite, "footprint");
    const { table, answer } = figureIn(footprint.figure(sqlite, "whole"));
    expect(table.rows).toEqual([["writes", distinctWrittenBytes, rewrittenBytes]]);
    expect(answer).toBe("500 KiB of the 842 KiB written had been written before.");
  });

  it("says that an estimate is one", () => {
    const value = { ...metricOf(sqlite, "footprint"), exact: false, relativeError: 0.02 };
    expect(figureIn(footprint.figure(withMetrics(sqlite, { footprint: value }), "whole")).answer).toContain(
      "(estimated, ± 2.0 %)",
    );
  });

  it("is not there where nothing was read or written", () => {
    const value = { ...metricOf(sqlite, "footprint"), distinctReadBytes: 0, distinctWrittenBytes: 0 };
    expect(footprint.figure(withMetrics(sqlite, { footprint: value }), "whole")).toBeNull();
  });
});

describe("processes", () => {
  const value = metricOf(sqlite, "processes");
  const many = (names: readonly string[]) => names.map((name) => ({ ...value.processes[0]!, name }));

  it("says in words that a format does not name them", () => {
    expect(processes.figure(hello, "marked")).toEqual({
      absent: "This format does not name the process behind a request. blktrace, ftrace and bpftrace do.",
    });
  });

  it("draws eight names and the rest together, and has all in its table", () => {
    const named = { ...value, processes: many(Array.from({ length: 20 }, (_, i) => `kworker/${i}`)) };
    const figure = figureIn(processes.figure(withMetrics(sqlite, { processes: named }), "whole"));
    expect(textsIn(figure.draw("wide"))).toContain(`${12 + value.others.names} others`);
    expect(figure.table.rows.length).toBeGreaterThanOrEqual(20);
  });

  it("cuts long and hostile names to their column", () => {
    const named = { ...value, processes: many([`"><img src=x onerror=alert(1)> ${"w".repeat(200)}`]) };
    const drawing = figureIn(processes.figure(withMetrics(sqlite, { processes: named }), "whole")).draw("narrow");
    expect(outside(drawing)).toEqual([]);
    expect(textsIn(drawing).some((text) => text.startsWith('"><img') && text.endsWith("…"))).toBe(true);
  });
});
