import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withTrace } from "../../src/cli/traceArgument.ts";
import type { Evidence } from "../../src/findings/finding.ts";
import { notJudged } from "../../src/findings/notJudged.ts";
import { notJudgedView } from "../../src/report/pages/notJudgedView.ts";
import { summaryLines } from "../../src/report/summaryLines.ts";
import { summarizeFiles } from "../../src/work/summarizeJob.ts";

const FAULTS = join(import.meta.dirname, "../golden/findings");
const SLOW = { timeout: 60_000 };

type Device = Evidence["trace"]["devices"][number];

/** A recording, had its side file said something else of its disks. */
async function recorded(trace: string, facts: Partial<Device>) {
  const summary = await withTrace(join(FAULTS, trace), summarizeFiles);
  const devices = summary.trace.devices.map((device) => ({ ...device, ...facts }));
  return { ...summary, trace: { ...summary.trace, devices } };
}

async function factsMissing(trace: string, facts: Partial<Device>): Promise<string[]> {
  return notJudged(await recorded(trace, facts)).map(({ id, fact }) => `${id}: ${fact}`);
}

describe("what is not judged", SLOW, () => {
  it("is nothing where the facts are known, whether a rule fires or not", async () => {
    expect(await factsMissing("seeks-dominate/sdb", {})).toEqual([]);
    expect(await factsMissing("seeks-dominate/sdb", { rotational: false })).toEqual([]);
    expect(await factsMissing("queue-always-full/sdb", { queueDepth: 256 })).toEqual([]);
  });

  it("are seeks on a disk that may rotate or not", async () => {
    expect(await factsMissing("seeks-dominate/sdb", { rotational: null })).toEqual(["seeks-dominate: rotational"]);
  });

  it("is a queue of unknown depth that always holds as much", async () => {
    expect(await factsMissing("queue-always-full/sdb", { queueDepth: null })).toEqual([
      "queue-always-full: queueDepth",
    ]);
  });

  it("are unaligned writes on a disk of unknown blocks", async () => {
    expect(await factsMissing("outside-partitions/vda", { physicalBlockBytes: null })).toEqual([
      "partial-block-writes: physicalBlockBytes",
    ]);
  });

  it("is not what no value of the fact could change", async () => {
    const unknown = { physicalBlockBytes: null, rotational: null, queueDepth: null, discardGranularityBytes: null };
    expect(await factsMissing("queue-depth-one/vdb", unknown)).toEqual([]);
    expect(await factsMissing("tiny-discards/sdc", { discardGranularityBytes: null })).toEqual([]);
  });

  it("is said with what it needs and what to write down", async () => {
    const summary = await recorded("seeks-dominate/sdb", { rotational: null });
    expect(notJudgedView(summary)).toEqual({
      title: "1 question not judged: whether the disk rotates is not recorded",
      lines: [
        {
          question: "Does the disk spend its time on seeks?",
          needs: "Needs rotational of sdb.",
        },
      ],
      sideFile: '"devices": { "8,16": { "rotational": … } }',
    });
    expect(summaryLines(summary).join("\n")).toContain("Not judged: Does the disk spend its time on seeks?");
  });
});
