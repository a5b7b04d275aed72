import { describe, expect, it } from "vitest";
import type { Summary } from "../../src/analysis/summary.ts";
import type { Absent, Drawing, Figure } from "../../src/charts/chart.ts";
import { historyCharts } from "../../src/charts/history/historyFigure.ts";
import { CHARTS, COMPARISON_CHARTS } from "../../src/charts/index.ts";
import { thumbnail } from "../../src/charts/thumbnail.ts";
import { historyOf } from "../../src/compare/history.ts";
import { compare } from "../../src/compare/index.ts";
import { vegaSvg } from "../../src/render/compile.ts";
import { tidy } from "../../src/render/tidy.ts";
import { isUsual } from "../../src/render/usual/usualSpec.ts";
import { usualSvg } from "../../src/render/usual/usualSvg.ts";
import { recordedSummary } from "./time/summaries.ts";

const LAYOUTS = ["wide", "narrow"] as const;
const misaligned = await recordedSummary("disk-4k/part63");
const aligned = await recordedSummary("disk-4k/part2048");
const everyOp = await recordedSummary("filesystems/ext4-life");

const inHistory = (summary: Summary, date: string): Summary => ({
  ...summary,
  trace: { ...summary.trace, slug: date, history: { of: "mkfs", commit: null, date, label: null } },
});
const history = historyOf("mkfs", [inHistory(misaligned, "2026-11-01"), inHistory(aligned, "2026-11-02")]);
const difference = compare(misaligned, aligned);

const SHOWN: readonly (readonly [string, Figure | Absent | null])[] = [
  ...[misaligned, everyOp].flatMap((summary) =>
    CHARTS.map(({ id, figure }) => [`${id} of ${summary.trace.slug}`, figure(summary, summary.defaultScope)] as const),
  ),
  ...COMPARISON_CHARTS.map(
    ({ id, figure }) => [`${id} of a comparison`, figure(difference, misaligned, aligned)] as const,
  ),
  ...historyCharts(history).map(({ id, figure }) => [`${id} of a history`, figure()] as const),
];
const DRAWINGS = SHOWN.flatMap(([name, shown]) =>
  shown === null || "absent" in shown
    ? []
    : LAYOUTS.map((layout): [string, () => Drawing] => [`${name}, ${layout}`, () => shown.draw(layout)]),
);

describe("a chart is drawn without Vega-Lite as with it", () => {
  it.each([...DRAWINGS, ["the thumbnail", () => thumbnail(aligned)!] as [string, () => Drawing]])(
    "%s",
    async (_, draw) => {
      const { spec } = draw();
      if (!isUsual(spec)) throw new Error("Vega-Lite must be asked for this spec");
      expect(tidy(usualSvg(spec))).toBe(tidy(await vegaSvg(spec)));
    },
  );
});
