import { expect, it } from "vitest";
import { Roster } from "../../src/model/roster.ts";

it("numbers what it knows, and gives everything beyond its bound the last number", () => {
  const roster = new Roster<string, string>(3, () => "others");
  expect(["a", "b", "c", "d"].map((key) => roster.find(key) ?? roster.add(key, key.toUpperCase()))).toEqual([
    0, 1, 2, 2,
  ]);
  expect(roster.entries).toEqual(["A", "B", "others"]);
  expect([roster.find("a"), roster.find("c")]).toEqual([0, undefined]);
});
