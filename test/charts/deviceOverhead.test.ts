import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { btt } from "../../src/analysis/metrics/btt.ts";
import type { Summary } from "../../src/analysis/summary.ts";
import type { Figure } from "../../src/charts/chart.ts";
import { deviceOverhead } from "../../src/charts/deviceOverhead.ts";
import { figuresOf } from "../analysis/btt/recordings.ts";

const MKFS = ["traces/filesystems/mkfs-xfs.blktrace.0", "traces/filesystems/mkfs-xfs.blktrace.1"];

async function shown(files: readonly string[]): Promise<Figure> {
  const value = await figuresOf(btt, files, null);
  const summary = { scopes: { whole: { btt: { ok: true, value } } } } as unknown as Summary;
  return deviceOverhead.figure(summary, "whole") as Figure;
}

describe("the device overhead of mkfs.xfs", () => {
  it("has btt's table in its data, digit for digit", async () => {
    const { table } = await shown(MKFS);
    expect(table.columns.slice(0, 5).map(({ name }) => name)).toEqual(["ALL", "MIN", "AVG", "MAX", "N"]);
    const printed = readFileSync("test/golden/btt/filesystems-mkfs-xfs.txt", "utf8");
    for (const [phase, ...figures] of table.rows.filter(([name]) => name !== "Q2D")) {
      const line = new RegExp(`^${phase} .*$`, "m").exec(printed)?.[0].split(/ +/);
      expect([phase, ...figures.slice(0, 4).map(String)]).toEqual(line);
    }
  });

  it("says which step takes most, and in which unit", async () => {
    const { answer } = await shown(MKFS);
    expect(answer).toMatch(/^D2C device takes \d+ % of .* from Q to C, on average, counted for each bio/);
  });
});

it("is absent where queueing is not recorded", () => {
  const summary = { scopes: { whole: { btt: { ok: false, missing: ["queue"] } } } } as unknown as Summary;
  expect(deviceOverhead.figure(summary, "whole")).toEqual({
    absent: "This format does not say when requests were queued. blktrace does.",
  });
});
