import { beforeAll, describe, expect, it } from "vitest";
import type { Summary } from "../../../src/analysis/summary.ts";
import type { Drawing, Layout } from "../../../src/charts/chart.ts";
import { vegaSvg } from "../../../src/render/compile.ts";
import { cutTexts, isFigure, lostMarks, overlappingTexts, TIME_CHARTS } from "./drawn.ts";
import { evenly, type Made, RECORDINGS, recordedSummary, summaryOf } from "./summaries.ts";

const LAYOUTS: readonly Layout[] = ["wide", "narrow"];

const read = (at: number, rest: Partial<Made> = {}): Made => ({
  op: "read",
  offset: 0,
  length: 512,
  at,
  took: 1000,
  ...rest,
});

/** What few recordings look like. */
const MADE: Readonly<Record<string, readonly Made[]>> = {
  "a single request": [read(0)],
  "two requests at the same time": [read(0), read(0, { offset: 4096 })],
  "requests that took no time": [read(0, { took: 0 }), read(5, { took: 0 })],
  "two requests a day apart": [read(0), read(86_400e9, { op: "write", offset: 2 ** 40 })],
  "a flush between two writes": [
    read(0, { op: "write" }),
    { op: "flush", offset: 0, length: 0, at: 2e6, took: 9e6 },
    read(2e7, { op: "write", offset: 512 }),
  ],
  "only flushes": [0, 1e6, 2e6].map((at) => ({ op: "flush", offset: 0, length: 0, at, took: 1e5 })),
  "only discards, many": evenly("discard", 900, 1e6, { length: 2 ** 20 }),
  "every op": (
    ["read", "write", "discard", "writeZeroes", "secureErase", "zoneAppend", "zoneReset", "other"] as const
  ).flatMap((op, i) => evenly(op, 3, 7e6 + i).map((made) => ({ ...made, offset: made.offset + i * 2 ** 24 }))),
  "many ops in many places": (["read", "write", "discard", "writeZeroes"] as const)
    .flatMap((op, i) => evenly(op, 400, 1e5 + i).map((made) => ({ ...made, offset: (made.offset * 7919) % 2 ** 36 })))
    .sort((a, b) => a.at - b.at),
  "far up a large disk": evenly("write", 1000, 1e4).map((made) => ({ ...made, offset: made.offset + 2 ** 50 })),
  "one burst among trickles": [
    ...evenly("write", 50, 1e8),
    ...evenly("write", 900, 1e3).map((made) => ({ ...made, at: made.at + 6e9 })),
  ],
  "a slow request at the end": [...evenly("read", 200, 1e4), read(2e6, { took: 30e9 })],
};

function drawingsOf(summary: Summary): readonly (readonly [string, Drawing])[] {
  return summary.scopeList.flatMap(({ id }) =>
    TIME_CHARTS.flatMap((chart) => {
      const figure = chart.figure(summary, id);
      if (!isFigure(figure)) return [];
      return LAYOUTS.map((layout) => [`${chart.id} of ${id}, ${layout}`, figure.draw(layout)] as const);
    }),
  );
}

function faultsOf(drawings: readonly (readonly [string, Drawing])[]): readonly string[] {
  return drawings.flatMap(([name, drawing]) => [
    ...cutTexts(drawing).map((text) => `${name}: "${text}" is cut`),
    ...overlappingTexts(drawing).map((text) => `${name}: ${text} overlap`),
    ...lostMarks(drawing).map((place) => `${name}: a mark at ${place}`),
  ]);
}

describe.each([...RECORDINGS.keys()])("charts of %s", (name) => {
  it("have every text and mark inside, and no text over another", async () => {
    const drawings = drawingsOf(await recordedSummary(name));
    expect(drawings.length).toBeGreaterThan(0);
    expect(faultsOf(drawings)).toEqual([]);
  });
});

describe.each(Object.entries(MADE))("charts of %s", (_, requests) => {
  let summary: Summary;
  let drawings: readonly (readonly [string, Drawing])[];
  beforeAll(async () => {
    summary = await summaryOf(requests);
    drawings = drawingsOf(summary);
  });

  it("have every text and mark inside, and no text over another", () => {
    expect(faultsOf(drawings)).toEqual([]);
  });

  it("make vega complain of nothing", async () => {
    for (const [name, { spec }] of drawings) {
      const svg = await vegaSvg(spec);
      expect(svg, name).toContain("<svg");
      expect(svg, name).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it("say so in a sentence", () => {
    for (const chart of TIME_CHARTS) {
      const figure = chart.figure(summary, summary.defaultScope);
      if (!isFigure(figure)) continue;
      expect(figure.answer, chart.id).toMatch(/^[A-Z0-9].*\.$/);
      expect(figure.answer, chart.id).not.toMatch(/NaN|Infinity|undefined|null/);
      expect(figure.alternativeText, chart.id).toContain(figure.answer);
      expect(figure.table.rows.length, chart.id).toBeGreaterThan(0);
    }
  });
});
