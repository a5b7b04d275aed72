import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/analysis/analyse.ts";
import { METRICS } from "../../src/analysis/metrics/index.ts";
import { summarySchema } from "../../src/analysis/schema.ts";
import type { Summary, TraceInfo } from "../../src/analysis/summary.ts";
import { randomTrace } from "../support/randomTrace.ts";
import { type SlowTrace, slowReader } from "../support/slowTrace.ts";

async function summaryOf(trace: SlowTrace): Promise<Summary> {
  const { end, ...analysis } = await analyse(slowReader(trace));
  const info: TraceInfo = {
    slug: "a",
    path: "lv/a.qtr",
    title: "A",
    format: "slow",
    files: [{ name: "a", bytes: 1, sha256: "00" }],
    clock: "ns",
    startUnixNs: end.startUnixNs,
    recorded: end.recorded,
    devices: end.devices,
    spans: end.spans.map(({ toNs, ...span }) => ({ ...span, toNs: Number.isNaN(toNs) ? null : toNs })),
    messages: end.messages,
    description: null,
    command: null,
    tags: [],
    baselines: ["b"],
    history: { of: "mkfs", commit: "6d591f3", date: null, label: null },
    partitions: [{ name: "1", startSector: 63, sectors: null }],
    context: { recordedAt: null, kernel: null, host: null, filesystem: null, recorder: null },
    window: null,
    seenPartitions: end.partitions,
    layout: null,
  };
  const finding = { id: "f", severity: "low", title: "t", evidence: "e", advice: "a", chart: null } as const;
  return { schema: "blkreport/summary/1", trace: info, quality: end.quality, ...analysis, findings: [finding] };
}

describe("the schema of a Summary", () => {
  const validate = new Ajv({ strict: true, allowUnionTypes: true, code: { optimize: false } }).compile(summarySchema());

  it("accepts the Summary of any trace, and what is left of it as JSON", async () => {
    await fc.assert(
      fc.asyncProperty(randomTrace, async (trace) => {
        const summary = await summaryOf(trace);
        expect(validate(summary), JSON.stringify(validate.errors?.slice(-3))).toBe(true);
        expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
      }),
      { numRuns: 10 },
    );
  });

  it("refuses a Summary that lacks a field, or has a metric that nobody knows", async () => {
    const summary = await summaryOf({ devices: [], processes: [], recorded: RECORDED, history: [] });
    expect(validate(summary)).toBe(true);
    expect(validate({ ...summary, defaultScope: undefined })).toBe(false);
    expect(validate({ ...summary, scopes: { whole: { luck: { ok: true, value: 7 } } } })).toBe(false);
    expect(validate({ ...summary, scopes: { whole: { errors: { ok: true, value: { total: -1 } } } } })).toBe(false);
  });

  it("names every metric", () => {
    const text = JSON.stringify(summarySchema());
    for (const { id } of METRICS) expect(text).toContain(`"${id}"`);
  });
});

const RECORDED = {
  clock: true,
  completion: true,
  queue: true,
  process: true,
  cgroup: false,
  merges: true,
  bios: true,
  plug: false,
  flags: true,
  error: true,
};
