import { describe, expect, it } from "vitest";
import { EVENT_CODE } from "../../src/model/batch.ts";
import { type BuilderOptions, TraceBuilder } from "../../src/model/builder.ts";
import { OP_CODE } from "../../src/model/ops.ts";
import type { TraceEnd } from "../../src/model/trace.ts";
import { collector, type PlainTrace } from "../support/inputs.ts";

interface Bench {
  readonly out: TraceBuilder;
  read(sector: number, atNs: number, device?: number): number;
  write(sector: number, atNs: number): number;
  complete(row: number, issueNs: number, completeNs: number): void;
  finish(): PlainTrace;
}

function bench(options: BuilderOptions = {}): Bench {
  const { consume, trace } = collector();
  const out = new TraceBuilder(consume, options);
  const issue = (op: number, sector: number, sectors: number, atNs: number, device: number) =>
    out.request(op, 0, device, sector * 512, sectors * 512, atNs, Number.NaN, 0, -1, 0);
  return {
    out,
    read: (sector, atNs, device = out.device("sda")) => issue(OP_CODE.read, sector, 1, atNs, device),
    write: (sector, atNs) => issue(OP_CODE.write, sector, 8, atNs, out.device("sda")),
    complete: (row, issueNs, completeNs) =>
      out.complete(row, OP_CODE.write, 0, 0, 0, 4096, Number.NaN, Number.NaN, Number.NaN, issueNs, completeNs, 0),
    finish: () => ({ ...trace, end: out.finish() }),
  };
}

function notes({ quality }: TraceEnd): string[] {
  return quality.notes.map(({ code, text }) => `${code}: ${text}`);
}

function marks({ end }: PlainTrace): [string, number, number, number, number][] {
  return end.spans.map(({ name, fromRow, toRow, fromNs, toNs }) => [name, fromRow, toRow, fromNs, toNs]);
}

describe("chunks", () => {
  const rowsOfChunks = (count: number, options: BuilderOptions = {}): number[] => {
    const rows: number[] = [];
    const out = new TraceBuilder(({ requests }) => rows.push(requests.length), options);
    for (let row = 0; row < count; row++)
      out.request(OP_CODE.write, 0, out.device("sda"), 0, 4096, row, Number.NaN, 0, -1, 0);
    out.finish();
    return rows;
  };

  it("are small at first and twice as long each time, up to 4,096 requests", () => {
    expect(rowsOfChunks(20_000)).toEqual([64, 128, 256, 512, 1024, 2048, 4096, 4096, 4096, 3680]);
  });

  it("are never longer than was asked for", () => {
    expect(rowsOfChunks(20, { batchRows: 8 })).toEqual([8, 8, 4]);
    expect(rowsOfChunks(400, { batchRows: 100 })).toEqual([64, 100, 100, 100, 36]);
  });
});

describe("time", () => {
  it("counts from the first request, whatever came before it", () => {
    const { out, write, finish } = bench();
    out.event(EVENT_CODE.bioQueued, OP_CODE.write, out.device("sda"), 900, 0, 4096);
    out.message("hello", 950);
    write(0, 1000);
    out.event(EVENT_CODE.bioQueued, OP_CODE.write, out.device("sda"), 1100, 0, 4096);
    write(8, 1500);
    const { requests, events, end } = finish();
    expect(requests.map(({ issueNs }) => issueNs)).toEqual([0, 500]);
    expect(events.map(({ timeNs, nextRow }) => [timeNs, nextRow])).toEqual([
      [-100, 0],
      [100, 1],
    ]);
    expect(end.messages).toEqual([{ text: "hello", timeNs: -50, row: 0 }]);
  });

  it("counts from the first event where there is no request", () => {
    const { out, finish } = bench();
    out.message("first", 5000);
    out.event(EVENT_CODE.flushRequested, OP_CODE.flush, out.device("sda"), 5200, 0, 0);
    const { events, end } = finish();
    expect([end.messages[0]?.timeNs, events[0]?.timeNs, end.startUnixNs]).toEqual([0, 200, null]);
  });

  it("gives the wall-clock time of the first request to the nanosecond", () => {
    const { out, write, finish } = bench();
    out.wallClockOfZeroNs = 1_795_383_943_138_223_001n;
    write(0, 998);
    expect(finish().end.startUnixNs).toBe("1795383943138223999");
  });

  it("takes a time before the last one's as the last one's, and counts it", () => {
    const { write, finish } = bench();
    for (const atNs of [100, 300, 200, 400]) write(0, atNs);
    const { requests, end } = finish();
    expect(requests.map(({ issueNs }) => issueNs)).toEqual([0, 200, 200, 300]);
    expect(end.quality.clockSteps).toBe(1);
  });

  it("gives a completion before its issue no time, and counts it", () => {
    const { write, complete, finish } = bench();
    complete(write(0, 100), 100, 90);
    complete(write(8, 200), 200, 200);
    complete(write(16, 300), 300, Number.NaN);
    const { completions, end } = finish();
    expect(completions.map(({ completeNs }) => completeNs)).toEqual([NaN, 100, NaN]);
    expect(end.quality.implausibleLatencies).toBe(1);
  });
});

describe("qtrace", () => {
  const ON = [2, 21, 15, 2];
  const OFF = [2, 15, 21, 2];

  it("marks what lies between the reads, without them", () => {
    const { read, write, finish } = bench();
    ON.forEach((sector, i) => {
      read(sector, i);
    });
    write(64, 10);
    OFF.forEach((sector, i) => {
      read(sector, 20 + i);
    });
    const trace = finish();
    expect(marks(trace)).toEqual([["qtrace", 4, 5, 3, 20]]);
    expect(notes(trace.end)).toEqual([]);
  });

  it("says that on lacks its off, and runs to the end", () => {
    const { read, write, finish } = bench();
    for (const sector of ON) read(sector, 0);
    write(64, 10);
    const trace = finish();
    expect(marks(trace)).toEqual([["qtrace", 4, 5, 0, NaN]]);
    expect(notes(trace.end)).toEqual([
      'marker-without-partner: span "qtrace" was switched on and never off: it runs to the end',
    ]);
  });

  it("says that off lacks its on", () => {
    const { read, finish } = bench();
    for (const sector of OFF) read(sector, 0);
    const trace = finish();
    expect([marks(trace), notes(trace.end)]).toEqual([
      [],
      ['marker-without-partner: span "qtrace" was switched off and never on'],
    ]);
  });

  it("goes on when it is switched on twice, and says so", () => {
    const { read, write, finish } = bench();
    for (const sector of [...ON, ...ON]) read(sector, 0);
    write(64, 10);
    for (const sector of OFF) read(sector, 20);
    const trace = finish();
    expect(marks(trace)).toEqual([["qtrace", 4, 9, 0, 20]]);
    expect(notes(trace.end)).toHaveLength(1);
  });

  it("keeps the switches of two devices apart", () => {
    const { out, read, finish } = bench();
    const [a, b] = [out.device("a"), out.device("b")];
    ON.forEach((sector, i) => {
      read(sector, i, a);
      read(OFF[i]!, i, b);
    });
    const trace = finish();
    expect(marks(trace).map(([, fromRow]) => fromRow)).toEqual([7]);
    expect(notes(trace.end)).toHaveLength(2);
  });
});

describe("messages", () => {
  it("nest", () => {
    const { out, write, finish } = bench();
    out.message("begin outer", 0);
    write(0, 10);
    out.message("begin inner\n", 20);
    write(8, 30);
    out.message("end inner", 40);
    write(16, 50);
    out.message("end outer", 60);
    const trace = finish();
    expect(marks(trace)).toEqual([
      ["outer", 0, 3, -10, 50],
      ["inner", 1, 2, 10, 30],
    ]);
    expect(trace.requests.map(({ spans }) => spans)).toEqual([[0], [0, 1], [0]]);
  });

  it("end the inner one of two spans with one name", () => {
    const { out, write, finish } = bench();
    for (const text of ["begin x", "begin x", "end x"]) {
      out.message(text, 0);
      write(0, 0);
    }
    expect(marks(finish()).map(([, from, to]) => [from, to])).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });

  it("before the first request make an empty span with both times", () => {
    const { out, write, finish } = bench();
    out.message("begin early", 100);
    out.message("end early", 200);
    write(0, 1000);
    expect(marks(finish())).toEqual([["early", 0, 0, -900, -800]]);
  });

  it("that are no markers are kept as points in time", () => {
    const { out, write, finish } = bench();
    write(0, 5);
    for (const text of ["beginning", "begin", "end of the test", " fio job "]) out.message(text, 7);
    const { end } = finish();
    expect(end.messages.map(({ text, timeNs, row }) => [text, timeNs, row])).toEqual([
      ["beginning", 2, 1],
      ["begin", 2, 1],
      ["fio job", 2, 1],
    ]);
    expect(notes(end)).toEqual(['marker-without-partner: span "of the test" was switched off and never on']);
  });
});

describe("spans of the side file", () => {
  it("hold the requests issued from their beginning to before their end", () => {
    const spans = [
      { name: "a", fromNs: 100, toNs: 300 },
      { name: "b", fromNs: 150, toNs: 160 },
      { name: "b", fromNs: 200, toNs: 1000 },
    ];
    const { write, finish } = bench({ spans });
    for (const atNs of [50, 150, 250, 350, 400]) write(0, atNs);
    const trace = finish();
    expect(marks(trace)).toEqual([
      ["a", 1, 3, 100, 300],
      ["b", 2, 2, 150, 160],
      ["b", 2, 5, 200, 1000],
    ]);
  });

  it("that begin after the last request, or end before they begin, are said", () => {
    const spans = [
      { name: "late", fromNs: 100, toNs: 300 },
      { name: "backwards", fromNs: 20, toNs: 10 },
    ];
    const { write, finish } = bench({ spans });
    write(0, 50);
    const { end } = finish();
    expect([end.spans, end.quality.notes.map(({ code }) => code)]).toEqual([[], ["span-backwards", "span-after-end"]]);
  });
});

describe("bounds", () => {
  it("counts requests that reach beyond the device's end", () => {
    const { write, finish } = bench({ devices: { sda: { bytes: 8192 } } });
    for (const sector of [0, 8, 9, 16]) write(sector, 0);
    expect(finish().end.quality.requestsBeyondDevice).toBe(2);
  });

  it("says that the side file describes a device which the trace lacks", () => {
    const { write, finish } = bench({ devices: { sdb: { bytes: 8192 } } });
    write(0, 0);
    expect(notes(finish().end)).toEqual([
      'unknown-device: the side file describes device "sdb", which the trace lacks',
    ]);
  });

  it("counts further processes as one, and says so", () => {
    const { out, finish } = bench();
    for (let pid = 1; pid <= 70_000; pid++) out.process(pid);
    expect(out.process(1)).toBe(1);
    const { end } = finish();
    expect(end.processes.length).toBe(65_536);
    expect(end.processes.at(-1)).toEqual({ pid: null, name: "others" });
    expect(end.quality.notes.map(({ code }) => code)).toEqual(["too-many-processes"]);
  });

  it("keeps at most a hundred notes, and says that there are more", () => {
    const { out, finish } = bench();
    for (let i = 0; i < 500; i++) out.message(`end of ${i}`, 0);
    const { notes: kept } = finish().end.quality;
    expect([kept.length, kept.at(-1)?.code]).toEqual([101, "too-many-notes"]);
  });

  it("shows at most a thousand spans, and takes the ends of the others for theirs", () => {
    const { out, finish } = bench();
    for (let i = 0; i < 1001; i++) out.message("begin x", 0);
    for (let i = 0; i < 1001; i++) out.message("end x", 0);
    const { end } = finish();
    expect(end.spans.length).toBe(1000);
    expect(end.quality.notes.map(({ code }) => code)).toEqual(["too-many-spans"]);
  });

  it("grows where many events wait for the first request", () => {
    const { out, write, finish } = bench({ batchRows: 1 });
    const device = out.device("sda");
    for (let i = 0; i < 100; i++) out.event(EVENT_CODE.bioQueued, OP_CODE.read, device, i, 0, 512);
    write(0, 1000);
    const { events } = finish();
    expect(events.map(({ timeNs }) => timeNs)).toEqual(Array.from({ length: 100 }, (_, i) => i - 1000));
  });
});
