import { describe, expect, it } from "vitest";
import type { Summary } from "../../src/analysis/summary.ts";
import { CHARTS } from "../../src/charts/index.ts";
import { isFigure } from "./time/drawn.ts";
import { recordedSummary } from "./time/summaries.ts";

/** Where a figure or picture of another tool stands: a chart with columns of its data, or else a part of the Summary. */
type Place =
  | { readonly chart: string; readonly columns?: readonly string[]; readonly note?: string }
  | { readonly summary: string };

const btt = (...columns: readonly string[]): Place => ({ chart: "device-overhead", columns });
const iostat = (...columns: readonly string[]): Place => ({ chart: "iostat", columns });
const beside = (note: string): Place => ({ chart: "device-overhead", note });

const SHOWN: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  btt: {
    "Q2Q … Q2C: minimum, mean, maximum, count": btt("MIN", "AVG", "MAX", "N"),
    "their percentiles, which btt lacks": btt("p50Ns", "p90Ns", "p99Ns"),
    "tables of each process and device": btt("of"),
    "phases of requests instead of bios": { chart: "latency-phases" },
    "device overhead": btt("shareOfQ2c"),
    "merge ratio": beside("#Q / #D"),
    "sizes of requests": { chart: "request-sizes" },
    "seeks Q2Q": beside("Q2Q seek, mean"),
    "seeks D2D, with a right median": beside("D2D seek, median"),
    "modes of seeks": { summary: "seeks.d2d.modes" },
    "seeks a second (-m)": { summary: "seeks.overTime" },
    "distances of seeks (-s)": { chart: "seek-distances" },
    "active requests at Q": beside("active at Q"),
    "active periods": beside("active periods"),
    "runs of activity (activity files)": { summary: "activity.queueRuns.listed" },
    plugs: beside("plugs"),
    "histogram of unplugs": { summary: "plugs.timerUnplugs.histogram" },
    "iostat: r/s, rkB/s": iostat("readsPerSecond", "readBytesPerSecond"),
    "iostat: w/s, wkB/s": iostat("writesPerSecond", "writeBytesPerSecond"),
    "iostat: merges": iostat("writeMergesPerSecond"),
    "iostat: avgrq-sz, avgqu-sz, await, svctm, %util": iostat(
      "meanRequestBytes",
      "meanQueuedRequests",
      "awaitNs",
      "serviceNs",
      "busyShare",
    ),
    "latency over time (-l, -q)": { chart: "latency-time" },
    "distribution of Q2D and D2C": { chart: "latency-ecdf" },
    "blocks accessed (-B)": { chart: "address-time" },
  },
  iowatcher: {
    "I/O by address and time": { chart: "address-time" },
    "I/O by process": { chart: "address-time-by-process" },
    throughput: { chart: "throughput" },
    IOPS: { chart: "iops" },
    latency: { chart: "latency-time" },
    "queue depth": { chart: "queue-depth" },
  },
  tracetops: {
    "sectors touched, by read and write": { chart: "sector-map" },
    "unaligned accesses": { chart: "alignment" },
    operations: { chart: "operations" },
  },
  HeatMap: {
    "latency heat map": { chart: "latency-time", columns: ["latencyFromNs", "requests"] },
    "offset heat map": { chart: "address-time" },
  },
  libCacheSim: {
    "reuse in time and in requests": { chart: "reuse-times" },
    "miss ratio by cache size": { chart: "cache-size", columns: ["missRatio"] },
    "popularity of blocks": { chart: "concentration" },
    "request and byte rate": { chart: "throughput" },
    "sizes of requests": { chart: "request-sizes" },
    "working set": { chart: "working-set" },
  },
};

function valueAt(summary: Summary, path: string): unknown {
  const [metric, ...keys] = path.split(".");
  const result = (summary.scopes["whole"] as Record<string, { readonly value?: unknown }>)[metric!];
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], result?.value);
}

function expectShown(summary: Summary, place: Place): void {
  if ("summary" in place) {
    expect(valueAt(summary, place.summary)).toBeTruthy();
    return;
  }
  const figure = CHARTS.find(({ id }) => id === place.chart)?.figure(summary, "whole");
  if (!figure || !isFigure(figure)) throw new Error(`there is no ${place.chart}`);
  expect(figure.table.columns.map(({ name }) => name)).toEqual(expect.arrayContaining([...(place.columns ?? [])]));
  if (place.note !== undefined) expect(figure.note?.rows.map(([name]) => name)).toContain(place.note);
}

describe.each(Object.entries(SHOWN))("what %s shows", (_, places) => {
  it.each(Object.entries(places))("is here: %s", async (_, place) => {
    expectShown(await recordedSummary("filesystems/ext4-life"), place);
  });
});
