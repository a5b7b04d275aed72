import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstLeafAfter, leavesOf } from "../../../src/analysis/targets/leaves.ts";
import type { Structure } from "../../../src/model/layout.ts";

const MOST = 40;

function structure(extents: Structure["extents"]): Structure {
  return { name: "x", kind: "file", within: null, extents };
}

const extent = fc.tuple(fc.nat(MOST - 1), fc.integer({ min: 1, max: 12 }));
const structures = fc.array(fc.array(extent, { maxLength: 3 }).map(structure), { maxLength: 8 });

/** The last structure that covers each byte, -1 for none: one byte after the other. */
function slowOwners(all: readonly Structure[]): number[] {
  return Array.from({ length: MOST + 12 }, (_, at) =>
    all.findLastIndex(({ extents }) => extents.some(([from, length]) => from <= at && at < from + length)),
  );
}

describe("the leaves of a layout", () => {
  it("are, at each byte, the last structure that covers it", () => {
    fc.assert(
      fc.property(structures, (all) => {
        const leaves = leavesOf(all);
        const owners = slowOwners(all).map((_, at) => {
          const leaf = firstLeafAfter(leaves, at);
          return leaf < leaves.structure.length && leaves.fromBytes[leaf]! <= at ? leaves.structure[leaf]! : -1;
        });
        expect(owners).toEqual(slowOwners(all));
      }),
    );
  });

  it("do not overlap, are in order, and neighbours differ", () => {
    fc.assert(
      fc.property(structures, (all) => {
        const { fromBytes, toBytes, structure: owner } = leavesOf(all);
        for (let i = 0; i < owner.length; i++) {
          expect(toBytes[i]).toBeGreaterThan(fromBytes[i]!);
          if (i === 0) continue;
          expect(fromBytes[i]).toBeGreaterThanOrEqual(toBytes[i - 1]!);
          expect(fromBytes[i] === toBytes[i - 1] && owner[i] === owner[i - 1]).toBe(false);
        }
      }),
    );
  });

  it("of a hundred thousand structures on top of each other are found at once", () => {
    const all = Array.from({ length: 100_000 }, (_, i) => structure([[i, 200_000 - 2 * i]]));
    const leaves = leavesOf(all);
    expect(leaves.structure[firstLeafAfter(leaves, 100_000)]).toBe(99_999);
    expect(leaves.structure[firstLeafAfter(leaves, 7)]).toBe(7);
  });
});
