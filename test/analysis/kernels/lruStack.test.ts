import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepInStack, startLruStack, useBlock } from "../../../src/analysis/kernels/lruStack.ts";
import { MOST_QUARTERS, quarterEdge, quarterOf } from "../../../src/analysis/kernels/quarterOctaves.ts";
import { stackDistances } from "../../support/slowReuse.ts";

const exact = (uses: readonly number[]) =>
  stackDistances(uses.map(String)).map((distance) => (distance === Number.POSITIVE_INFINITY ? -1 : distance));

describe("an LRU stack", () => {
  it("tells how many other blocks came in between", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(150), { maxLength: 900, size: "max" }), (uses) => {
        const stack = startLruStack();
        expect(uses.map((block) => useBlock(stack, block))).toEqual(exact(uses));
      }),
    );
  });

  it("keeps the order of the blocks that it keeps", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(99), { maxLength: 300, size: "max" }), (uses) => {
        const stack = startLruStack();
        for (const block of uses) useBlock(stack, block);
        const number = Int32Array.from({ length: 100 }, (_, block) => (block % 2 === 0 ? block / 2 : -1));
        keepInStack(stack, number);
        const kept = uses.filter((block) => block % 2 === 0).map((block) => block / 2);
        const next = [7, 3, 7, 40, 3];
        expect(next.map((block) => useBlock(stack, block))).toEqual(exact([...kept, ...next]).slice(kept.length));
      }),
    );
  });
});

describe("quarters of an octave", () => {
  it("begin at 1, 1.25, 1.5 and 1.75 times a power of two", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((value) => quarterEdge(quarterOf(value)))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 10,
    ]);
    expect(quarterOf(Number.MAX_SAFE_INTEGER)).toBeLessThan(MOST_QUARTERS);
  });

  it("hold their numbers", () => {
    fc.assert(
      fc.property(fc.nat(Number.MAX_SAFE_INTEGER), (value) => {
        expect(quarterEdge(quarterOf(value))).toBeLessThanOrEqual(value);
        expect(quarterEdge(quarterOf(value) + 1)).toBeGreaterThan(value);
      }),
    );
  });
});
