import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SequenceDiff } from "../../src/compare/diff.ts";
import { compare } from "../../src/compare/index.ts";
import { align } from "../../src/compare/sequence/align.ts";
import { inOrder } from "../../src/compare/sequence/inOrder.ts";
import { summaryOf } from "./kit.ts";

const nothing = { same: 0, added: 0, removed: 0, moved: 0, resized: 0, reordered: 0 };

async function sequenceOf(a: readonly string[], b: readonly string[]): Promise<SequenceDiff> {
  const diff = compare(await summaryOf("a", a), await summaryOf("b", b));
  return diff.sequence!;
}

/** "+ write 8..16" for each step, as short as a reader would say it; in sectors. */
function told({ steps }: SequenceDiff): string[] {
  const place = (request: { offsetBytes: number; lengthBytes: number } | null) =>
    request === null ? "" : ` ${request.offsetBytes / 512}+${request.lengthBytes / 512}`;
  return steps.map((step) =>
    step.change === "folded"
      ? `… ${step.count}`
      : `${step.change}${place(step.a)}${step.a && step.b ? " →" : ""}${place(step.b)}`,
  );
}

describe("the sequence of requests", () => {
  it("of a trace against itself has no difference", async () => {
    const lines = ["R 0 8", "W 63 8", "W 63 8", "R 100 1"];
    expect(await sequenceOf(lines, lines)).toMatchObject({ counts: { ...nothing, same: 4 }, steps: [], shift: null });
  });

  it("tells what was added, and what was removed", async () => {
    const diff = await sequenceOf(["R 0 8", "W 8 8", "R 64 8"], ["R 0 8", "R 64 8", "W 200 16"]);
    expect(diff.counts).toEqual({ ...nothing, same: 2, added: 1, removed: 1 });
    expect(told(diff)).toEqual(["same 0+8 → 0+8", "removed 8+8", "same 64+8 → 64+8", "added 200+16"]);
    expect(diff.byOp).toEqual({
      read: { ...nothing, same: 2 },
      write: { ...nothing, added: 1, removed: 1 },
    });
  });

  it("tells a request that keeps its place and has another length", async () => {
    const diff = await sequenceOf(["R 0 8", "W 64 8", "R 9 1"], ["R 0 8", "W 64 16", "R 9 1"]);
    expect(told(diff)[1]).toBe("resized 64+8 → 64+16");
  });

  it("tells requests that all moved by one distance", async () => {
    const diff = await sequenceOf(["R 63 8", "W 79 2", "R 163 1"], ["R 2048 8", "W 2064 2", "R 2148 1"]);
    expect(diff.counts).toEqual({ ...nothing, moved: 3 });
    expect(diff.shift).toEqual({ bytes: 1985 * 512, requests: 3 });
  });

  it("tells a request that comes at another time, at both its places", async () => {
    const diff = await sequenceOf(["R 0 8", "R 8 8", "W 16 8", "R 24 8"], ["R 8 8", "W 16 8", "R 24 8", "R 0 8"]);
    expect(diff.counts).toEqual({ ...nothing, same: 3, reordered: 1 });
    expect(told(diff)[0]).toBe("reordered 0+8 → 0+8");
    expect(told(diff).at(-1)).toBe("reordered 0+8 → 0+8");
  });

  it("never takes a read for a write", async () => {
    expect((await sequenceOf(["R 0 8"], ["W 0 8"])).counts).toEqual({ ...nothing, added: 1, removed: 1 });
  });

  it("folds what is the same but for three requests around a change", async () => {
    const lines = Array.from({ length: 20 }, (_, i) => `R ${i * 8} 8`);
    const diff = await sequenceOf(lines, lines.with(10, "W 80 8"));
    expect(told(diff)[0]).toBe("… 7");
    expect(told(diff).at(-1)).toBe("… 6");
    expect(diff.steps).toHaveLength(1 + 3 + 2 + 3 + 1);
  });

  it("is not told where a Summary does not hold it all", async () => {
    const long = await summaryOf(
      "long",
      Array.from({ length: 4097 }, (_, i) => `R ${i} 1`),
    );
    const short = await summaryOf("short", ["R 0 1"]);
    expect(compare(long, short).sequence).toBeNull();
    expect(compare(short, long).sequence).toBeNull();
  });
});

const keys = fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 40 });

/** The length of a longest common subsequence, by the table of every textbook. */
function longest(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      table[i]![j] = a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
  return table[a.length]![b.length]!;
}

function expectInOrder(matches: readonly { a: number; b: number }[], a: readonly string[], b: readonly string[]) {
  for (const [index, match] of matches.entries()) {
    expect(a[match.a]).toBe(b[match.b]);
    if (index === 0) continue;
    expect(match.a).toBeGreaterThan(matches[index - 1]!.a);
    expect(match.b).toBeGreaterThan(matches[index - 1]!.b);
  }
}

describe("an alignment", () => {
  it("pairs equal items in order, as many as there can be", () => {
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        const matches = align(a, b);
        expectInOrder(matches, a, b);
        expect(matches).toHaveLength(longest(a, b));
      }),
    );
  });

  it("beyond its limit of edits is still in order, and longest where no item occurs twice", () => {
    const distinct = fc.uniqueArray(fc.nat({ max: 30 }).map(String), { maxLength: 30 });
    fc.assert(
      fc.property(distinct, distinct, (a, b) => {
        const matches = inOrder(a, b);
        expectInOrder(matches, a, b);
        expect(matches).toHaveLength(longest(a, b));
      }),
    );
    fc.assert(fc.property(keys, keys, (a, b) => expectInOrder(inOrder(a, b), a, b)));
  });

  it("of 4,096 requests in the opposite order ends, and pairs one", () => {
    const rows = Array.from({ length: 4096 }, (_, i) => String(i));
    expect(align(rows, [...rows].reverse())).toHaveLength(1);
  });
});
