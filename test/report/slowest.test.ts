import { describe, expect, it } from "vitest";
import type { SlowRequest } from "../../src/analysis/summary.ts";
import { slowestTable } from "../../src/report/pages/slowest.ts";
import { summaryOf } from "./fixture.ts";

const SLOW: SlowRequest = {
  ...{ row: 0, op: "write", offsetBytes: 4096, lengthBytes: 4096, issueNs: 0, latencyNs: 9, device: 0 },
  ...{ whenIssued: null, whileRunning: null, largestOther: null, target: null },
};

const tableOf = (...slowest: readonly SlowRequest[]) =>
  slowestTable(summaryOf([["write", 8, 8]], { summary: { slowest } }))!;

describe("the slowest requests", () => {
  it("name what they touch where a layout tells it", () => {
    const { columns, rows } = tableOf({ ...SLOW, target: "journal" }, SLOW);
    const at = columns.findIndex(({ title }) => title === "Touches");
    expect(rows.map((row) => row[at])).toEqual(["journal", null]);
  });

  it("have no column for it without one", () => {
    expect(tableOf(SLOW).columns.map(({ title }) => title)).not.toContain("Touches");
  });
});
