import fc from "fast-check";
import { expect, it } from "vitest";
import { SlotsById } from "../../../src/formats/nbdkit/slotsById.ts";

it("is a map, also where many ids end in the same bits", () => {
  const id = fc.oneof(
    fc.nat({ max: 200 }),
    fc.nat({ max: 20 }).map((i) => i * 64),
  );
  const step = fc.record({ puts: fc.boolean(), id });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const slots = new SlotsById();
      const map = new Map<number, number>();
      for (const [slot, { puts, id }] of steps.entries()) {
        const before = map.get(id) ?? -1;
        expect(puts ? slots.put(id, slot) : slots.take(id)).toBe(before);
        map.delete(id);
        if (puts) map.set(id, slot);
        expect(slots.size).toBe(map.size);
      }
      expect(slots.slots().sort()).toEqual([...map.values()].sort());
    }),
    { numRuns: 300 },
  );
});
