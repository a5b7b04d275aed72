import { describe, expect, it } from "vitest";
import { FINDINGS, judge } from "../../src/findings/index.ts";
import { alignment, evidence, footprint, found, requests } from "./kit.ts";

describe("findings", () => {
  it("have an id of their own and a question", () => {
    expect(new Set(FINDINGS.map(({ id }) => id)).size).toBe(FINDINGS.length);
    for (const { id, question } of FINDINGS) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(question).toMatch(/^[A-Z].*\?$/);
    }
  });

  it("stay silent where nothing is recorded", () => {
    expect(judge(evidence({}))).toEqual([]);
  });

  it("come with the most severe first", () => {
    const facts = {
      metrics: {
        requests: requests({ read: { count: 4 }, flush: { count: 1 } }),
        alignment: alignment({ read: { aligned: 1, unaligned: 3 }, write: { aligned: 0, unaligned: 2 } }),
        footprint: footprint({ distinctReadBytes: 512, rereadBytes: 1 << 20 }),
      },
    };
    expect(judge(evidence(facts)).map(({ severity }) => severity)).toEqual(["high", "medium", "low", "info"]);
  });

  it("write sentences that end, and titles that do not", () => {
    const facts = {
      metrics: {
        alignment: alignment({ write: { aligned: 0, unaligned: 2 } }),
        footprint: footprint({
          distinctReadBytes: 512,
          rereadBytes: 1 << 20,
          distinctWrittenBytes: 512,
          rewrittenBytes: 1 << 20,
        }),
        errors: { total: 1, byOp: { read: 1 }, byErrno: [[5, 1]] },
      },
      quality: { droppedEvents: 3, notes: [{ code: "marker-without-partner", text: "span without its end" }] },
    };
    const findings = judge(evidence(facts));
    expect(findings).toHaveLength(6);
    for (const { title, evidence: text, advice } of findings) {
      expect(title).not.toMatch(/\.$/);
      expect(text).toMatch(/^[A-Z0-9].*\.$/);
      expect(advice).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("unaligned writes", () => {
  const judged = (aligned: number, unaligned: number) =>
    found("unaligned-writes", { metrics: { alignment: alignment({ write: { aligned, unaligned } }) } });

  it("are high where they are half of the writes or more", () => {
    expect(judged(0, 10)).toMatchObject({ severity: "high", title: "All 10 writes are unaligned to 4 KiB" });
    expect(judged(4, 6)).toMatchObject({ severity: "high", title: "6 of 10 writes are unaligned to 4 KiB" });
    expect(judged(0, 1)).toMatchObject({ severity: "high", title: "The only write is unaligned to 4 KiB" });
  });

  it("are medium from a tenth on, and low below", () => {
    expect(judged(9, 1)).toMatchObject({ severity: "medium", title: "1 of 10 writes is unaligned to 4 KiB" });
    expect(judged(99, 1)).toMatchObject({ severity: "low" });
  });

  it("are none where all are aligned, or none is written", () => {
    expect(judged(10, 0)).toBeUndefined();
    expect(judged(0, 0)).toBeUndefined();
  });

  it("name the boundary that holds", () => {
    expect(judged(0, 10)?.evidence).toBe("All are aligned to 2 KiB.");
  });

  it("name the partition that shifts them", () => {
    const facts = {
      metrics: { alignment: alignment({ write: { aligned: 0, unaligned: 5 } }) },
      partitions: [{ name: "1", startSector: 63, sectors: null }],
    };
    expect(found("unaligned-writes", facts)?.evidence).toContain(
      "Partition 1 starts at sector 63, 3.5 KiB past a 4 KiB boundary",
    );
  });

  it("count zone appends as writes", () => {
    const facts = { metrics: { alignment: alignment({ zoneAppend: { aligned: 0, unaligned: 2 } }) } };
    expect(found("unaligned-writes", facts)).toMatchObject({ title: "Both writes are unaligned to 4 KiB" });
  });
});

describe("unaligned reads", () => {
  const judged = (aligned: number, unaligned: number) =>
    found("unaligned-reads", { metrics: { alignment: alignment({ read: { aligned, unaligned } }) } });

  it("are medium from half on, low from a tenth on", () => {
    expect(judged(2, 63)).toMatchObject({ severity: "medium", title: "63 of 65 reads are unaligned to 4 KiB" });
    expect(judged(9, 1)).toMatchObject({ severity: "low" });
  });

  it("are none where few are, or none", () => {
    expect(judged(99, 1)).toBeUndefined();
    expect(judged(10, 0)).toBeUndefined();
  });
});

describe("a misaligned partition", () => {
  const at = (startSector: number, physicalBlockBytes?: number) =>
    found("misaligned-partition", {
      partitions: [{ name: "1", startSector, sectors: null }],
      ...(physicalBlockBytes === undefined ? {} : { physicalBlockBytes }),
    });

  it("starts off a 4 KiB boundary", () => {
    expect(at(63)).toMatchObject({ severity: "medium" });
    expect(at(63)?.title).toBe("Partition 1 starts at sector 63, 3.5 KiB past a 4 KiB boundary");
    expect(at(63)?.evidence).toBe("The disk's physical block is not recorded.");
  });

  it("is called partition once", () => {
    const partitions = [{ name: "partition 1", startSector: 63, sectors: null }];
    expect(found("misaligned-partition", { partitions })?.title).toMatch(/^Partition 1 starts at sector 63,/);
    const aligned = [{ name: "partition 1", startSector: 64, sectors: null }];
    expect(found("aligned-partition", { partitions: aligned })?.title).toMatch(/^Partition 1 starts on/);
  });

  it("is high where the disk is known to have larger blocks than 512 B", () => {
    expect(at(63, 512)).toMatchObject({ severity: "medium" });
    expect(at(63, 4096)).toMatchObject({ severity: "high" });
  });

  it("starts off the disk's larger physical block", () => {
    expect(at(8, 16384)?.title).toContain("4 KiB past a 16 KiB boundary");
    expect(at(32, 16384)).toBeUndefined();
  });

  it("is none at 64 and 2 048", () => {
    expect(at(64)).toBeUndefined();
    expect(at(2048, 4096)).toBeUndefined();
  });
});

describe("repeated work", () => {
  it("is found where a quarter of the bytes read were read before", () => {
    const read = (rereadBytes: number, distinctReadBytes: number, exact = true) =>
      found("repeated-reads", { metrics: { footprint: footprint({ rereadBytes, distinctReadBytes, exact }) } });
    expect(read(3 << 20, 1 << 20)).toMatchObject({ severity: "low", title: "75 % of what is read was read before" });
    expect(read(3 << 20, 1 << 20, false)?.title).toBe("About 75 % of what is read was read before");
    expect(read(1024, 4096)).toBeUndefined();
    expect(read(0, 0)).toBeUndefined();
  });

  it("is found where a quarter of the bytes written go to blocks written before", () => {
    const written = (rewrittenBytes: number, distinctWrittenBytes: number) =>
      found("rewritten-blocks", { metrics: { footprint: footprint({ rewrittenBytes, distinctWrittenBytes }) } });
    expect(written(5 << 20, 8 << 20)?.title).toBe("38 % of what is written goes to blocks written before");
    expect(written(1 << 20, 8 << 20)).toBeUndefined();
    expect(written(60 << 10, 8 << 10)).toBeUndefined();
    expect(written(0, 0)).toBeUndefined();
  });
});

describe("flushes", () => {
  const judged = (writes: number, issued: number, queued: number | null = null) => ({
    metrics: { requests: requests({ write: { count: writes }, flush: { count: issued } }, queued) },
  });

  it("are a finding where there is one for every few writes", () => {
    expect(found("flush-after-every-write", judged(976, 389))).toMatchObject({
      severity: "low",
      title: "A flush for every 2.5 writes",
      evidence: "389 flushes and 976 writes.",
    });
    expect(found("flush-after-every-write", judged(20, 20))).toMatchObject({
      severity: "medium",
      title: "A flush for every write",
    });
  });

  it("are said to be more than the writes where they are", () => {
    expect(found("flush-after-every-write", judged(40, 43))?.title).toBe("More flushes than writes");
    expect(found("flush-after-every-write", judged(40, 41))?.title).toBe("A flush for every write");
  });

  it("count as queued where that is recorded", () => {
    expect(found("flush-after-every-write", judged(100, 1, 30))?.evidence).toBe("30 flushes and 100 writes.");
  });

  it("are no finding beside few writes, or many more", () => {
    expect(found("flush-after-every-write", judged(5, 6))).toBeUndefined();
    expect(found("flush-after-every-write", judged(1000, 10))).toBeUndefined();
  });

  it("are a neutral fact otherwise", () => {
    const flush = (atNs: number) => [5, 0, 0, atNs, 1, 0, 0, 0];
    const facts = { ...judged(5, 2), sequence: [flush(0), [0, 0, 512, 5, 1, 0, 0, 0], flush(256_000_000)] };
    expect(found("flushes", facts)).toMatchObject({
      severity: "info",
      title: "2 flushes for 5 writes",
      evidence: "256 ms between the first two.",
    });
    expect(found("flushes", judged(5, 1))?.title).toBe("1 flush for 5 writes");
    expect(found("flushes", judged(0, 1))?.title).toBe("1 flush, no write");
    expect(found("flushes", judged(20, 20))).toBeUndefined();
    expect(found("flushes", judged(20, 0))).toBeUndefined();
  });
});

describe("device errors", () => {
  const failed = (byOp: Record<string, number>, byErrno: number[][]) =>
    found("device-errors", {
      metrics: {
        requests: requests({ read: { count: 100 }, write: { count: 21 } }),
        errors: { total: byErrno.reduce((sum, [, count]) => sum + count!, 0), byOp, byErrno },
      },
    });

  it("are high, and say which operation failed how", () => {
    expect(failed({ read: 2, write: 1 }, [[5, 3]])).toMatchObject({
      severity: "high",
      title: "3 of 121 requests failed",
      evidence: "2 reads and 1 write: 3 × EIO (input/output error).",
    });
  });

  it("are low where the device only lacks an operation", () => {
    expect(failed({ writeZeroes: 1 }, [[95, 1]])).toMatchObject({ severity: "low" });
    expect(
      failed({ writeZeroes: 1, read: 1 }, [
        [95, 1],
        [5, 1],
      ]),
    ).toMatchObject({ severity: "high" });
  });

  it("name numbers that they do not know", () => {
    expect(failed({ read: 1 }, [[999, 1]])?.evidence).toBe("1 read: 1 × errno 999.");
  });

  it("are none where no request failed", () => {
    expect(failed({}, [])).toBeUndefined();
  });
});

describe("lost events", () => {
  const judged = (quality: object) => found("lost-events", { quality });

  it("are medium, and high from one in a hundred on", () => {
    expect(judged({ droppedEvents: 2 })).toMatchObject({
      severity: "medium",
      title: "The trace is incomplete: 2 events dropped while recording",
    });
    expect(judged({ sequenceGaps: 1, missingEvents: 50 })).toMatchObject({ severity: "high" });
    expect(judged({ notUnderstood: 1 })).toMatchObject({ severity: "medium" });
  });

  it("are a cut end", () => {
    expect(judged({ truncated: true })).toMatchObject({
      severity: "low",
      title: "The trace is incomplete: the end is cut off",
    });
  });

  it("may be where a CPU has no file", () => {
    const notes = [{ code: "cpu-files-missing", text: "vda has no file for CPU 0: it was idle, or it is missing" }];
    expect(judged({ notes })).toMatchObject({
      severity: "low",
      title: "The trace may be incomplete: there is no file for some CPUs",
      advice: "Put the files of all CPUs of the recording beside each other.",
    });
    expect(judged({ notes, truncated: true })?.title).toBe("The trace is incomplete: the end is cut off");
  });

  it("are requests without a partner beyond what is normal at the ends of a recording", () => {
    expect(judged({ unmatchedIssues: 1 })).toBeUndefined();
    expect(judged({ unmatchedIssues: 1, unmatchedCompletions: 1 })).toMatchObject({ severity: "medium" });
  });

  it("are none in a clean trace, or where the format cannot tell", () => {
    expect(judged({})).toBeUndefined();
    expect(judged({ droppedEvents: 0, sequenceGaps: 0, missingEvents: 0 })).toBeUndefined();
  });
});

describe("markers", () => {
  it("are incomplete where the quality record says so", () => {
    const note = { code: "marker-without-partner", text: 'span "x" was switched on and never off: it runs to the end' };
    expect(found("markers-incomplete", { quality: { notes: [note] } })).toMatchObject({
      severity: "low",
      title: "1 marker without a partner",
      evidence: 'Span "x" was switched on and never off: it runs to the end.',
    });
    expect(found("markers-incomplete", { quality: { notes: [{ ...note, code: "unknown-device" }] } })).toBeUndefined();
  });
});
