import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Summary } from "../../src/analysis/summary.ts";
import { withTrace } from "../../src/cli/traceArgument.ts";
import { FINDINGS, judge } from "../../src/findings/index.ts";
import { summarizeFiles } from "../../src/work/summarizeJob.ts";
import { OF_CAPTURES, OF_FAULTS, OF_TRACES, WHY } from "./expected.ts";

const TRACES = join(import.meta.dirname, "../../traces");
const FAULTS = join(import.meta.dirname, "../golden/findings");
const CAPTURES = join(import.meta.dirname, "../../../shared/captures");
const SLOW = { timeout: 60_000 };

function severities({ findings }: Pick<Summary, "findings">): string {
  return findings.map(({ id, severity }) => `${id} ${severity}`).join(", ");
}

function firedIn(table: Readonly<Record<string, string>>): Set<string> {
  return new Set(
    Object.values(table).flatMap((row) => (row === "" ? [] : row.split(", ").map((cell) => cell.split(" ")[0]!))),
  );
}

/** The traces of the folder: each has a side file; those of further sets are read with their own. */
function committed(): string[] {
  return readdirSync(TRACES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json") && !name.endsWith(".layout.json") && name !== "blkreport.json")
    .map((name) => name.slice(0, -".json".length))
    .sort();
}

describe("the table of findings", () => {
  it("has reasons for each finding", () => {
    expect(Object.keys(WHY).sort()).toEqual(FINDINGS.map(({ id }) => id).sort());
    for (const { fires, silent } of Object.values(WHY)) {
      expect(fires).not.toBe("");
      expect(silent).not.toBe("");
    }
  });

  it("has a recording on which each finding fires", () => {
    const fired = new Set([OF_TRACES, OF_FAULTS, OF_CAPTURES].flatMap((table) => [...firedIn(table)]));
    expect([...fired].sort()).toEqual(FINDINGS.map(({ id }) => id).sort());
  });

  it("has a row for each committed trace", () => {
    expect(Object.keys(OF_TRACES).sort()).toEqual(committed());
  });

  it.each(Object.entries(OF_FAULTS))("holds for the recorded fault %s", SLOW, async (trace, expected) => {
    expect(severities(await withTrace(join(FAULTS, trace), summarizeFiles))).toBe(expected);
  });

  it("has a recording in the folder of each fault that bears the fault's name", () => {
    for (const [trace, findings] of Object.entries(OF_FAULTS)) expect(findings).toContain(trace.split("/")[0]);
  });

  it("has a row for each recorded fault", () => {
    const folders = readdirSync(FAULTS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(Object.keys(OF_FAULTS).map((trace) => trace.split("/")[0])).toEqual(folders.map(({ name }) => name).sort());
  });

  it.each(Object.entries(OF_TRACES))("holds for %s", SLOW, async (trace, expected) => {
    expect(severities(await withTrace(join(TRACES, trace), summarizeFiles))).toBe(expected);
  });
});

describe.skipIf(!existsSync(CAPTURES))("the table of findings, on all captures", () => {
  it.each(Object.entries(OF_CAPTURES))("holds for %s", SLOW, async (capture, expected) => {
    expect(severities(await withTrace(join(CAPTURES, capture), summarizeFiles))).toBe(expected);
  });
});

describe("a disk of 4 KiB blocks", SLOW, () => {
  const withoutLayout = async (name: string) => {
    const summary = await withTrace(join(TRACES, "disk-4k", name), summarizeFiles);
    return judge({ ...summary, trace: { ...summary.trace, partitions: [] } });
  };

  it("is told from its remaps to have a misaligned partition, or an aligned one", async () => {
    const part63 = await withoutLayout("part63");
    const part2048 = await withoutLayout("part2048");
    expect(part63.find(({ id }) => id === "misaligned-partition")).toMatchObject({
      severity: "high",
      title: "Partition 254,33 starts at sector 63, 3.5 KiB past a 4 KiB boundary",
    });
    expect(part2048.find(({ id }) => id === "misaligned-partition")).toBeUndefined();
    expect(part2048.find(({ id }) => id === "aligned-partition")?.title).toBe(
      "Partition 254,33 starts on a 4 KiB boundary, at sector 2\u202f048",
    );
  });
});

describe.skipIf(!existsSync(CAPTURES))("a queue of eight", SLOW, () => {
  it("is full where fio keeps eight requests waiting on delays of 4 ms and 11 ms", async () => {
    const summary = await withTrace(join(CAPTURES, "nbdkit-log/32-delay-filter/nbdkit.log"), summarizeFiles);
    const devices = summary.trace.devices.map((device) => ({ ...device, queueDepth: 8 }));
    const findings = judge({ ...summary, trace: { ...summary.trace, devices } });
    expect(findings.find(({ id }) => id === "queue-always-full")).toMatchObject({ severity: "medium" });
    expect(judge(summary).find(({ id }) => id === "queue-always-full")).toBeUndefined();
  });
});
