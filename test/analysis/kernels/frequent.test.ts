import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addToFrequent,
  type Frequent,
  frequentTotal,
  mostFrequent,
  startFrequent,
} from "../../../src/analysis/kernels/frequent.ts";

const COUNTERS = 64;

/** Space-Saving as its authors wrote it, with a search for everything; of the rarest counters the next one in turn goes. */
function obvious(numbers: readonly number[]) {
  const counters: { value: number; count: number; excess: number }[] = [];
  let turn = 0;
  for (const value of numbers) {
    const own = counters.find((counter) => counter.value === value);
    if (own) own.count++;
    else if (counters.length < COUNTERS) counters.push({ value, count: 1, excess: 0 });
    else {
      const least = Math.min(...counters.map(({ count }) => count));
      while (counters[turn]!.count !== least) turn = (turn + 1) % COUNTERS;
      counters[turn] = { value, count: least + 1, excess: least };
    }
  }
  return counters;
}

const few = fc.integer({ min: -40, max: 40 }).map((n) => n * 4096);
const many = fc.integer({ min: -1000, max: 1000 }).map((n) => n * 2 ** 33);
const any = fc.maxSafeInteger();
const numbers = fc.array(fc.oneof(few, many, any), { maxLength: 600, size: "max" });
const batchSize = fc.constantFrom(1, 7, 100, 600);

function countersOf(added: readonly number[], size: number): Frequent {
  const frequent = startFrequent();
  for (let from = 0; from < added.length; from += size)
    addToFrequent(frequent, Float64Array.from(added), from, Math.min(from + size, added.length));
  return frequent;
}

describe("the most frequent numbers", () => {
  it("are those of Space-Saving", () => {
    fc.assert(
      fc.property(numbers, batchSize, (added, size) => {
        const frequent = countersOf(added, size);
        const counters = obvious(added);
        expect([...frequent.values.slice(0, frequent.used)]).toEqual(counters.map(({ value }) => value));
        expect([...frequent.counts.slice(0, frequent.used)]).toEqual(counters.map(({ count }) => count));
        expect([...frequent.excess.slice(0, frequent.used)]).toEqual(counters.map(({ excess }) => excess));
      }),
    );
  });

  it("have bounds that hold, and add up to all", () => {
    fc.assert(
      fc.property(numbers, batchSize, (added, size) => {
        const frequent = countersOf(added, size);
        expect(frequentTotal(frequent)).toBe(added.length);
        for (const { value, atLeast, atMost } of mostFrequent(frequent, 1)) {
          const times = added.filter((number) => number === value).length;
          expect(times).toBeGreaterThanOrEqual(atLeast);
          expect(times).toBeLessThanOrEqual(atMost);
        }
      }),
    );
  });
});
