import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { activity } from "../../src/analysis/metrics/activity.ts";
import { btt } from "../../src/analysis/metrics/btt.ts";
import { plugs } from "../../src/analysis/metrics/plugs.ts";
import { seeks } from "../../src/analysis/metrics/seeks.ts";
import type { Summary } from "../../src/analysis/summary.ts";
import type { Figure } from "../../src/charts/chart.ts";
import { deviceOverhead } from "../../src/charts/deviceOverhead.ts";
import { figuresOf } from "../analysis/btt/recordings.ts";

const MKFS = ["traces/filesystems/mkfs-xfs.blktrace.0", "traces/filesystems/mkfs-xfs.blktrace.1"];

async function shown(files: readonly string[]): Promise<Figure> {
  const value = await figuresOf(btt, files, null);
  const ok = async (metric: typeof seeks | typeof activity | typeof plugs) => ({
    ok: true,
    value: await figuresOf<unknown, never>(metric as never, files, null),
  });
  const metrics = {
    btt: { ok: true, value },
    seeks: await ok(seeks),
    activity: await ok(activity),
    plugs: await ok(plugs),
  };
  const summary = { trace: { devices: [] }, scopes: { whole: metrics } } as unknown as Summary;
  return deviceOverhead.figure(summary, "whole") as Figure;
}

/** MIN, AVG, MAX and N of a process, from btt's first table of that phase by process. */
function processLine(phase: string, process: string): readonly string[] {
  const printed = readFileSync("test/golden/btt/filesystems-mkfs-xfs.txt", "utf8");
  const from = printed.indexOf(`${phase.padStart(15)}           MIN`);
  const line = printed
    .slice(from)
    .split("\n")
    .find((each) => each.startsWith(`${process} `));
  return line!.split(/ +/).slice(1);
}

describe("the device overhead of mkfs.xfs", () => {
  it("has btt's table in its data, digit for digit", async () => {
    const { table } = await shown(MKFS);
    expect(table.columns.slice(0, 5).map(({ name }) => name)).toEqual(["ALL", "MIN", "AVG", "MAX", "N"]);
    const printed = readFileSync("test/golden/btt/filesystems-mkfs-xfs.txt", "utf8");
    for (const [phase, ...figures] of table.rows.filter((row) => row[0] !== "Q2D" && row.at(-1) === "all")) {
      const line = new RegExp(`^${phase} .*$`, "m").exec(printed)?.[0].split(/ +/);
      expect([phase, ...figures.slice(0, 4).map(String)]).toEqual(line);
    }
  });

  it("has btt's table of each process in its data too", async () => {
    const { table } = await shown(MKFS);
    const [d2c] = table.rows.filter((row) => row[0] === "D2C" && row.at(-1) === "process mkfs.xfs");
    expect(d2c!.slice(1, 5).map(String)).toEqual(processLine("D2C", "mkfs.xfs"));
  });

  it("has btt's seeks, active periods and requests at Q beside it", async () => {
    const { note } = await shown(MKFS);
    const figures = note!.rows.map(([name]) => name);
    expect(figures).toEqual(
      expect.arrayContaining([
        "#Q / #D",
        "Q2Q seek, mean",
        "D2D seek, median",
        "active at Q",
        "active periods",
        "plugs",
      ]),
    );
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
