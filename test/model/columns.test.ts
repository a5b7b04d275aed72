import { expect, it } from "vitest";
import { dropFront, growColumns } from "../../src/model/columns.ts";

it("doubles the columns and keeps what is in them", () => {
  const batch = { length: 2, op: Uint8Array.of(1, 2), offsetBytes: Float64Array.of(0.5, 1e15) };
  growColumns(batch);
  expect(batch).toEqual({ length: 2, op: Uint8Array.of(1, 2, 0, 0), offsetBytes: Float64Array.of(0.5, 1e15, 0, 0) });
});

it("moves the rows that stay to the front", () => {
  const batch = { length: 0, row: Float64Array.of(1, 2, 3, 4) };
  dropFront(batch, 1, 3);
  expect([batch.length, ...batch.row.subarray(0, batch.length)]).toEqual([2, 2, 3]);
});
