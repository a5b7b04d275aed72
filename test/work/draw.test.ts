import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Figure } from "../../src/charts/chart.ts";
import { prepareFonts } from "../../src/render/fonts.ts";
import { drawAll } from "../../src/work/draw.ts";
import { folder } from "../support/folders.ts";
import { originOf } from "../support/origin.ts";

const figure: Figure = {
  answer: "Most are 4 KiB.",
  alternativeText: "Bars. Most are 4 KiB.",
  note: null,
  table: {
    columns: [{ name: "name", title: "Name", kind: "text" }],
    rows: Array.from({ length: 60 }, (_, i) => [`=cmd${i}`]),
  },
  draw: (layout) => ({
    widthPx: layout === "wide" ? 720 : 358,
    heightPx: 100,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      data: { values: [{ a: 1 }] },
      mark: { type: "bar", fill: "var(--read)" },
      encoding: { x: { field: "a", type: "quantitative" } },
    },
  }),
};
const chart = { id: "request-sizes", title: "Which sizes?", label: "Sizes" };

beforeAll(prepareFonts);

describe("drawAll", () => {
  it("writes every chart as two SVGs, PNG, spec and CSV", async () => {
    const into = folder();
    const { figures, failures } = await drawAll(
      [{ chart, figureOf: () => figure }],
      originOf("a.qtr · whole trace"),
      into,
    );
    expect(failures).toEqual([]);
    expect(readdirSync(into).sort()).toEqual([
      "request-sizes.csv",
      "request-sizes.narrow.svg",
      "request-sizes.png",
      "request-sizes.svg",
      "request-sizes.vl.json",
    ]);
    expect(figures[0]).toMatchObject({
      id: "request-sizes",
      map: false,
      absent: null,
      answer: "Most are 4 KiB.",
      tableRows: 60,
      wide: { widthPx: 720, heightPx: 100 },
      narrow: { widthPx: 358, heightPx: 100 },
    });
    expect(figures[0]!.table!.rows).toHaveLength(5);
  });

  it("gives away the spec with literal colours and its words, and the data without formulas", async () => {
    const into = folder();
    await drawAll([{ chart, figureOf: () => figure }], originOf("a.qtr"), into);
    const spec = JSON.parse(readFileSync(join(into, "request-sizes.vl.json"), "utf8"));
    expect(spec.mark.fill).toBe("#1b6fb8");
    expect(spec.description).toBe("Which sizes? Most are 4 KiB. a.qtr");
    expect(readFileSync(join(into, "request-sizes.csv"), "utf8")).toMatch(/^name\n'=cmd0\n/);
  });

  it("leaves out what has nothing to show, and says why something is absent", async () => {
    const into = folder();
    const sketches = [
      { chart, figureOf: () => null },
      { chart: { ...chart, id: "processes" }, figureOf: () => ({ absent: "This format does not name the process." }) },
    ];
    const { figures } = await drawAll(sketches, originOf("a.qtr"), into);
    expect(figures.map(({ id, absent, wide }) => [id, absent, wide])).toEqual([
      ["processes", "This format does not name the process.", null],
    ]);
    expect(readdirSync(into)).toEqual([]);
  });

  it("loses only the chart that cannot be drawn, and says which", async () => {
    const wrong = { ...figure, draw: () => ({ widthPx: 1, heightPx: 1, spec: { mark: "bar", data: { url: "x" } } }) };
    const sketches = [
      { chart: { ...chart, id: "wrong" }, figureOf: () => wrong },
      { chart, figureOf: () => figure },
    ];
    const { figures, failures } = await drawAll(sketches, originOf("a.qtr"), folder());
    expect(figures.map(({ id, absent }) => [id, absent === null])).toEqual([
      ["wrong", false],
      ["request-sizes", true],
    ]);
    expect(failures.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^a\.qtr, chart wrong: unsupported case: .*this is a fault of blkreport/),
    ]);
  });
});
