import { describe, expect, it } from "vitest";
import type { Figure } from "../../../src/charts/chart.ts";
import { latencyEcdf } from "../../../src/charts/latencyEcdf.ts";
import { latencyPhases } from "../../../src/charts/latencyPhases.ts";
import { latencyTime } from "../../../src/charts/latencyTime.ts";
import { queueDepth } from "../../../src/charts/queueDepth.ts";
import { figureIn, layersOf, textsOf } from "./drawn.ts";
import { evenly, recordedSummary, summaryOf } from "./summaries.ts";

const words = (figure: Figure, layout: "wide" | "narrow" = "wide") =>
  textsOf(figure.draw(layout)).map(({ text }) => text);
const marks = (figure: Figure, type: string) => layersOf(figure.draw("wide")).filter(({ mark }) => mark.type === type);
const noteRow = ({ note }: Figure, name: string) => note?.rows.find(([first]) => first === name)?.slice(1);

describe("latency over time", () => {
  it("shows p99 from a hundred requests on", async () => {
    const many = figureIn(latencyTime, await summaryOf(evenly("read", 100, 1e6)));
    const few = figureIn(latencyTime, await summaryOf(evenly("read", 99, 1e6)));
    expect(words(many)).toEqual(expect.arrayContaining(["p50", "p99"]));
    expect(words(few)).toContain("p50");
    expect(words(few)).not.toContain("p99");
    expect(noteRow(few, "p99")).toBeUndefined();
    expect(few.answer).toBe("Half of the 99 requests finished within 50 µs; the slowest took 50 µs.");
  });

  it("has every completed request in its table", async () => {
    const { table } = figureIn(
      latencyTime,
      await summaryOf([...evenly("read", 77, 1e6), ...evenly("write", 5, 2e8)].sort((a, b) => a.at - b.at)),
    );
    expect(table.rows.reduce((sum, row) => sum + Number(row[4]), 0)).toBe(82);
  });

  it("draws every cell at its latency", async () => {
    const figure = figureIn(latencyTime, await summaryOf(evenly("read", 50, 1e6, { took: 100_000 })));
    const rings = marks(figure, "geoshape").flatMap(({ data }) => data.values);
    expect(rings.length).toBeGreaterThan(0);
    expect(words(figure)).toContain("100 µs");
  });

  it("is absent where completions are not recorded", async () => {
    const requests = evenly("read", 5, 1e6).map(({ took: _, ...made }) => made);
    const summary = await summaryOf(requests, { recorded: { completion: false } });
    for (const chart of [latencyTime, latencyEcdf, queueDepth]) {
      expect(chart.figure(summary, "whole"), chart.id).toHaveProperty("absent");
    }
  });
});

describe("shares of latency", () => {
  it("rise from the least latency to the most", async () => {
    const requests = evenly("read", 4, 1e6).map((made, i) => ({ ...made, took: (i + 1) * 1000 }));
    const [curve] = marks(figureIn(latencyEcdf, await summaryOf(requests)), "line");
    const rows = curve!.data.values as readonly { readonly latencyNs: number; readonly shareDone: number }[];
    expect(rows[0]).toEqual({ latencyNs: 1000, shareDone: 0 });
    expect(rows.at(-1)).toEqual({ latencyNs: 4000, shareDone: 1 });
    expect(rows.every((row, i) => i === 0 || row.shareDone >= rows[i - 1]!.shareDone)).toBe(true);
  });

  it("count every request of the metric", async () => {
    const summary = await recordedSummary("devices/io-errors");
    const latency = summary.scopes["whole"]!.latency!;
    if (!latency.ok) throw new Error("no latency");
    const { table } = figureIn(latencyEcdf, summary);
    const counted = table.rows.reduce((sum, row) => (row[0] === "write" ? sum + Number(row[3]) : sum), 0);
    expect(counted).toBe(latency.value.byOp.write!.d2c!.count);
  });

  it("name each curve once, dashed unless reads", async () => {
    const both = [...evenly("read", 40, 1e6), ...evenly("write", 40, 1e6, { took: 400_000 })].sort(
      (a, b) => a.at - b.at,
    );
    const figure = figureIn(latencyEcdf, await summaryOf(both));
    expect(words(figure).filter((text) => text === "reads" || text === "writes")).toHaveLength(2);
    expect(marks(figure, "line").map(({ mark }) => "strokeDash" in mark)).toEqual([false, true]);
    expect(figure.answer).toBe(
      "Half of the reads finished within 50 µs and half of the writes within 400 µs; the slowest request, a write, took 400 µs.",
    );
  });

  it("are not told of a single request", async () => {
    expect(latencyEcdf.figure(await summaryOf(evenly("read", 1, 1)), "whole")).toBeNull();
  });
});

describe("phases of latency", () => {
  it("are shown where queueing is recorded", async () => {
    const figure = figureIn(latencyPhases, await recordedSummary("databases/sqlite-wal"));
    expect(figure.table.rows.map(([phase]) => phase)).toEqual(expect.arrayContaining(["Q2D", "D2C", "Q2C"]));
    expect(words(figure)).toContain("issued → completed");
    expect(words(figure, "narrow")).toContain("D2C");
  });

  it("are nothing to show where only the device's part is known", async () => {
    expect(latencyPhases.figure(await summaryOf(evenly("read", 200, 1e6)), "whole")).toBeNull();
    expect(latencyPhases.figure(await recordedSummary("guestfish/write-hello"), "marked")).toBeNull();
  });
});

describe("queue depth", () => {
  const four = evenly("read", 4, 1000, { took: 4000 });

  it("says mean and peak", async () => {
    const figure = figureIn(queueDepth, await summaryOf(four));
    expect(figure.answer).toMatch(/^2\.3 requests in flight on average, 4 at most/);
    expect(words(figure)).toEqual(expect.arrayContaining(["peak 4", "mean 2.3"]));
  });

  it("tells which request later ones passed", async () => {
    const slow = { op: "write", offset: 0, length: 2 ** 20, at: 0, took: 5e6 } as const;
    const fast = evenly("read", 4, 1e6).map((each) => ({ ...each, at: each.at + 5e5 }));
    const { answer } = figureIn(queueDepth, await summaryOf([slow, ...fast, { ...slow, at: 4e6 }]));
    expect(answer).toMatch(
      / 1 of 6 requests was overtaken by later ones, a write of 1 MiB: 4 passed it in 5 ms, while 1 waited behind it\.$/,
    );
  });

  it("spells out a depth of one", async () => {
    const { answer } = figureIn(queueDepth, await summaryOf(evenly("read", 3, 100_000)));
    expect(answer).toMatch(
      /^Never more than one request was in flight; nothing was in flight for \d+ % of the time\.$/,
    );
  });

  it("divides all the time into depths", async () => {
    const { note } = figureIn(queueDepth, await summaryOf(four));
    expect(note!.rows.reduce((sum, [, share]) => sum + Number(share), 0)).toBeCloseTo(1, 9);
  });

  it("ends at nothing", async () => {
    const [area] = marks(figureIn(queueDepth, await summaryOf(four)), "area");
    expect(area!.data.values.at(-1)).toMatchObject({ mostInFlight: 0, meanInFlight: 0 });
  });
});
