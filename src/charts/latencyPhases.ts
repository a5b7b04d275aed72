import type { Latency, Phase, PhaseFigures } from "../analysis/metrics/latency.ts";
import { durationText, shareText } from "../model/quantities.ts";
import type { Chart, DataTable, Figure } from "./chart.ts";
import { table } from "./kit/table.ts";
import { drawPhases, PHASE_TEXT, type PhaseRow } from "./latencyPhases/drawing.ts";
import { FEWEST_FOR_P99 } from "./latencyTime/note.ts";

/** The time between requests says nothing of where a request spends its time. */
function phaseRows({ phases }: Latency): readonly PhaseRow[] {
  const recorded = (Object.keys(PHASE_TEXT) as Phase[]).filter(
    (phase) => phase !== "q2q" && (phases[phase]?.count ?? 0) > 0,
  );
  return recorded.map((phase) => ({ phase, figures: phases[phase]! }));
}

function figuresOf(rows: readonly PhaseRow[], wanted: Phase): PhaseFigures | undefined {
  return rows.find(({ phase }) => phase === wanted)?.figures;
}

/** Not where requests without a queue time take part in only one of the phases. */
function addUp(before: PhaseFigures, device: PhaseFigures, whole: PhaseFigures): boolean {
  return whole.meanNs > 0 && Math.abs(before.meanNs + device.meanNs - whole.meanNs) < 0.02 * whole.meanNs;
}

function answer(rows: readonly PhaseRow[]): string {
  const whole = figuresOf(rows, "q2c");
  const device = figuresOf(rows, "d2c");
  const before = figuresOf(rows, "q2d");
  if (whole === undefined || device === undefined || before === undefined || !addUp(before, device, whole)) {
    const medians = rows.map(({ phase, figures }) => `${phase.toUpperCase()} ${durationText(figures.p50Ns)}`);
    return `Medians: ${medians.join(", ")}.`;
  }
  const share = shareText(device.meanNs / whole.meanNs);
  return `Of the ${durationText(whole.meanNs)} from queueing to completion, on average, the device took ${durationText(device.meanNs)} (${share}); before that, requests waited ${durationText(before.meanNs)}.`;
}

function allFigures(rows: readonly PhaseRow[]): DataTable {
  const cells = rows.map(({ phase, figures: f }) => [
    phase.toUpperCase(),
    PHASE_TEXT[phase],
    f.count,
    f.minNs,
    f.meanNs,
    f.p50Ns,
    f.p90Ns,
    f.count < FEWEST_FOR_P99 ? null : f.p99Ns,
    f.maxNs,
  ]);
  return table(
    [
      ["phase", "Phase", "text"],
      ["meaning", "From, to", "text"],
      ["requests", "Requests", "count"],
      ["minNs", "Least", "ns"],
      ["meanNs", "Mean", "ns"],
      ["p50Ns", "p50", "ns"],
      ["p90Ns", "p90", "ns"],
      ["p99Ns", "p99", "ns"],
      ["maxNs", "Most", "ns"],
    ],
    cells,
  );
}

function meanNote(rows: readonly PhaseRow[]): DataTable {
  const means = rows.map(({ phase, figures }) => [phase.toUpperCase(), figures.meanNs]);
  return table(
    [
      ["phase", "", "text"],
      ["meanNs", "mean", "ns"],
    ],
    means,
  );
}

function figure(latency: Latency): Figure | null {
  const rows = phaseRows(latency);
  if (rows.length < 2) return null;
  const said = answer(rows);
  return {
    answer: said,
    alternativeText: `Median, 90th and 99th percentile of each phase on a logarithmic axis. ${said}`,
    note: meanNote(rows),
    table: allFigures(rows),
    draw: (layout) => drawPhases(rows, layout),
  };
}

/** How long each phase of a request's life took; only where more than one is recorded. */
export const latencyPhases: Chart = {
  id: "latency-phases",
  title: "Where did the time go?",
  label: "Phases",
  metrics: ["latency"],
  figure: (summary, scope) => {
    const latency = summary.scopes[scope]?.latency;
    return latency?.ok ? figure(latency.value) : null;
  },
};
