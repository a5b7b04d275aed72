import { describe, expect, it } from "vitest";
import { textOf } from "../../src/report/segments.ts";
import { sentence } from "../../src/report/sentence.ts";
import { HELLO, ok, type Row, type SummaryChanges, summaryOf } from "./fixture.ts";

function said(rows: readonly Row[], changes: SummaryChanges = {}): string {
  return textOf(sentence(summaryOf(rows, changes), "whole"));
}

function keyOf(rows: readonly Row[], changes: SummaryChanges = {}): string {
  return textOf(sentence(summaryOf(rows, changes), "whole").filter((piece) => piece.strong));
}

function many(count: number, op: Row[0], sector: number, sectors: number): readonly Row[] {
  return Array.from({ length: count }, (_, i): Row => [op, sector + i * sectors, sectors]);
}

describe("the sentence of a trace", () => {
  it("says how many writes there are, how they are aligned and what they touch", () => {
    expect(said(HELLO)).toBe("10 writes, all unaligned to 4 KiB, touch 16 sectors.");
    expect(keyOf(HELLO)).toBe("all unaligned to 4 KiB");
  });

  it("counts the unaligned ones where only some are", () => {
    expect(said([...many(3, "write", 0, 8), ["write", 63, 8]])).toBe(
      "4 writes, 1 of them unaligned to 4 KiB, touch 32 sectors.",
    );
  });

  it("speaks of one write in the singular, and of two as both", () => {
    expect(said([["write", 63, 1]])).toBe("1 write, unaligned to 4 KiB, touches 1 sector.");
    expect(said(many(2, "write", 0, 8))).toBe("2 writes, both aligned to 4 KiB, touch 16 sectors.");
  });

  it("says whether many go in order, or to and fro", () => {
    const rows = many(100, "write", 0, 8);
    const distances = (sequential: number, p50AbsoluteBytes: number, count = 99) => {
      const figures = {
        count,
        sequential,
        p50AbsoluteBytes,
        meanAbsoluteBytes: 0,
        p90AbsoluteBytes: 0,
        maxAbsoluteBytes: 0,
        backward: [],
        forward: [],
      };
      return { metrics: { seekDistances: ok({ all: figures, byOp: { write: figures } }) } };
    };
    expect(said(rows, distances(99, 0))).toBe("100 writes in order, all aligned to 4 KiB, touch 400 KiB.");
    expect(said(rows, distances(0, 1 << 20))).toBe("100 scattered writes, all aligned to 4 KiB, touch 400 KiB.");
    for (const neither of [distances(50, 0), distances(0, 8192), distances(31, 0, 31)])
      expect(said(rows, neither)).toBe("100 writes, all aligned to 4 KiB, touch 400 KiB.");
  });

  it("gives a wide extent in bytes, and says when it is an estimate", () => {
    const rows = many(3, "write", 0, 8192);
    expect(said(rows)).toContain("touch 12 MiB.");
    const footprint = { ...footprintOf(rows), exact: false, relativeError: 0.02 };
    expect(said(rows, { metrics: { footprint: ok(footprint) } })).toContain("touch about 12 MiB.");
  });

  it("gives what the writes carry where several devices have no footprint together", () => {
    const footprint = { ok: false, missing: ["single device"] } as const;
    expect(said(many(3, "write", 0, 8), { metrics: { footprint } })).toContain("carry 12 KiB.");
  });

  it("says of a trace that only reads that nothing is written", () => {
    const rows: readonly Row[] = [...many(3, "read", 0, 8), ["read", 65, 2]];
    expect(said(rows)).toBe("4 reads, 1 of them unaligned to 4 KiB, fetch 13 KiB; nothing is written.");
    expect(keyOf(rows)).toBe("nothing is written");
  });

  it("mentions reads beside writes only where there are about as many", () => {
    expect(said(HELLO)).not.toContain("read");
    expect(said([...many(65, "read", 0, 8), ["write", 0, 8]])).toBe(
      "1 write, aligned to 4 KiB, touches 8 sectors; 65 reads fetch 260 KiB.",
    );
  });

  it("leads with discards where they cover far more than the writes", () => {
    const rows: readonly Row[] = [["write", 0, 8], ...many(4, "discard", 2048, 2048)];
    expect(said(rows)).toBe("4 discards free 4 MiB; 1 write, aligned to 4 KiB, touches 8 sectors.");
    expect(keyOf(rows)).toBe("4 discards free 4 MiB");
  });

  it("tells write-zeroes apart from writes", () => {
    expect(said([["write", 63, 2], ...many(4, "writeZeroes", 128, 64)])).toBe(
      "1 write, unaligned to 4 KiB, touches 2 sectors; 4 write-zeroes clear 128 KiB.",
    );
  });

  it("says how often it flushes where it flushes often", () => {
    const rows = [...many(100, "write", 0, 8), ...many(40, "flush", 0, 0)];
    expect(said(rows)).toBe("100 writes, all aligned to 4 KiB, touch 400 KiB, with a flush for every 2.5 writes.");
    expect(keyOf(rows)).toBe("a flush for every 2.5 writes");
    expect(said([...many(100, "write", 0, 8), ["flush", 0, 0]])).not.toContain("flush");
  });

  it("begins with what failed", () => {
    const errors = ok({ total: 3, byOp: { write: 3 }, byErrno: [[5, 3]] });
    expect(said(HELLO, { metrics: { errors } })).toMatch(/^3 of 15 requests failed; 10 writes/);
    expect(keyOf(HELLO, { metrics: { errors } })).toBe("3 of 15 requests failed");
  });

  it("says so when there are only flushes, and when there is nothing", () => {
    expect(said(many(3, "flush", 0, 0))).toBe("3 flushes, and no data moves.");
    expect(said([])).toBe("No request is in this part of the trace.");
  });

  it("has exactly one strong clause, and ends with a full stop", () => {
    for (const rows of [HELLO, many(3, "flush", 0, 0), many(3, "read", 0, 8), many(3, "zoneReset", 0, 8)]) {
      const pieces = sentence(summaryOf(rows), "whole");
      expect(pieces.filter((piece) => piece.strong).length).toBeLessThanOrEqual(1);
      expect(textOf(pieces)).toMatch(/^\S.*[^.]\.$/);
    }
  });
});

function footprintOf(rows: readonly Row[]) {
  const { footprint } = summaryOf(rows).scopes["whole"]!;
  if (!footprint?.ok) throw new Error("the fixture has a footprint");
  return footprint.value;
}
