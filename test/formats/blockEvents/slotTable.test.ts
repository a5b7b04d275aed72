import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashOf, SlotTable } from "../../../src/formats/blockEvents/slotTable.ts";

const DOUBLES = 2;
const VALUE = 1;

/** The values of all slots that a table has under a hash, oldest first; the other slots of the bucket are passed over. */
function valuesOf(table: SlotTable, hash: number): number[] {
  const values: number[] = [];
  for (let slot = table.first(hash); slot >= 0; slot = table.after(slot))
    if (table.ints[slot * DOUBLES * 2 + 1] === hash) values.push(table.doubles[slot * DOUBLES + VALUE]!);
  return values;
}

describe("a slot table", () => {
  it("keeps the slots of a hash in order of their coming, through removals and growth", () => {
    const step = fc.record({ place: fc.integer({ min: 0, max: 40 }).map((i) => i * 4096), removes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 0, max: 3000 }), (steps, others) => {
        const table = new SlotTable(1 << 14, DOUBLES);
        const model = new Map<number, number[]>();
        for (const [value, { place, removes }] of steps.entries()) {
          const hash = hashOf(1, place);
          const expected = model.get(hash) ?? [];
          model.set(hash, expected);
          if (removes && expected.length > 0) {
            let slot = table.first(hash);
            while (table.doubles[slot * DOUBLES + VALUE] !== expected[0]) slot = table.after(slot);
            table.unlink(slot);
            table.free(slot);
            expected.shift();
          } else {
            const slot = table.insert(hash);
            table.doubles[slot * DOUBLES + VALUE] = value;
            expected.push(value);
          }
        }
        for (let i = 0; i < others; i++) table.doubles[table.insert(hashOf(2, i * 512)) * DOUBLES + VALUE] = -1;
        for (const [hash, expected] of model)
          expect(valuesOf(table, hash).filter((value) => value >= 0)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("gives no slot when all are taken, and one again when one is free", () => {
    const table = new SlotTable(1024, DOUBLES);
    const slots = Array.from({ length: 1024 }, (_, i) => table.insert(hashOf(1, i * 512)));
    expect(Math.min(...slots)).toBe(0);
    expect(table.insert(0)).toBe(-1);
    table.unlink(slots[7]!);
    table.free(slots[7]!);
    expect(table.insert(0)).toBe(slots[7]);
  });
});
