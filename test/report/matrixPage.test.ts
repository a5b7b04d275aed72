import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNoisy, judged } from "../../src/compare/judge.ts";
import { matrixOf } from "../../src/compare/matrix.ts";
import { changeOf, type Direction } from "../../src/compare/verdict.ts";
import { countText } from "../../src/model/quantities.ts";
import { csvText } from "../../src/report/csv.ts";
import { cataloguePage } from "../../src/report/pages/cataloguePage.ts";
import { changeText, VERDICTS } from "../../src/report/pages/figureRows.ts";
import { groupsOf } from "../../src/report/pages/groups.ts";
import { matrixCsv, matrixPage } from "../../src/report/pages/matrixPage.ts";
import { textOf } from "../../src/report/segments.ts";
import type { GoodTrace } from "../../src/report/siteModel.ts";
import { HELLO, modelOf, summaryOf, traceOf } from "./fixture.ts";

const SITE = { title: "Block traces", url: null, date: null };

function traceIn(group: string, slug: string, rows = HELLO): GoodTrace {
  return { ...traceOf(summaryOf(rows, { trace: { slug, title: `Trace ${slug}` } })), group };
}

const DISK = [traceIn("a disk", "one"), traceIn("a disk", "two", HELLO.slice(0, 12))];

describe("the folders that have a page of their own", () => {
  it("are those with at least two traces that could be read", () => {
    const groups = groupsOf({ traces: [...DISK, traceIn("lvm", "c"), traceIn("", "d"), traceIn("", "e")] });
    expect(groups.map(({ slug, title, traces }) => [slug, title, traces.length])).toEqual([["a-disk", "a disk", 2]]);
  });

  it("have addresses of their own, whatever they are called", () => {
    const names = ["x y", "x-y", "日本"];
    const groups = groupsOf({ traces: names.flatMap((name) => [traceIn(name, "a"), traceIn(name, "b")]) });
    expect(groups.map(({ slug }) => slug)).toEqual(["x-y", "x-y-2", "group"]);
  });

  it("are linked from the catalogue", () => {
    const { groups } = cataloguePage(modelOf({ traces: [...DISK, traceIn("lvm", "c")] }), SITE);
    expect(groups.map(({ matrixHref }) => matrixHref)).toEqual(["groups/a-disk/index.html", null]);
  });
});

describe("the page of a folder", () => {
  const [group] = groupsOf({ traces: DISK });
  const page = matrixPage(group!, SITE);

  it("says against what, and which trace changes most", () => {
    expect(page.title).toBe("a disk: 2 traces side by side");
    expect(page.baseline).toBe("Trace one, the first of the folder");
    expect(textOf(page.lede)).toMatch(/^Against Trace one, most changes in Trace two: .* of \d+ figures\.$/);
  });

  it("has a column for each trace, the baseline first, and a row for each figure with its change", () => {
    expect(page.columns.map(({ href, isBaseline }) => [href, isBaseline])).toEqual([
      ["../../traces/one/index.html", true],
      ["../../traces/two/index.html", false],
    ]);
    const requests = page.rows.find(({ title }) => title === "Requests");
    expect(requests?.cells).toMatchObject([
      { text: "15", change: "", verdict: { word: "same" } },
      { text: "12", change: "−20 %", verdict: { word: "better" }, data: { value: "12" } },
    ]);
  });

  it("has at most twelve columns, and lists the rest", () => {
    const traces = Array.from({ length: 14 }, (_, i) => traceIn("many", `t${i}`));
    const many = matrixPage(groupsOf({ traces })[0]!, SITE);
    expect(many.columns).toHaveLength(12);
    expect(many.others.map(({ href }) => href)).toEqual(["../../traces/t12/index.html", "../../traces/t13/index.html"]);
  });

  it("gives every trace to programs", () => {
    const csv = csvText(
      matrixCsv(
        matrixOf(
          "a disk",
          DISK.map(({ summary }) => summary),
        ),
      ),
    );
    expect(csv.split("\n")[0]).toBe("metric,one,two");
    expect(csv).toContain("\nrequests.total,15,12\n");
  });
});

describe("the script that takes another trace as the baseline", () => {
  const script = vm.createContext({ document: { querySelectorAll: () => [] } });
  vm.runInContext(readFileSync(join(import.meta.dirname, "../../templates/assets/matrix.js"), "utf8"), script);
  const run = (call: string, values: Record<string, unknown>): unknown => {
    Object.assign(script, values);
    return vm.runInContext(call, script);
  };
  const Value = fc.option(fc.oneof(fc.nat(200), fc.nat(5_000_000)), { nil: null });
  const Cell = fc.record({
    value: Value,
    of: fc.option(fc.nat(200), { nil: null }),
    restsOn: fc.constantFrom(99, 100),
  });

  it("shows verdicts as the pages do", () => {
    const shown = Object.entries(VERDICTS).map(([verdict, { icon, word, tone }]) => [verdict, [icon, word, tone]]);
    expect(JSON.parse(String(run("JSON.stringify(Object.entries(VERDICTS))", {})))).toEqual(shown);
  });

  it("judges as comparisons do", () => {
    const Directions = fc.constantFrom<Direction>("lower", "higher", "none");
    fc.assert(
      fc.property(Cell, Cell, Directions, fc.constantFrom("count", "ns"), (a, b, direction, kind) => {
        const of = a.of === null && b.of === null ? {} : { of: { a: a.of, b: b.of } };
        const spec = { metric: "x", kind, direction } as const;
        const change = changeOf(spec, { a: a.value, b: b.value, ...of });
        const runs = { a: [a.value], b: [b.value] };
        const noisy = isNoisy(spec, runs);
        const { verdict } = noisy ? judged(change, runs, Math.min(a.restsOn, b.restsOn)) : change;
        const figure = { direction, noisy };
        expect(run("verdictOf(figure, a, b)", { figure, a, b })).toBe(verdict);
      }),
    );
  });

  it("writes changes as the pages do", () => {
    const Kinds = fc.constantFrom("count", "share") as fc.Arbitrary<"count" | "share">;
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), Kinds, (one, other, kind) => {
        const [a, b] = kind === "share" ? [one / 5000, other / 5000] : [one, other];
        const written = a === b ? "" : changeText(b - a, a === 0 ? null : (b - a) / a, kind);
        const own = { value: b, text: `${countText(b)} of 9` };
        expect(run("changeText(kind, a, own)", { kind, a, own })).toBe(written);
      }),
    );
  });
});
