import fc from "fast-check";
import { expect, it } from "vitest";
import { SortedQueue } from "../../../src/formats/completed/sortedQueue.ts";

const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant("shift" as const)), { maxLength: 3000 });

it("gives the smallest key first, and the first of equals", () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const queue = new SortedQueue();
      const held: { key: number; value: number }[] = [];
      for (const [value, step] of taken.entries()) {
        if (step !== "shift") {
          queue.push(step, value);
          held.push({ key: step, value });
          continue;
        }
        if (held.length === 0) continue;
        const first = held.reduce((best, other) => (other.key < best.key ? other : best));
        expect(queue.firstKey).toBe(first.key);
        expect(queue.shift()).toBe(first.value);
        held.splice(held.indexOf(first), 1);
      }
      expect(queue.length).toBe(held.length);
    }),
    { numRuns: 60 },
  );
});

it("has no first key when it is empty", () => expect(new SortedQueue().firstKey).toBe(Number.POSITIVE_INFINITY));
