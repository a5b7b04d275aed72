import type { Btt } from "../analysis/metrics/btt.ts";
import type { Summary } from "../analysis/summary.ts";
import { durationText, shareText } from "../model/quantities.ts";
import type { Chart, DataTable, Drawing, Figure, Layout } from "./chart.ts";
import { otherFigures } from "./deviceOverhead/others.ts";
import { type BarRow, barTable } from "./kit/barTable.ts";
import { figureOf } from "./kit/metricValue.ts";
import { OP_STYLE, opsIn } from "./kit/opStyle.ts";
import { table } from "./kit/table.ts";

/** btt's device overhead, and behind it its first table. */
export const deviceOverhead: Chart = {
  id: "device-overhead",
  title: "Where does the time go, in btt's terms?",
  label: "btt",
  metrics: ["btt", "seeks", "activity", "plugs"],
  figure: (summary, scope) => figureOf(summary, scope, "btt", (value) => figure(summary, scope, value)),
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

function figure(summary: Summary, scope: string, value: Btt): Figure | null {
  if (recorded(value).length < 2) return null;
  const answer = answerOf(value);
  return {
    answer,
    alternativeText: `Bars: the share of each of btt's steps in the whole time from queueing to completion. ${answer}`,
    note: otherFigures(value, summary.scopes[scope]!),
    table: tableOf(value, summary),
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

/** A table of btt: of all bios, or of an op, a process or a device. */
interface Part {
  readonly of: string;
  readonly phases: Btt["phases"];
}

function partsOf({ phases, byOp, byProcess, byDevice }: Btt, { trace }: Summary): readonly Part[] {
  return [
    { of: "all", phases },
    ...opsIn(byOp).map((op) => ({ of: OP_STYLE[op].plural, phases: byOp[op]! })),
    ...byProcess.map((each) => ({ of: `process ${each.name}`, phases: each.phases })),
    ...byDevice.map((each) => ({ of: `device ${trace.devices[each.device]!.name}`, phases: each.phases })),
  ];
}

/** btt's own columns, and the percentiles that it does not have; all first, then each op, process and device. */
function tableOf(value: Btt, summary: Summary): DataTable {
  const rows = partsOf(value, summary).flatMap(({ of, phases }) =>
    Object.entries(phases).map(([phase, figures]) => [
      phase.toUpperCase(),
      seconds(figures.minNs),
      seconds(figures.meanNs),
      seconds(figures.maxNs),
      figures.count,
      of === "all" ? (value.overhead[phase as Step]?.shareOfQ2c ?? null) : null,
      figures.p50Ns,
      figures.p90Ns,
      figures.p99Ns,
      figures.p999Ns,
      of,
    ]),
  );
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
      ["of", "of", "text"],
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
