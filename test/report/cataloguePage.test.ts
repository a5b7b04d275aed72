import { describe, expect, it } from "vitest";
import { cataloguePage } from "../../src/report/pages/cataloguePage.ts";
import { textOf } from "../../src/report/segments.ts";
import type { BrokenTrace, TraceEntry } from "../../src/report/siteModel.ts";
import { HELLO, modelOf, summaryOf, traceOf } from "./fixture.ts";

const SITE = { title: "Block traces", url: null, date: null };

function pageOf(traces: readonly TraceEntry[]) {
  return cataloguePage(modelOf({ traces }), SITE);
}

function traceIn(group: string, slug: string, format = "qtr") {
  return { ...traceOf(summaryOf(HELLO, { trace: { slug, format } })), group };
}

const BROKEN: BrokenTrace = {
  ok: false,
  slug: "b",
  group: "",
  title: "b",
  message: "b.qtr:3: invalid sector; expected a number",
  place: "b.qtr:3",
  what: "invalid sector",
  cure: "expected a number",
  files: [],
};

describe("the catalogue", () => {
  it("counts what it has, and what needs a look", () => {
    expect(textOf(pageOf([traceIn("", "a"), BROKEN]).lede)).toBe("2 traces; 1 could not be read.");
  });

  it("says how to begin where there is nothing", () => {
    expect(textOf(pageOf([]).lede)).toBe("No trace yet: put one into traces/ and build again.");
  });

  it("groups by folder, in the order of the model", () => {
    const { groups } = pageOf([traceIn("disk", "a"), traceIn("disk", "b"), traceIn("lvm", "c")]);
    expect(groups.map(({ title, rows }) => [title, rows.length])).toEqual([
      ["disk", 2],
      ["lvm", 1],
    ]);
  });

  it("filters by format only where there are several", () => {
    expect(pageOf([traceIn("", "a")]).formats).toEqual([]);
    const page = pageOf([traceIn("", "a", "qtr"), traceIn("", "b", "blktrace")]);
    expect(page.formats.map(({ id }) => id)).toEqual(["format-1", "format-2"]);
    expect(page.groups[0]?.rows.map(({ classes }) => classes)).toEqual([
      "format-2 severity-none",
      "format-1 severity-none",
    ]);
  });

  it("gives rare formats one filter together, so that the style sheet's slots suffice", () => {
    const ten = Array.from({ length: 10 }, (_, i) => traceIn("", `t${i}`, `format${i}`));
    const page = pageOf(ten);
    expect(page.formats).toHaveLength(8);
    expect(page.formats[7]?.label).toBe("format7, format8 and format9");
    expect(page.groups[0]?.rows[9]?.classes).toContain("format-8");
  });

  it("gives counts of unaligned writes, not percentages of a few", () => {
    const cell = pageOf([traceIn("", "a")]).groups[0]?.rows[0]?.cells[3];
    expect(cell).toEqual({ label: "Unaligned writes", value: 1, text: "10 of 10" });
  });

  it("lists broken traces with their message", () => {
    expect(pageOf([BROKEN]).broken).toEqual([
      { href: "traces/b/index.html", title: "b", text: "b.qtr:3: invalid sector; expected a number" },
    ]);
  });
});
