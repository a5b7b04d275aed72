import { describe, expect, it } from "vitest";
import { addressTime } from "../../../src/charts/addressTime.ts";
import type { Figure } from "../../../src/charts/chart.ts";
import { figureIn, layersOf, textsOf } from "./drawn.ts";
import { evenly, type Made, recordedSummary, summaryOf } from "./summaries.ts";

const words = (figure: Figure) => textsOf(figure.draw("wide")).map(({ text }) => text);
const symbols = (figure: Figure) =>
  layersOf(figure.draw("wide"))
    .filter(({ mark }) => mark.type === "point")
    .reduce((sum, { data }) => sum + data.values.length, 0);

describe("where and when, few requests", () => {
  const few: readonly Made[] = [
    { op: "read", offset: 0, length: 512, at: 0, took: 1000 },
    { op: "flush", offset: 0, length: 0, at: 1e6, took: 1000 },
    { op: "write", offset: 2 ** 30, length: 2 ** 20, at: 1e9, took: 1000 },
  ];

  it("draws a symbol for each request with an address, and one for each op in the key", async () => {
    expect(symbols(figureIn(addressTime, await summaryOf(few)))).toBe(2 + 2);
  });

  it("says how much it leaves out of address and time", async () => {
    const said = words(figureIn(addressTime, await summaryOf(few)));
    expect(said).toContain("1024 MiB untouched");
    expect(said).toContain("999 ms idle");
  });

  it("lists every request, flushes too", async () => {
    const { table } = figureIn(addressTime, await summaryOf(few));
    expect(table.columns.map(({ name }) => name)).toEqual([
      "request",
      "issueNs",
      "op",
      "offsetBytes",
      "lengthBytes",
      "latencyNs",
    ]);
    expect(table.rows[1]).toEqual([1, 1e6, "flush", 0, 0, 1000]);
    expect(table.rows).toHaveLength(3);
  });

  it("names extents, flushes and duration", async () => {
    expect(figureIn(addressTime, await summaryOf(few)).answer).toBe(
      "1 read between 0 B and 512 B, 1 write at 1 GiB and 1 flush, in 1 s.",
    );
  });

  it("shows a span's requests only, and when the span began", async () => {
    const requests = evenly("write", 30, 1e9);
    const summary = await summaryOf(requests, { spans: [{ name: "copy", fromNs: 10e9, toNs: 15e9 }] });
    const figure = figureIn(addressTime, summary, "marked");
    expect(figure.table.rows.map(([row]) => row)).toEqual([10, 11, 12, 13, 14]);
    expect(words(figure)).toContain("0 s is 10 s into the trace");
  });

  it("calls time between spans by its name: it was not idle", async () => {
    const spans = [
      { name: "a", fromNs: 0, toNs: 2e9 },
      { name: "b", fromNs: 20e9, toNs: 22e9 },
    ];
    const said = words(figureIn(addressTime, await summaryOf(evenly("write", 30, 1e9), { spans }), "marked"));
    expect(said.join()).not.toContain("idle");
    expect(said).toContain("19 s");
  });

  it("counts requests where the trace has no clock", async () => {
    const requests = evenly("read", 20, 1);
    const figure = figureIn(addressTime, await summaryOf(requests, { recorded: { clock: false, completion: false } }));
    expect(words(figure)).toContain("request 0");
    expect(figure.answer).not.toContain(", in ");
    expect(figure.table.columns.map(({ name }) => name)).not.toContain("issueNs");
  });

  it("has nothing to show where only flushes occur", async () => {
    const summary = await summaryOf([{ op: "flush", offset: 0, length: 0, at: 0, took: 9 }]);
    expect(addressTime.figure(summary, "whole")).toBeNull();
  });
});

describe("where and when, many requests", () => {
  const many = [...evenly("read", 700, 1e6), ...evenly("write", 500, 1e6, { offset: 2 ** 32 })].sort(
    (a, b) => a.at - b.at,
  );

  it("draws a panel for each op that occurs, and none for others", async () => {
    const said = words(figureIn(addressTime, await summaryOf(many)));
    expect(said).toContain("Reads · 700");
    expect(said).toContain("Writes · 500");
    expect(said.filter((text) => / · /.test(text))).toHaveLength(2);
  });

  it("folds the gap between them in both panels", async () => {
    const said = words(figureIn(addressTime, await summaryOf(many)));
    expect(said.filter((text) => text.endsWith("untouched"))).toHaveLength(2);
  });

  it("keeps every cell of the metric in its table", async () => {
    const summary = await summaryOf(many);
    const { table } = figureIn(addressTime, summary);
    const metric = summary.scopes["whole"]!.accesses!;
    if (!metric.ok) throw new Error("no accesses");
    const { read, write } = metric.value.byOp;
    const sum = (op: string) =>
      table.rows.reduce((total, row) => (row[0] === op ? total + Number(row.at(-1)) : total), 0);
    const cells = (flat: readonly number[]) =>
      flat.reduce((total, value, i) => (i % 3 === 2 ? total + value : total), 0);
    expect(sum("read")).toBe(cells(read!.cells));
    expect(sum("write")).toBe(cells(write!.cells));
  });

  it("shows each flush in a strip", async () => {
    const flushes: Made[] = [1e6, 3e8].map((at) => ({ op: "flush", offset: 0, length: 0, at, took: 1 }));
    const summary = await summaryOf([...many, ...flushes].sort((a, b) => a.at - b.at));
    const figure = figureIn(addressTime, summary);
    expect(words(figure)).toContain("flush");
    expect(figure.answer).toContain("2 flushes");
  });

  it("speaks of touches where a request counts in several rows' bins", async () => {
    const small = words(figureIn(addressTime, await summaryOf(evenly("read", 700, 1e6))));
    const large = words(figureIn(addressTime, await summaryOf(evenly("read", 700, 1e6, { length: 2 ** 22 }))));
    expect(small).toContain("requests a cell");
    expect(large).toContain("touches a cell");
  });
});

describe("where and when, several devices", () => {
  it("sends the reader to the scope of one device", async () => {
    const requests = [...evenly("read", 3, 1e6, { device: "sda" }), ...evenly("read", 3, 1e6 + 1, { device: "sdb" })];
    const summary = await summaryOf(requests.sort((a, b) => a.at - b.at));
    expect(addressTime.figure(summary, "whole")).toEqual({
      absent:
        "sda and sdb are together in this scope, and each has addresses of its own. Open the scope of one of them.",
    });
    expect(figureIn(addressTime, summary, "device-sda").table.rows).toHaveLength(3);
  });
});

describe("where and when, recorded", () => {
  it("shows what mkfs did between its markers", async () => {
    const { answer } = figureIn(addressTime, await recordedSummary("guestfish/mkfs-ext2-part63"));
    expect(answer).toBe(
      "65 reads between 0 B and 10 MiB, 5 writes between 31.5 KiB and 8.1 MiB, 4 write-zeroes between 75.5 KiB and 10.0 MiB, 2 discards between 31.5 KiB and 10.0 MiB and 6 flushes, in 2.26 s.",
    );
  });
});
