import { Check } from "typebox/value";
import { describe, expect, it } from "vitest";
import type { HistoryEntry, Summary } from "../../src/analysis/summary.ts";
import { historyCharts } from "../../src/charts/history/historyFigure.ts";
import { History, historyOf, WINDOW_POINTS } from "../../src/compare/history.ts";
import { metricOf } from "../../src/compare/side.ts";
import { textsIn, warningsOf } from "../charts/drawn.ts";
import { summaryOf, withMetrics } from "./kit.ts";

const small = await summaryOf("small", ["R 0 8", "W 8 8"]);
const large = await summaryOf("large", ["R 0 8", "W 8 8", "W 16 8", "W 25 8"]);

function point(summary: Summary, slug: string, entry: Partial<HistoryEntry>): Summary {
  const history = { of: "mkfs", commit: null, date: null, label: null, ...entry };
  return { ...summary, trace: { ...summary.trace, slug, history } };
}

function on(day: number, summary: Summary, entry: Partial<HistoryEntry> = {}): Summary {
  const two = String(day).padStart(2, "0");
  return point(summary, `day-${two}`, { date: `2026-11-${two}`, ...entry });
}

function requests(history: History): History["figures"][number] {
  return history.figures.find(({ metric }) => metric === "requests.total")!;
}

/** A Summary whose writes took so long: p50, of 200 of them. */
function taking(p50Ns: number): Summary {
  const phase = { count: 200, minNs: 1, meanNs: p50Ns, maxNs: p50Ns, p50Ns, p90Ns: p50Ns, p99Ns: p50Ns, p999Ns: p50Ns };
  return withMetrics(small, { latency: { phases: {}, byOp: { write: { d2c: phase } }, perBio: {}, d2cBuckets: {} } });
}

describe("a history", () => {
  it("holds to its schema", () => {
    expect(Check(History, historyOf("mkfs", [on(1, small), on(2, large)]))).toBe(true);
  });

  it("is in order of dates, in whatever order the traces come", () => {
    const all = [on(3, small), on(1, large), on(2, small), point(small, "undated", {})];
    const inOrder = ["2026-11-01", "2026-11-02", "2026-11-03", "undated"];
    for (const some of [all, all.toReversed()])
      expect(historyOf("mkfs", some).points.map(({ name }) => name)).toEqual(inOrder);
  });

  it("takes the time of recording where the side file says no date", () => {
    const recorded = point(small, "recorded", {});
    const startUnixNs = "1795420800000000000";
    const timed = { ...recorded, trace: { ...recorded.trace, startUnixNs } };
    expect(historyOf("mkfs", [timed]).points[0]?.date).toBe("2026-11-23T08:00:00.000Z");
  });

  it("holds the last point against the best of the window, not against the one before", () => {
    const { points, ...history } = historyOf("mkfs", [on(1, large), on(2, small), on(3, large), on(4, large)]);
    expect(requests({ points, ...history })).toMatchObject({
      values: [4, 2, 4, 4],
      reference: { point: 1, value: 2 },
      change: 2,
      verdict: "worse",
    });
  });

  it("forgets what lies before the window", () => {
    const later = Array.from({ length: WINDOW_POINTS + 1 }, (_, i) => on(i + 2, large));
    expect(requests(historyOf("mkfs", [on(1, small), ...later]))).toMatchObject({ verdict: "same" });
    expect(requests(historyOf("mkfs", [on(1, small), ...later.slice(1)]))).toMatchObject({ verdict: "worse" });
  });

  it("has nothing to compare a single point with", () => {
    expect(requests(historyOf("mkfs", [on(1, small)]))).toMatchObject({ reference: null, verdict: "notComparable" });
  });

  it("compares what is neither better nor worse with the point before", () => {
    const history = historyOf("mkfs", [on(1, small), on(2, large), on(3, small)]);
    const writes = history.figures.find(({ metric }) => metric === "requests.byOp.write.count");
    expect(writes).toMatchObject({ reference: { point: 1, value: 3 }, verdict: "changed" });
  });

  it("does not judge a time that one run measured", () => {
    const history = historyOf("mkfs", [on(1, taking(1000)), on(2, taking(2000))]);
    const latency = history.figures.find(({ metric }) => metric === "latency.byOp.write.d2c.p50Ns");
    expect(latency).toMatchObject({ verdict: "changed", note: "one run: no judgement on time" });
  });

  it("takes recordings of one commit for runs, and judges times by all of them", () => {
    const runs = (commit: string, day: number, times: readonly number[]) =>
      times.map((ns, i) => point(taking(ns), `${commit}-${i}`, { commit, date: `2026-11-0${day}` }));
    const before = runs("aaaa", 1, [1000, 1010, 1020, 1030]);
    const history = historyOf("mkfs", [...before, ...runs("bbbb", 2, [2000, 2010, 2020, 2030])]);
    expect(history.points.map(({ name, traces }) => [name, traces.length])).toEqual([
      ["aaaa", 4],
      ["bbbb", 4],
    ]);
    const latency = history.figures.find(({ metric }) => metric === "latency.byOp.write.d2c.p50Ns");
    expect(latency).toMatchObject({ values: [1015, 2015], verdict: "worse", note: expect.stringMatching(/^p = /) });
  });

  it("reads the numbers of the Summaries", () => {
    const [only] = requests(historyOf("mkfs", [on(1, large)])).values;
    expect(only).toBe(metricOf({ summary: large, scope: large.defaultScope }, "requests")?.total);
  });
});

describe("the charts of a history", () => {
  const history = historyOf("mkfs", [on(1, large), on(2, small, { label: "v6.2" }), on(3, large)]);
  const charts = historyCharts(history);

  it("are of the figures that did not stay the same, at most twelve", () => {
    const ids = charts.map(({ id }) => id);
    expect(ids).toContain("requests-total");
    expect(ids).not.toContain("requests-byop-read-count");
    expect(ids.length).toBeLessThanOrEqual(12);
    expect(historyCharts(historyOf("mkfs", [on(1, small), on(2, small)]))).toEqual([]);
  });

  it("say the last value, and against what", () => {
    const chart = charts.find(({ id }) => id === "requests-total")!.figure();
    expect(chart.answer).toBe("2026-11-03: 4, against 2 in v6.2, the best of the 2 points before it.");
    expect(textsIn(chart.draw("wide"))).toContain("- - best: 2, v6.2");
    expect(chart.table.rows.map((row) => row.at(-1))).toEqual([4, 2, 4]);
  });

  it("draw without a warning, wide and narrow", async () => {
    for (const { figure } of charts)
      for (const layout of ["wide", "narrow"] as const) expect(await warningsOf(figure().draw(layout))).toEqual([]);
  });

  it("stay as they were", async () => {
    const { config: _, ...spec } = charts
      .find(({ id }) => id === "requests-total")!
      .figure()
      .draw("narrow").spec;
    await expect(`${JSON.stringify(spec, null, 1)}\n`).toMatchFileSnapshot(
      "../golden/charts/compared/history.narrow.json",
    );
  });
});
