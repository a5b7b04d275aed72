import { describe, expect, it } from "vitest";
import type { Figure } from "../../../src/charts/chart.ts";
import { iops } from "../../../src/charts/iops.ts";
import { throughput } from "../../../src/charts/throughput.ts";
import { figureIn, layersOf, textsOf } from "./drawn.ts";
import { evenly, recordedSummary, summaryOf } from "./summaries.ts";

const words = (figure: Figure) => textsOf(figure.draw("wide")).map(({ text }) => text);
const areas = (figure: Figure) => layersOf(figure.draw("wide")).filter(({ mark }) => mark.type === "area");

function columnSum({ table }: Figure, name: string): number {
  const column = table.columns.findIndex((each) => each.name === name);
  return table.rows.reduce((sum, row) => sum + Number(row[column]), 0);
}

describe("throughput", () => {
  it("has the bytes of the metric in its table", async () => {
    const summary = await recordedSummary("databases/sqlite-wal");
    const requests = summary.scopes["whole"]!.requests!;
    if (!requests.ok) throw new Error("no requests");
    expect(columnSum(figureIn(throughput, summary), "writeBytes")).toBe(requests.value.byOp.write!.bytes);
  });

  it("draws the bytes that were moved: rates times the length of a bar", async () => {
    const figure = figureIn(throughput, await summaryOf(evenly("write", 1000, 1e6)));
    const [area] = areas(figure);
    const rows = area!.data.values as readonly { readonly atNs: number; readonly bytesPerSecond: number }[];
    const barNs = rows[1]!.atNs - rows[0]!.atNs;
    const bytes = rows.reduce((sum, { bytesPerSecond }) => sum + (bytesPerSecond * barNs) / 1e9, 0);
    expect(bytes / (1000 * 4096)).toBeCloseTo(1, 4);
    expect(rows.length).toBeLessThanOrEqual(161);
  });

  it("counts no discards: they move nothing", async () => {
    const summary = await summaryOf(evenly("discard", 10, 1e6));
    expect(throughput.figure(summary, "whole")).toBeNull();
  });

  it("says mean and peak of each op", async () => {
    const { answer } = figureIn(throughput, await summaryOf(evenly("read", 101, 1e7)));
    expect(answer).toMatch(/^404 KiB read \(404 KiB\/s on average, \d+ KiB\/s in the busiest [\d.]+ ms\) in 1 s\.$/);
  });

  it("is absent without a clock", async () => {
    const summary = await summaryOf(evenly("read", 5, 1), { recorded: { clock: false, completion: false } });
    expect(throughput.figure(summary, "whole")).toHaveProperty("absent");
  });

  it("has nothing to show where no time passes", async () => {
    expect(throughput.figure(await summaryOf(evenly("read", 1, 1)), "whole")).toBeNull();
  });
});

describe("IOPS", () => {
  it("has a panel for each op that occurs", async () => {
    const both = [...evenly("read", 40, 1e6), ...evenly("write", 40, 1e6)].sort((a, b) => a.at - b.at);
    expect(areas(figureIn(iops, await summaryOf(both)))).toHaveLength(2);
    expect(areas(figureIn(iops, await summaryOf(evenly("read", 40, 1e6))))).toHaveLength(1);
  });

  it("gives panels scales of their own where one would vanish, and says so", async () => {
    const uneven = [...evenly("read", 2000, 1e6), ...evenly("write", 20, 1e8)].sort((a, b) => a.at - b.at);
    const said = words(figureIn(iops, await summaryOf(uneven)));
    expect(said.filter((text) => text.endsWith("own scale"))).toHaveLength(2);
  });

  it("cuts a lonely peak, and says so", async () => {
    const burst = evenly("write", 500, 1e3).map((made) => ({ ...made, at: made.at + 1e9 }));
    const figure = figureIn(
      iops,
      await summaryOf([...evenly("write", 200, 1e7), ...burst].sort((a, b) => a.at - b.at)),
    );
    expect(words(figure).join()).toContain("peak cut off");
  });

  it("has the same peak on wide and narrow screens", async () => {
    const figure = figureIn(iops, await recordedSummary("databases/sqlite-wal"));
    const peak = (layout: "wide" | "narrow") =>
      textsOf(figure.draw(layout)).flatMap(({ text }) => /peak [^ ]+/.exec(text)?.[0] ?? []);
    expect(peak("narrow")).toEqual(peak("wide"));
  });

  it("does not divide few requests into many bars", async () => {
    const [area] = areas(figureIn(iops, await summaryOf(evenly("read", 12, 1e6))));
    expect(area!.data.values.length).toBeLessThanOrEqual(14);
  });
});

describe("rolling means over time", () => {
  it("say how many bars they take, and how long these are, in picture and words", async () => {
    const figure = figureIn(iops, await summaryOf(evenly("write", 2000, 1e6)));
    const [said] = /mean of \d+ bars \([\d.]+ m?s\)/.exec(figure.alternativeText)!;
    expect(textsOf(figure.draw("wide")).map(({ text }) => text)).toContainEqual(
      expect.stringContaining(`line: ${said}`),
    );
  });

  it("are not there where most bars are empty", async () => {
    const figure = figureIn(
      iops,
      await summaryOf(
        [0, 1, 2, 3].flatMap((i) => evenly("write", 99, 1e4).map((each) => ({ ...each, at: each.at + i * 1e9 }))),
      ),
    );
    expect(figure.alternativeText).not.toContain("mean of");
  });
});
