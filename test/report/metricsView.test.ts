import { describe, expect, it } from "vitest";
import type { Change, Diff } from "../../src/compare/diff.ts";
import { compare } from "../../src/compare/index.ts";
import { csvText } from "../../src/report/csv.ts";
import { metricsCsv, metricsView } from "../../src/report/pages/metricsView.ts";
import { HELLO, summaryOf } from "./fixture.ts";

const a = summaryOf(HELLO);
const same = compare(a, a);

function change(metric: string, over: Partial<Change> = {}): Change {
  return { metric, kind: "count", a: 1, b: 2, change: 1, relative: 1, verdict: "changed", ...over };
}

function diffWith(changed: readonly Change[]): Diff {
  return { ...same, metrics: { same: 7, changed } };
}

describe("every number that differs", () => {
  it("is not there where none does", () => {
    expect(metricsView(same)).toBeNull();
    expect(csvText(metricsCsv(same))).toBe("metric,a,b,change,relative,verdict,note\n");
  });

  it("is counted, with those that do not", () => {
    expect(metricsView(diffWith([change("x")]))?.summary).toBe("1 number of the Summaries differs, 7 do not");
  });

  it("stands with what is worse or better first, and in the order of the Summary", () => {
    const rows = [change("x"), change("y", { verdict: "better" }), change("z", { verdict: "worse" }), change("w")];
    expect(metricsView(diffWith(rows))?.table.rows.map(([metric]) => metric)).toEqual(["z", "y", "x", "w"]);
  });

  it("is cut at 30 rows on the page and says so; the CSV has all", () => {
    const many = Array.from({ length: 31 }, (_, i) => change(`m${i}`));
    const view = metricsView(diffWith(many));
    expect(view?.table.rows).toHaveLength(30);
    expect(view?.rest).toBe("30 of 31, what is worse or better first.");
    expect(metricsCsv(diffWith(many)).rows).toHaveLength(31);
  });

  it("is written with its unit on the page and in plain numbers in the CSV", () => {
    const rows = [
      change("latency.phases.d2c.p50Ns", { kind: "ns", a: 1_500_000, b: null, change: null, relative: null }),
    ];
    expect(metricsView(diffWith(rows))?.table.rows[0]).toEqual([
      "latency.phases.d2c.p50Ns",
      "1.5 ms",
      "not recorded",
      "–",
      "changed",
    ]);
    expect(csvText(metricsCsv(diffWith(rows))).split("\n")[1]).toBe("latency.phases.d2c.p50Ns,1500000,,,,changed,");
  });
});
