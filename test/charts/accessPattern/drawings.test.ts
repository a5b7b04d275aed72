import { describe, expect, it } from "vitest";
import type { Summary } from "../../../src/analysis/summary.ts";
import { cacheSize } from "../../../src/charts/cacheSize.ts";
import type { Chart, Figure } from "../../../src/charts/chart.ts";
import { concentration } from "../../../src/charts/concentration.ts";
import { reuseTimes } from "../../../src/charts/reuseTimes.ts";
import { sequentialRuns } from "../../../src/charts/sequentialRuns.ts";
import { workingSet } from "../../../src/charts/workingSet.ts";
import { vegaSvg } from "../../../src/render/compile.ts";
import { cutTexts, figureIn, isFigure, lostMarks, overlappingTexts, textsOf } from "../time/drawn.ts";
import { evenly, type Made, RECORDINGS, recordedSummary, summaryOf } from "../time/summaries.ts";

const CHARTS: readonly Chart[] = [sequentialRuns, reuseTimes, cacheSize, concentration, workingSet];

function figuresOf(summary: Summary): readonly (readonly [string, Figure])[] {
  return summary.scopeList.flatMap(({ id }) =>
    CHARTS.flatMap((chart) => {
      const figure = chart.figure(summary, id);
      return isFigure(figure) ? [[`${chart.id} of ${id}`, figure] as const] : [];
    }),
  );
}

function faultsOf([name, figure]: readonly [string, Figure]): readonly string[] {
  return (["wide", "narrow"] as const).flatMap((layout) => {
    const drawing = figure.draw(layout);
    expect(drawing.widthPx).toBe(layout === "wide" ? 720 : 358);
    return [
      ...cutTexts(drawing).map((text) => `${name}, ${layout}: "${text}" is cut`),
      ...overlappingTexts(drawing).map((text) => `${name}, ${layout}: ${text} overlap`),
      ...lostMarks(drawing).map((place) => `${name}, ${layout}: a mark at ${place}`),
    ];
  });
}

async function expectSound(summary: Summary): Promise<number> {
  const figures = figuresOf(summary);
  expect(figures.flatMap(faultsOf)).toEqual([]);
  for (const [name, { answer, alternativeText, table, draw }] of figures) {
    expect(answer, name).toMatch(/^[A-Z0-9].*[^.]\.$/);
    expect(answer, name).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(alternativeText).toContain(answer);
    expect(table.rows.length).toBeGreaterThan(0);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    for (const layout of ["wide", "narrow"] as const)
      expect(await vegaSvg(draw(layout).spec), name).not.toMatch(/NaN|Infinity|undefined/);
  }
  return figures.length;
}

const MADE: Readonly<Record<string, readonly Made[]>> = {
  "two requests": evenly("read", 2, 1e6),
  "two requests at the same time": evenly("write", 2, 0, { offset: 0 }),
  "one block, a day apart": [0, 86_400e9].map((at) => ({ op: "write", offset: 0, length: 4096, at })),
  "a loop of reads and writes": evenly("read", 900, 1e5).flatMap((read, i): Made[] => [
    { ...read, offset: (i % 100) * 4096 },
    { ...read, op: "write", offset: (i % 30) * 4096 },
  ]),
  "every op": (["read", "write", "discard", "writeZeroes", "secureErase", "zoneAppend"] as const).flatMap((op) =>
    evenly(op, 40, 7e6),
  ),
  "more than fits": evenly("write", 2000, 1e5).map((made, i) => ({
    ...made,
    offset: (i % 1200) * 2 ** 20,
    length: 2 ** 20,
  })),
};

describe.each([...RECORDINGS.keys()])("access patterns of %s", (name) => {
  it("are drawn inside their frames, without overlaps, in whole sentences", async () => {
    expect(await expectSound(await recordedSummary(name))).toBeGreaterThan(0);
  });
});

describe.each(Object.entries(MADE))("access patterns of %s", (_, requests) => {
  it("are drawn, with a clock and without", async () => {
    await expectSound(await summaryOf(requests));
    const rows = requests.map((request, row) => ({ ...request, at: row }));
    await expectSound(await summaryOf(rows, { recorded: { clock: false, completion: false } }));
  });
});

describe("the charts of access patterns", () => {
  it("are not there where nothing is read or written again", async () => {
    const summary = await summaryOf(evenly("read", 5, 1e6));
    for (const chart of [reuseTimes, cacheSize, concentration]) expect(chart.figure(summary, "whole")).toBeNull();
    expect(isFigure(sequentialRuns.figure(summary, "whole"))).toBe(true);
  });

  it("name the cache that a loop needs", async () => {
    const loop = Array.from(
      { length: 1000 },
      (_, i): Made => ({ op: "read", offset: (i % 64) * 4096, length: 4096, at: i }),
    );
    const { answer } = figureIn(cacheSize, await summaryOf(loop));
    expect(answer).toContain("an LRU cache of 256 KiB keeps 90 % of the rest");
    expect(answer).toMatch(/^64 of the 1\u202f000 accesses/);
  });

  it("say in which unit they count where there is no clock", async () => {
    const again = [0, 1, 2].map((at): Made => ({ op: "write", offset: 0, length: 4096, at }));
    const figure = figureIn(reuseTimes, await summaryOf(again, { recorded: { clock: false, completion: false } }));
    expect(figure.answer).toBe(
      "2 times a 4 KiB block is written again after a write, one of them with no other request in between.",
    );
    expect(textsOf(figure.draw("wide")).map(({ text }) => text)).toContain("requests in between");
    expect(figure.table.columns.map(({ name }) => name)).toContain("fromRequests");
  });

  it("say that they are estimated, and how well", async () => {
    const summary = await summaryOf(MADE["more than fits"]!);
    expect(figureIn(cacheSize, summary).answer).toMatch(/\(estimated from one block in \d+, ± \d.* % at most\)\.$/);
    expect(figureIn(workingSet, summary).answer).toMatch(/\(estimated from one block in \d+\)\.$/);
  });
});
