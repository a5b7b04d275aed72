import { describe, expect, it } from "vitest";
import type { Summary } from "../../../src/analysis/summary.ts";
import type { Chart, Figure } from "../../../src/charts/chart.ts";
import { durability } from "../../../src/charts/durability.ts";
import { largerBlocks } from "../../../src/charts/largerBlocks.ts";
import { latencyBySize } from "../../../src/charts/latencyBySize.ts";
import { vegaSvg } from "../../../src/render/compile.ts";
import { cutTexts, figureIn, isFigure, lostMarks, overlappingTexts, textsOf } from "../time/drawn.ts";
import { evenly, type Made, RECORDINGS, recordedSummary, summaryOf } from "../time/summaries.ts";

const CHARTS: readonly Chart[] = [durability, largerBlocks, latencyBySize];

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
  "one write": evenly("write", 1, 0),
  "two writes at the same time": evenly("write", 2, 0, { offset: 0 }),
  "writes with flushes between, a day apart": [0, 1, 2, 3].flatMap((i): Made[] => [
    { op: "write", offset: i * 512, length: 512, at: i * 86_400e9, took: 1000 },
    { op: "flush", offset: 0, length: 0, at: i * 86_400e9 + 2000, took: 1000 },
  ]),
  "every op": (["read", "write", "discard", "writeZeroes", "secureErase", "zoneAppend"] as const).flatMap((op) =>
    evenly(op, 40, 7e6),
  ),
  "every size": Array.from({ length: 24 }, (_, i): Made[] =>
    Array.from({ length: 120 }, (__, k) => ({
      op: i % 2 === 0 ? "read" : "write",
      offset: k * 512,
      length: 512 * 2 ** (i % 14),
      at: (i * 120 + k) * 1e6,
      took: 1000 + 2 ** (i / 2) * k,
    })),
  ).flat(),
};

describe.each([...RECORDINGS.keys()])("what writing costs in %s", (name) => {
  it("is drawn inside its frames, without overlaps, in whole sentences", async () => {
    await expectSound(await recordedSummary(name));
  });
});

describe.each(Object.entries(MADE))("what writing costs with %s", (_, requests) => {
  it("is drawn, with a clock and without", async () => {
    expect(await expectSound(await summaryOf(requests, { recorded: { flags: true } }))).toBeGreaterThan(0);
    const rows = requests.map((request, row) => ({ ...request, at: row }));
    await expectSound(await summaryOf(rows, { recorded: { clock: false, completion: false, flags: true } }));
  });
});

const KIB = 1024;

describe("the chart of what a crash loses", () => {
  const steps: readonly Made[] = [
    { op: "write", offset: 0, length: 64 * KIB, at: 0, took: 1e6 },
    { op: "flush", offset: 0, length: 0, at: 3e6, took: 1e6 },
    { op: "write", offset: 0, length: 4 * KIB, at: 6e6, took: 2e6 },
  ];

  it("names the worst moment, the mean and what is left", async () => {
    const { answer, table } = figureIn(durability, await summaryOf(steps, { recorded: { flags: true } }));
    expect(answer).toBe(
      "With a volatile write cache it would lose 64 KiB (1 write) at worst, 1 ms after the first request, and 24 KiB on average; nothing is at risk for 63 % of the time; 4 KiB is not flushed at the end.",
    );
    expect(table.rows.reduce((sum, row) => sum + Number(row[3]), 0)).toBe(1);
  });

  it("is absent where a trace cannot show flushes", async () => {
    const shown = durability.figure(await summaryOf(steps.filter(({ op }) => op !== "flush")), "whole");
    expect(shown).toEqual({ absent: expect.stringContaining("does not show flushes") });
  });
});

describe("the chart of larger blocks", () => {
  it("says how much more moves, and marks the block of the device", async () => {
    const summary = await summaryOf(evenly("write", 10, 1e6, { offset: 512 }));
    const { answer } = figureIn(largerBlocks, summary);
    // Each write of 4 KiB at 512 reads two blocks and writes two: 16 KiB for 4.
    expect(answer).toBe(
      "With blocks of 4 KiB 4.0 × the 40 KiB written, because all 10 writes cover a block in part; 32 × with 64 KiB, 512 × with 1 MiB, each write by itself.",
    );
    const devices = summary.trace.devices.map((device) => ({ ...device, physicalBlockBytes: 16 * KIB }));
    const known = { ...summary, trace: { ...summary.trace, devices } };
    expect(textsOf(figureIn(largerBlocks, known).draw("wide")).map(({ text }) => text)).toContain(
      "this device: 16 KiB",
    );
    expect(
      textsOf(figureIn(largerBlocks, summary).draw("wide"))
        .map(({ text }) => text)
        .join(),
    ).not.toContain("device:");
  });

  it("is not there without writes", async () => {
    expect(largerBlocks.figure(await summaryOf(evenly("read", 5, 1e6)), "whole")).toBeNull();
  });
});

describe("the chart of latency by size", () => {
  it("compares the smallest size with the largest", async () => {
    const small = evenly("read", 20, 1e6, { length: 4 * KIB, took: 100_000 });
    const large = evenly("read", 20, 1e6, { length: 64 * KIB, took: 400_000 }).map((each) => ({
      ...each,
      at: each.at + 1e9,
    }));
    expect(figureIn(latencyBySize, await summaryOf([...small, ...large])).answer).toBe(
      "The median of reads is 100 µs from 4 KiB to 8 KiB, 400 µs from 64 KiB to 128 KiB (4 times as long for about 16 times the bytes).",
    );
  });

  it("makes no ratio of few requests", async () => {
    const one = [{ op: "read", offset: 0, length: 64 * KIB, at: 2e9, took: 400_000 } as const];
    const few = evenly("read", 3, 1e6, { took: 100_000 });
    expect(figureIn(latencyBySize, await summaryOf([...few, ...one])).answer).toBe(
      "3 reads of 4 KiB to 8 KiB took 100 µs, 1 read of 64 KiB to 128 KiB took 400 µs.",
    );
    const many = evenly("read", 20, 1e6, { took: 100_000 });
    expect(figureIn(latencyBySize, await summaryOf([...many, ...one])).answer).toBe(
      "Half of the 20 reads of 4 KiB to 8 KiB took 100 µs at most, 1 read of 64 KiB to 128 KiB took 400 µs.",
    );
  });
});
