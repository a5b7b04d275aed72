import { Check } from "typebox/value";
import { describe, expect, it } from "vitest";
import { METRICS } from "../../src/analysis/metrics/index.ts";
import { alignment } from "../../src/charts/alignment.ts";
import type { Drawing } from "../../src/charts/chart.ts";
import { footprint } from "../../src/charts/footprint.ts";
import { operations } from "../../src/charts/operations.ts";
import { processes } from "../../src/charts/processes.ts";
import { requestSizes } from "../../src/charts/requestSizes.ts";
import { sectorMap } from "../../src/charts/sectorMap.ts";
import { seekDistances } from "../../src/charts/seekDistances.ts";
import { CASES, summaryOf } from "./cases.ts";
import { outside, textsIn, warningsOf } from "./drawn.ts";

const CHARTS = [sectorMap, operations, requestSizes, alignment, seekDistances, footprint, processes];

describe.each(CASES)("%s", (name) => {
  const summary = summaryOf(name);
  const scope = summary.defaultScope;
  const figures = CHARTS.flatMap((chart) => {
    const shown = chart.figure(summary, scope);
    return shown === null || "absent" in shown ? [] : [{ chart, figure: shown }];
  });

  it("is a case that the metrics' schemas accept", () => {
    for (const [id, result] of Object.entries(summary.scopes[scope]!)) {
      const metric = METRICS.find((each) => each.id === id)!;
      if (result.ok) expect(Check(metric.schema, result.value), id).toBe(true);
    }
  });

  it("shows at least five charts", () => {
    expect(figures.length).toBeGreaterThanOrEqual(5);
  });

  it.each(figures.map(({ chart, figure }) => [chart.id, figure] as const))("%s draws inside its frame", (_, figure) => {
    for (const layout of ["wide", "narrow"] as const) expect(outside(figure.draw(layout))).toEqual([]);
  });

  it.each(figures.map(({ chart, figure }) => [chart.id, figure] as const))(
    "%s compiles without a warning",
    async (_, figure) => {
      for (const layout of ["wide", "narrow"] as const) expect(await warningsOf(figure.draw(layout))).toEqual([]);
    },
  );

  it.each(figures.map(({ chart, figure }) => [chart, figure] as const))(
    "$id has the agreed widths",
    (chart, figure) => {
      expect(figure.draw("wide").widthPx).toBe(chart.map ? 944 : 720);
      expect(figure.draw("narrow").widthPx).toBe(358);
    },
  );

  it.each(figures.map(({ chart, figure }) => [chart.id, figure] as const))(
    "%s answers in one sentence that ends its alternative text's first part",
    (_, { answer, alternativeText }) => {
      expect(answer).toMatch(/^[A-Z0-9<].*[^.]\.$/);
      expect(alternativeText).toContain(answer);
    },
  );

  it.each(figures.map(({ chart, figure }) => [chart.id, figure] as const))(
    "%s has a full table",
    (_, { table: { columns, rows } }) => {
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toHaveLength(columns.length);
    },
  );

  it("uses no colour but the theme's variables", () => {
    for (const { figure } of figures) {
      const { config, ...spec } = figure.draw("wide").spec as Drawing["spec"] & { config?: unknown };
      expect(config).toBeDefined();
      expect(JSON.stringify(spec)).not.toMatch(/#[0-9a-f]{3,8}"|rgb\(/);
    }
  });

  it("writes no number that is none", () => {
    for (const { figure } of figures)
      for (const text of [figure.answer, ...textsIn(figure.draw("wide"))])
        expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
  });
});
