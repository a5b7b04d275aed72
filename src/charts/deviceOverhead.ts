import type { Btt } from "../analysis/metrics/btt.ts";
import { durationText, shareText } from "../model/quantities.ts";
import type { Chart, DataTable, Drawing, Figure, Layout } from "./chart.ts";
import { type BarRow, barTable } from "./kit/barTable.ts";
import { figureOf } from "./kit/metricValue.ts";
import { table } from "./kit/table.ts";

/** btt's device overhead, and behind it its first table. */
export const deviceOverhead: Chart = {
  id: "device-overhead",
  title: "Where does the time go, in btt's terms?",
  label: "btt",
  metrics: ["btt"],
  figure: (summary, scope) => figureOf(summary, scope, "btt", figure),
};

type Step = keyof Btt["overhead"];

/** From which event to which, in the order in which a bio meets them. */
const STEPS: readonly (readonly [Step, string])[] = [
  ["q2g", "Q2G allocate"],
  ["g2i", "G2I insert"],
  ["q2m", "Q2M merge"],
  ["i2d", "I2D scheduler"],
  ["m2d", "M2D merged"],
  ["d2c", "D2C device"],
];

function recorded({ overhead }: Btt): [string, Step][] {
  return STEPS.filter(([step]) => overhead[step] !== undefined).map(([step, name]) => [name, step]);
}

function figure(value: Btt): Figure | null {
  if (recorded(value).length < 2) return null;
  const answer = answerOf(value);
  return {
    answer,
    alternativeText: `Bars: the share of each of btt's steps in the whole time from queueing to completion. ${answer}`,
    note: null,
    table: tableOf(value),
    draw: (layout) => draw(value, layout),
  };
}

function share({ overhead }: Btt, step: Step): number {
  return overhead[step]?.shareOfQ2c ?? 0;
}

function answerOf(value: Btt): string {
  const [longest] = STEPS.toSorted(([a], [b]) => share(value, b) - share(value, a));
  const whole = value.phases.q2c;
  const [step, name] = longest!;
  const mean = whole === undefined ? "" : ` of ${durationText(whole.meanNs)} from Q to C, on average`;
  return `${name} takes ${shareText(share(value, step))}${mean}, counted for each bio, those merged into another's request too.`;
}

/** Seconds with nine digits, as btt prints them. */
function seconds(ns: number): string {
  return (ns / 1e9).toFixed(9);
}

/** btt's own columns, and the percentiles that it does not have. */
function tableOf({ phases, overhead }: Btt): DataTable {
  const rows = Object.entries(phases).map(([phase, figures]) => [
    phase.toUpperCase(),
    seconds(figures.minNs),
    seconds(figures.meanNs),
    seconds(figures.maxNs),
    figures.count,
    overhead[phase as Step]?.shareOfQ2c ?? null,
    figures.p50Ns,
    figures.p90Ns,
    figures.p99Ns,
    figures.p999Ns,
  ]);
  return table(
    [
      ["ALL", "ALL", "text"],
      ["MIN", "MIN, s", "text"],
      ["AVG", "AVG, s", "text"],
      ["MAX", "MAX, s", "text"],
      ["N", "N", "count"],
      ["shareOfQ2c", "of Q2C", "share"],
      ["p50Ns", "p50", "ns"],
      ["p90Ns", "p90", "ns"],
      ["p99Ns", "p99", "ns"],
      ["p999Ns", "p99.9", "ns"],
    ],
    rows,
  );
}

function draw(value: Btt, layout: Layout): Drawing {
  const rows: BarRow[] = recorded(value).map(([name, step]) => {
    const part = share(value, step);
    const mean = durationText(value.phases[step]?.meanNs ?? 0);
    return { name, cells: [{ value: part, text: `${shareText(part)}, mean ${mean}`, token: "ink-2" }] };
  });
  return barTable(
    { columns: [{ title: "Share of the time from Q to C", token: "ink-2" }], rows, oneScale: true },
    layout,
  );
}
