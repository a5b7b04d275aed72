import type { MetricValues, Summary } from "../../src/analysis/summary.ts";
import { summarizeTrace } from "../../src/report/summarizeTrace.ts";
import { inputFromText } from "../support/inputs.ts";

/** The Summary of a trace of 512 sectors or more that is written as the body of a .qtr file. */
export function summaryOf(slug: string, lines: readonly string[]): Promise<Summary> {
  const request = {
    slug,
    title: `Trace ${slug}`,
    format: "qtr",
    files: [{ name: "a.qtr", bytes: 0, sha256: "" }],
    side: {},
    sideFileName: "a.qtr.json",
  };
  return summarizeTrace(request, () => [inputFromText("a.qtr", ["S 20480", ...lines, ""].join("\n"))]);
}

/** The same Summary with other metrics in its default scope. */
export function withMetrics(summary: Summary, metrics: Partial<MetricValues>): Summary {
  const values = Object.entries(metrics).map(([id, value]) => [id, { ok: true, value }]);
  const scope = { ...summary.scopes[summary.defaultScope], ...Object.fromEntries(values) };
  return { ...summary, scopes: { ...summary.scopes, [summary.defaultScope]: scope } };
}

type Map = MetricValues["sectorMap"];

export function sectorMap(runs: Map["runs"], rest: Partial<Map> = {}): Map {
  return {
    cellSectors: 1,
    cells: { alignedRead: 0, unalignedRead: 0, alignedWrite: 0, unalignedWrite: 0 },
    runs,
    discard: { cells: 0, runs: [] },
    writeZeroes: { cells: 0, runs: [] },
    ...rest,
  };
}
