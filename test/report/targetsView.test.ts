import { describe, expect, it } from "vitest";
import { targetsView } from "../../src/report/pages/targetsView.ts";
import { summaryOf } from "./fixture.ts";

const write = (count: number, bytes: number, unaligned = 0) => ({ write: { count, bytes, unaligned } });

function viewOf(structures: readonly object[], more: object = {}) {
  const value = { structures, otherStructures: 0, byKind: {}, elsewhere: {}, ...more };
  const summary = summaryOf([["write", 0, 8]], { metrics: { targets: { ok: true, value } } as never });
  return targetsView(summary, "whole");
}

const JOURNAL = { name: "journal", kind: "journal", within: "sda1", byOp: write(5, 20480) };
const HELLO = {
  name: "/hello",
  kind: "file",
  within: "sda1",
  byOp: { ...write(1, 1024, 1), read: write(2, 2048).write },
};

describe("which structures the requests touched", () => {
  it("says in a line what was written, the most often written first", () => {
    expect(viewOf([HELLO, JOURNAL])?.line).toBe("Writes go to journal (5, 20 KiB) and /hello (1, 1 KiB).");
  });

  it("says in the line that something was written outside, and how much is left out", () => {
    const many = Array.from({ length: 10 }, (_, i) => ({ ...JOURNAL, name: `inode table, group ${i}` }));
    expect(viewOf(many, { elsewhere: write(1, 512) })?.line).toMatch(/, 2 more and places without a name\.$/);
  });

  it("gives the requests and bytes of each op, and what lies in no structure, in a table", () => {
    const view = viewOf([JOURNAL, HELLO], { elsewhere: write(3, 512, 3) })!;
    expect(view.table.columns.map(({ title }) => title)).toEqual([
      ...["Structure", "In", "Reads", "Bytes", "Writes", "Bytes", "Unaligned to 4 KiB"],
    ]);
    expect(view.table.rows).toEqual([
      ["journal", "sda1", null, null, 5, 20480, 0],
      ["/hello", "sda1", 2, 2048, 1, 1024, 1],
      ["no known structure", null, null, null, 3, 512, 3],
    ]);
    expect(view.rest).toBeNull();
  });

  it("is nothing without a layout", () => {
    expect(targetsView(summaryOf([["write", 0, 8]]), "whole")).toBeNull();
    expect(viewOf([])).toBeNull();
  });
});
