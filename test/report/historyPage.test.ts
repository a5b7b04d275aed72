import { describe, expect, it } from "vitest";
import type { Summary } from "../../src/analysis/summary.ts";
import { historyOf } from "../../src/compare/history.ts";
import { csvText } from "../../src/report/csv.ts";
import { cataloguePage } from "../../src/report/pages/cataloguePage.ts";
import { historyCsv, historyPage } from "../../src/report/pages/historyPage.ts";
import { textOf } from "../../src/report/segments.ts";
import { figureOf, HELLO, modelOf, type Row, summaryOf } from "./fixture.ts";

const SITE = { title: "Block traces", url: null, date: null };

function on(day: number, rows: readonly Row[], label: string | null = null): Summary {
  const history = { of: "hello", commit: null, date: `2026-11-0${day}`, label };
  return summaryOf(rows, { trace: { slug: `day-${day}`, title: `Day ${day}`, history } });
}

function entryOf(...summaries: readonly Summary[]) {
  return { slug: "hello", history: historyOf("hello", summaries), figures: [figureOf("requests-total")] };
}

describe("the page of a history", () => {
  const few = HELLO.slice(0, 12);
  const entry = entryOf(on(1, few, "v6.1"), on(2, HELLO), on(3, HELLO, "v6.3"));
  const page = historyPage(entry, SITE);

  it("says first in what the last point is worse than the best of the window", () => {
    expect(textOf(page.lede)).toMatch(/^v6\.3 is worse in .*requests.* than the best of the 2 points before it\.$/);
  });

  it("names for each figure the point that is the reference", () => {
    const requests = page.rows.find(({ title }) => title === "Requests");
    expect(requests).toMatchObject({ last: "15", reference: "12", at: "v6.1", change: "+25 %" });
    expect(requests?.verdict.word).toBe("worse");
  });

  it("lists its points, the last one first, with links to the recordings", () => {
    expect(page.points.map(({ name, date }) => [name, date])).toEqual([
      ["v6.3", "2026-11-03"],
      ["2026-11-02", "2026-11-02"],
      ["v6.1", "2026-11-01"],
    ]);
    expect(page.points[0]?.traces).toEqual([{ title: "Day 3", href: "../../traces/day-3/index.html" }]);
  });

  it("has its charts beside it", () => {
    expect(page.figures[0]?.wide.href).toBe("charts/requests-total.svg#plot");
  });

  it("says of a single point that there is nothing to compare it with", () => {
    expect(textOf(historyPage(entryOf(on(1, HELLO)), SITE).lede)).toBe(
      "Only 2026-11-01 so far: nothing to compare it with.",
    );
  });

  it("gives every point to programs, in plain numbers", () => {
    const [head, first] = csvText(historyCsv(entry.history)).split("\n");
    const requests = head!.split(",").indexOf("requests.total");
    expect(first!.split(",")[requests]).toBe("12");
  });

  it("is linked from the catalogue, with its verdict", () => {
    const { histories } = cataloguePage(modelOf({ histories: [entry] }), SITE);
    expect(histories).toEqual([{ href: "history/hello/index.html", title: "hello", text: textOf(page.lede) }]);
  });
});
