import type { Reuse } from "../analysis/metrics/reuse.ts";
import { allOf, bytesText, countText, sentence, shareText } from "../model/quantities.ts";
import {
  CURVE_LOOK,
  type CurveName,
  curvesOf,
  diagonal,
  type ShareAxis,
  type ShareCurve,
  shareCurves,
} from "./accessPattern/curves.ts";
import { sampleWords } from "./accessPattern/sampled.ts";
import type { Chart, DataTable, Figure } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { table } from "./kit/table.ts";

/** How much of the I/O falls on how few blocks: the Lorenz curve, hottest blocks first. */
export const concentration: Chart = {
  id: "concentration",
  title: "How concentrated is the I/O?",
  label: "Hot blocks",
  metrics: ["reuse"],
  figure: (summary, scope) => figureOf(summary, scope, "reuse", concentrationFigure),
};

type Heat = NonNullable<Reuse["heat"]["all"]>;

/** Of fewer blocks a tenth says little. */
const FEWEST_BLOCKS = 10;

function concentrationFigure(reuse: Reuse): Figure | null {
  const { all, reads, writes } = reuse.heat;
  if (all === null || all.blocks < FEWEST_BLOCKS) return null;
  const shown = curvesOf(all, reads, writes);
  const answer = `${answerOf(all)}${sampleWords(reuse)}.`;
  return {
    answer,
    alternativeText: `Lines of the share of accesses on the hottest share of the blocks. ${answer}`,
    note: noteOf(shown),
    table: tableOf(shown),
    draw: (layout) => shareCurves(shown.map(curveOf), AXIS, layout, [diagonal(layout)]),
  };
}

function answerOf({ blocks, accesses, shareOnHottest1Percent, shareOnHottest10Percent }: Heat): string {
  const of = `the ${countText(blocks)} blocks of 4 KiB touched (${bytesText(blocks * 4096)})`;
  if (blocks === 1)
    return `${sentence(allOf(accesses, "access", "accesses"))} ${accesses === 1 ? "is" : "are"} to one block of 4 KiB`;
  if (accesses === blocks) return `Each of ${of} is accessed once`;
  const one = shareOnHottest1Percent === null ? "" : `; the hottest 1 % get ${shareText(shareOnHottest1Percent)}`;
  return `The hottest 10 % of ${of} get ${shareText(shareOnHottest10Percent ?? 0)} of the accesses${one}`;
}

function noteOf(shown: readonly (readonly [CurveName, Heat])[]): DataTable {
  const share = (value: number | null) => (value === null ? "–" : shareText(value));
  const row = (title: string, of: (heat: Heat) => string) => [title, ...shown.map(([, heat]) => of(heat))];
  return table(
    [["figure", "", "text"], ...shown.map(([name]) => [name, name, "text"] as const)],
    [
      row("blocks", ({ blocks }) => countText(blocks)),
      row("on hottest 1 %", (heat) => share(heat.shareOnHottest1Percent)),
      row("on hottest 10 %", (heat) => share(heat.shareOnHottest10Percent)),
      row("Gini", ({ gini }) => gini.toFixed(2)),
    ],
  );
}

function tableOf(shown: readonly (readonly [CurveName, Heat])[]): DataTable {
  return table(
    [
      ["of", "of", "text"],
      ["shareOfBlocks", "hottest blocks", "share"],
      ["shareOfAccesses", "accesses on them", "share"],
    ],
    shown.flatMap(([name, { curve }]) => curve.map(([blocks, accesses]) => [name, blocks!, accesses!])),
  );
}

function curveOf([name, { curve }]: readonly [CurveName, Heat]): ShareCurve {
  return { ...CURVE_LOOK[name], points: curve.map(([x, share]) => ({ x: x!, share: Number(share!.toFixed(5)) })) };
}

const AXIS: ShareAxis = {
  type: "linear",
  domain: [0, 1],
  ticks: (plotPx) => {
    const parts = plotPx < 400 ? 4 : 10;
    return Array.from({ length: parts + 1 }, (_, i) => ({ at: i / parts, text: `${(100 * i) / parts} %` }));
  },
  title: "share of the blocks touched, hottest first",
  valueTitle: "share of accesses; grey: if all were alike",
};
