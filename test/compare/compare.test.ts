import { Check, Errors } from "typebox/value";
import { describe, expect, it } from "vitest";
import type { MetricValues } from "../../src/analysis/summary.ts";
import type { FigureChange } from "../../src/compare/diff.ts";
import { compare } from "../../src/compare/index.ts";
import { diffSchema } from "../../src/compare/schema.ts";
import { verdictSentence, verdictText } from "../../src/compare/sentence.ts";
import { verdictOf } from "../../src/compare/verdict.ts";
import { summaryOf, withMetrics } from "./kit.ts";

const shifted = await summaryOf("shifted", ["R 0 8", "W 63 8", "W 71 8", "R 100 1"]);
const straight = await summaryOf("straight", ["R 0 8", "W 64 8", "W 72 16"]);

const figure = (figures: readonly FigureChange[], metric: string) => figures.find((one) => one.metric === metric);

function latency(count: number, p50Ns: number): Partial<MetricValues> {
  const figures = { count, minNs: 1, meanNs: p50Ns, maxNs: 9e9, p50Ns, p90Ns: p50Ns, p99Ns: p50Ns, p999Ns: p50Ns };
  return { latency: { phases: { d2c: figures }, byOp: { read: { d2c: figures } }, perBio: {}, d2cBuckets: {} } };
}

const NO_RISK: NonNullable<MetricValues["durability"]> = {
  startNs: 0,
  binNs: 1,
  bins: 0,
  unflushedBytes: [],
  flushes: [],
  peak: { bytes: 0, writes: 0, atNs: null },
  meanBytes: 0,
  safeShare: 1,
  end: { bytes: 0, writes: 0 },
  flushRequests: 0,
  preflushRequests: 0,
  fuaWrites: 0,
  fuaBytes: 0,
  cachedWrites: 0,
  cachedBytes: 0,
  betweenFlushesNs: null,
  betweenFlushesBytes: null,
};

describe("a verdict", () => {
  it("follows the direction of the figure", () => {
    expect(verdictOf({ a: 5, b: 0 }, "lower")).toBe("better");
    expect(verdictOf({ a: 5, b: 6 }, "lower")).toBe("worse");
    expect(verdictOf({ a: 5, b: 6 }, "higher")).toBe("better");
    expect(verdictOf({ a: 5, b: 6 }, "none")).toBe("changed");
    expect(verdictOf({ a: 5, b: 5 }, "none")).toBe("same");
  });

  it("is not given where a side is not recorded", () => {
    expect(verdictOf({ a: null, b: 0 }, "lower")).toBe("notComparable");
  });

  it("needs the share to agree where the figure counts some of them", () => {
    expect(verdictOf({ a: 5, b: 6, of: { a: 5, b: 100 } }, "lower")).toBe("changed");
    expect(verdictOf({ a: 5, b: 4, of: { a: 5, b: 100 } }, "lower")).toBe("better");
    expect(verdictOf({ a: 2, b: 4, of: { a: 10, b: 20 } }, "lower")).toBe("changed");
    expect(verdictOf({ a: 0, b: 4, of: { a: 0, b: 20 } }, "lower")).toBe("worse");
  });
});

describe("a comparison", () => {
  const diff = compare(shifted, straight);

  it("names both sides", () => {
    expect(diff.a).toEqual({ slug: "shifted", title: "Trace shifted", scope: "whole", format: "qtr", runs: 1 });
  });

  it("has every figure once", () => {
    expect(new Set(diff.figures.map(({ metric }) => metric)).size).toBe(diff.figures.length);
    expect(new Set(diff.figures.map(({ title }) => title)).size).toBe(diff.figures.length);
  });

  it("counts unaligned requests, and of how many", () => {
    expect(figure(diff.figures, "alignment.byOp.write.unaligned")).toEqual({
      metric: "alignment.byOp.write.unaligned",
      title: "Unaligned writes",
      kind: "count",
      a: 2,
      b: 0,
      change: -2,
      relative: -1,
      verdict: "better",
      of: { a: 2, b: 2 },
      where: { a: [{ firstSector: 63, lastSector: 78, requests: 2 }], b: [] },
    });
  });

  it("gives bytes, requests and sectors", () => {
    expect(figure(diff.figures, "requests.byOp.write.bytes")).toMatchObject({ a: 8192, b: 12288, relative: 0.5 });
    expect(figure(diff.figures, "requests.total")).toMatchObject({ a: 4, b: 3, verdict: "better" });
    expect(figure(diff.figures, "footprint.distinctBytes")).toMatchObject({ a: 25, b: 32, verdict: "changed" });
  });

  it("gives what the device must read and write besides, and what a crash would lose", () => {
    const metric = "readModifyWrite.byBlock.4096.joined.partialBlocks";
    expect(figure(diff.figures, metric)).toMatchObject({ a: 2, b: 0, verdict: "better" });
    const readBytes = "readModifyWrite.byBlock.4096.joined.readBytes";
    expect(figure(diff.figures, readBytes)).toMatchObject({ a: 8192, b: 0, kind: "bytes", verdict: "better" });
    const lost = (bytes: number) => ({ durability: { ...NO_RISK, peak: { bytes, writes: 1, atNs: 5 }, fuaWrites: 3 } });
    const { figures } = compare(withMetrics(shifted, lost(65536)), withMetrics(straight, lost(4096)));
    expect(figure(figures, "durability.peak.bytes")).toMatchObject({ a: 65536, b: 4096, verdict: "better" });
    expect(figure(figures, "durability.fuaWrites")).toMatchObject({ a: 3, b: 3, verdict: "same" });
    expect(figure(diff.figures, "durability.peak.bytes")).toBeUndefined();
  });

  it("gives the requests in runs, of how many, and the median seek", () => {
    const writes = figure(diff.figures, "runs.byOp.write.requestsInRuns");
    expect(writes).toMatchObject({ a: 2, b: 2, of: { a: 2, b: 2 }, verdict: "same" });
    expect(figure(diff.figures, "runs.byOp.read.requestsInRuns")).toBeUndefined();
    expect(figure(diff.figures, "seeks.d2d.p50AbsoluteBytes")).toMatchObject({ kind: "bytes" });
  });

  it("says what is not recorded on both sides", () => {
    expect(figure(diff.figures, "errors.total")).toMatchObject({ a: null, b: null, verdict: "notComparable" });
  });

  it("leaves out what neither side has", () => {
    expect(figure(diff.figures, "requests.byOp.discard.count")).toBeUndefined();
    expect(figure(diff.figures, "latency.byOp.read.d2c.p50Ns")).toBeUndefined();
  });

  it("finds the sectors that only one touched", () => {
    expect(diff.sectors).toMatchObject({ onlyA: 2, onlyB: 9, both: 23, classChanged: 15 });
  });

  it("names findings that came and went", () => {
    expect(diff.findings).toEqual({ appeared: [], disappeared: ["unaligned-writes", "unaligned-reads"] });
    expect(compare(straight, shifted).findings.appeared).toEqual(["unaligned-writes", "unaligned-reads"]);
  });

  it("has no sectors where a side has several devices", () => {
    const scopes = {
      whole: { ...shifted.scopes["whole"], sectorMap: { ok: false, missing: ["single device"] } as const },
    };
    expect(compare({ ...shifted, scopes }, straight).sectors).toBeNull();
  });

  it("looks at the scopes that it is told", () => {
    const { a, figures } = compare(shifted, straight, { a: "elsewhere", b: "whole" });
    expect(a.scope).toBe("elsewhere");
    expect(figure(figures, "requests.total")).toMatchObject({ a: null, b: 3, verdict: "notComparable" });
  });

  it("is as its schema says, also as JSON", () => {
    const json = JSON.parse(JSON.stringify(diff));
    expect([...Errors(diffSchema(), json)]).toEqual([]);
    expect(Check(diffSchema(), { ...json, figures: [{}] })).toBe(false);
  });
});

describe("latency", () => {
  const change = (a: Partial<MetricValues>, b: Partial<MetricValues>) =>
    figure(compare(withMetrics(shifted, a), withMetrics(straight, b)).figures, "latency.byOp.read.d2c.p50Ns");

  it("of fewer than 100 requests is too little to judge", () => {
    expect(change(latency(99, 10), latency(1000, 20))).toMatchObject({
      verdict: "few",
      note: "fewer than 100 requests",
    });
  });

  it("of one run is never better or worse", () => {
    expect(change(latency(100, 10), latency(100, 20))).toMatchObject({
      verdict: "changed",
      note: "one run: no judgement on time",
      change: 10,
      relative: 1,
    });
    expect(change(latency(100, 10), latency(100, 10))?.verdict).toBe("same");
  });

  it("of an operation that only one side has is not comparable", () => {
    expect(change(latency(100, 10), {})).toMatchObject({ a: 10, b: null, verdict: "notComparable" });
  });
});

describe("the sentence", () => {
  it("says the alignment first, then the sectors", () => {
    expect(verdictText(compare(shifted, straight))).toBe(
      "B aligns 2 of its 2 writes to 4 KiB where A aligned none; 23 sectors are touched by both, 2 only by A, 9 only by B.",
    );
    expect(verdictText(compare(straight, shifted))).toBe(
      "B aligns none of its 2 writes to 4 KiB where A aligned 2 of 2; 23 sectors are touched by both, 9 only by A, 2 only by B.",
    );
  });

  it("has its key clause strong", () => {
    const strong = verdictSentence(compare(shifted, straight)).filter((piece) => piece.strong);
    expect(strong.map(({ text }) => text)).toEqual(["A aligned none"]);
  });

  it("says the failed requests before all else", () => {
    const errors = (total: number) => ({ errors: { total, byOp: {}, byErrno: [] } });
    const diff = compare(withMetrics(shifted, errors(0)), withMetrics(straight, errors(3)));
    expect(verdictText(diff)).toMatch(/^Failed requests: 0 in A, 3 in B; /);
  });

  it("takes the largest change where the alignment is the same", async () => {
    const more = await summaryOf("more", ["R 0 8", "W 64 8", "W 72 16", "R 8 8"]);
    expect(verdictText(compare(straight, more))).toBe(
      "Read: 4 KiB in A, 8 KiB in B; 32 sectors are touched by both, 8 only by B.",
    );
  });

  it("says so where nothing changed", () => {
    expect(verdictText(compare(shifted, shifted))).toBe(
      "A and B have the same figures but for time; both touch the same 25 sectors, in the same way.",
    );
  });
});
