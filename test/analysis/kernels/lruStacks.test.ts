import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Direction,
  keepFacts,
  READ,
  reserveBlocks,
  startBlockFacts,
  WRITE,
} from "../../../src/analysis/kernels/blockFacts.ts";
import {
  enter,
  keepInStacks,
  type LruStacks,
  leaveAll,
  leaveDirection,
  reserveSlots,
  startLruStacks,
} from "../../../src/analysis/kernels/lruStacks.ts";
import { MOST_QUARTERS, quarterEdge, quarterOf } from "../../../src/analysis/kernels/quarterOctaves.ts";
import { stackDistances } from "../../support/slowReuse.ts";

interface Use {
  readonly block: number;
  readonly direction: Direction;
}

const anyUses = (blocks: number, maxLength: number) =>
  fc.array(fc.record({ block: fc.nat(blocks), direction: fc.constantFrom<Direction>(READ, WRITE) }), {
    maxLength,
    size: "max",
  });

/** Distances among all uses, and among those of the same direction; -1 for the first. */
function exact(uses: readonly Use[]): [number, number][] {
  const distances = (of: readonly Use[]) =>
    stackDistances(of.map(({ block }) => `${block}`)).map((distance) => (Number.isFinite(distance) ? distance : -1));
  const ofAll = distances(uses);
  const own = [READ, WRITE].map((each) => distances(uses.filter(({ direction }) => direction === each)));
  return uses.map(({ direction }, i) => [ofAll[i]!, own[direction]!.shift()!]);
}

function use(stacks: LruStacks, { block, direction }: Use, isNew: boolean): [number, number] {
  reserveBlocks(stacks.facts, block + 1);
  reserveSlots(stacks, 1);
  const distances: [number, number] = [
    isNew ? -1 : leaveAll(stacks, block, 1),
    leaveDirection(stacks, direction, block, 1),
  ];
  enter(stacks, direction, block, 1);
  return distances;
}

function useAll(stacks: LruStacks, uses: readonly Use[], known: Set<number>): [number, number][] {
  return uses.map((each) => {
    const isNew = !known.has(each.block);
    known.add(each.block);
    return use(stacks, each, isNew);
  });
}

describe("LRU stacks", () => {
  it("tell how many other blocks came in between: of all, of reads and of writes", () => {
    fc.assert(
      fc.property(anyUses(150, 900), (uses) => {
        expect(useAll(startLruStacks(startBlockFacts()), uses, new Set())).toEqual(exact(uses));
      }),
    );
  });

  it("keep the order of the blocks that they keep", () => {
    fc.assert(
      fc.property(anyUses(99, 300), anyUses(49, 50), (uses, next) => {
        const stacks = startLruStacks(startBlockFacts());
        reserveBlocks(stacks.facts, 100);
        useAll(stacks, uses, new Set());
        const number = Int32Array.from({ length: 100 }, (_, block) => (block % 2 === 0 ? block / 2 : -1));
        keepFacts(stacks.facts, number);
        keepInStacks(stacks, number);
        const kept = uses.filter(({ block }) => block % 2 === 0).map((each) => ({ ...each, block: each.block / 2 }));
        const known = new Set(kept.map(({ block }) => block));
        expect(useAll(stacks, next, known)).toEqual(exact([...kept, ...next]).slice(kept.length));
      }),
    );
  });

  it("move neighbours that were used together at once", () => {
    fc.assert(
      fc.property(anyUses(150, 60), (uses) => {
        const one = startLruStacks(startBlockFacts());
        const each = startLruStacks(startBlockFacts());
        for (const stacks of [one, each]) {
          reserveBlocks(stacks.facts, 240);
          reserveSlots(stacks, 40);
          enter(stacks, READ, 200, 40);
          useAll(stacks, uses, new Set());
          reserveSlots(stacks, 40);
        }
        const distance = [leaveAll(one, 200, 40), leaveDirection(one, READ, 200, 40)];
        enter(one, READ, 200, 40);
        for (let block = 200; block < 240; block++)
          expect(use(each, { block, direction: READ }, false)).toEqual(distance);
        expect(use(one, { block: 200, direction: READ }, false)).toEqual([39, 39]);
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
