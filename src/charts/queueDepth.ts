import type { Ordering } from "../analysis/metrics/ordering.ts";
import type { QueueDepth } from "../analysis/metrics/queueDepth.ts";
import type { ScopeInfo, Summary } from "../analysis/summary.ts";
import type { Op } from "../model/ops.ts";
import { bytesText, countText, durationText, sentence, shareText } from "../model/quantities.ts";
import type { Chart, DataTable, Figure } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { OP_STYLE } from "./kit/opStyle.ts";
import { decimalText } from "./kit/rates.ts";
import { scopeInfo } from "./kit/scope.ts";
import { table } from "./kit/table.ts";
import { fullTimeScale } from "./kit/timeScale.ts";
import { shareOfNamed } from "./kit/words.ts";
import { drawQueueDepth } from "./queueDepth/drawing.ts";

/** One alone has no others beside it. */
const FEWEST_REQUESTS = 2;

function answer({ overallMean, peak, idleShare }: QueueDepth): string {
  const idle = idleShare > 0 ? `; nothing was in flight for ${shareText(idleShare)} of the time` : "";
  if (peak === 1) return `Never more than one request was in flight${idle}.`;
  const mean = overallMean < 0.01 ? "Fewer than 0.01" : decimalText(overallMean);
  return `${mean} ${mean === "1" ? "request" : "requests"} in flight on average, ${countText(peak)} at most${idle}.`;
}

/** How many were overtaken, and which by most; null where all completed in the order of their issue. */
function overtakingWords({ completed, overtaken, mostOvertaken }: Ordering): string | null {
  if (mostOvertaken === null) return null;
  const { overtakenBy, behind, latencyNs, op, lengthBytes } = mostOvertaken;
  const share = `${shareOfNamed(overtaken, completed, "requests")} ${overtaken === 1 ? "was" : "were"} overtaken by later ones`;
  const most = `${overtaken === 1 ? "a" : "most often a"} ${OP_STYLE[op as Op].singular} of ${bytesText(lengthBytes)}`;
  const waiting = behind === 0 ? "" : `, while ${countText(behind)} waited behind it`;
  return `${share}, ${most}: ${countText(overtakenBy)} passed it in ${durationText(latencyNs)}${waiting}`;
}

/** Depths in octaves: 0, 1, 2–3, 4–7 …; their shares of the time. */
function note({ timeAtDepthNs }: QueueDepth): DataTable {
  const total = timeAtDepthNs.reduce((sum, [, ns]) => sum + ns!, 0);
  const octaves = new Map<number, number>();
  for (const [depth, ns] of timeAtDepthNs) {
    const octave = depth === 0 ? -1 : Math.floor(Math.log2(depth!));
    octaves.set(octave, (octaves.get(octave) ?? 0) + ns!);
  }
  const rows = [...octaves].map(([octave, ns]) => [octaveText(octave), total > 0 ? ns / total : 0]);
  return table(
    [
      ["inFlight", "In flight", "text"],
      ["shareOfTime", "Share of time", "share"],
    ],
    rows,
  );
}

function octaveText(octave: number): string {
  if (octave < 1) return octave < 0 ? "none" : "1";
  return `${countText(2 ** octave)}–${countText(2 ** (octave + 1) - 1)}`;
}

function allBins({ startNs, binNs, mean, max }: QueueDepth): DataTable {
  const rows = mean.map((each, i) => [
    startNs + i * binNs,
    startNs + (i + 1) * binNs,
    Number(each.toPrecision(6)),
    max[i]!,
  ]);
  return table(
    [
      ["fromNs", "From", "ns"],
      ["toNs", "To", "ns"],
      ["meanInFlight", "Mean in flight", "text"],
      ["mostInFlight", "Most in flight", "count"],
    ],
    rows,
  );
}

function figure(summary: Summary, info: ScopeInfo, depth: QueueDepth, ordering: Ordering | null): Figure | null {
  const scale = fullTimeScale(summary, info, 0);
  if (scale === null || scale.toNs <= scale.fromNs || depth.peak === 0 || info.requests < FEWEST_REQUESTS) return null;
  const overtaking = ordering && overtakingWords(ordering);
  const said = `${answer(depth)}${overtaking ? ` ${sentence(overtaking)}.` : ""}`;
  return {
    answer: said,
    alternativeText: `Requests in flight over time, most and mean. ${said}`,
    note: note(depth),
    table: allBins(depth),
    draw: (layout) => drawQueueDepth(depth, (plotPx) => ({ ...scale, plotPx }), layout),
  };
}

/** Requests in flight over time. */
export const queueDepth: Chart = {
  id: "queue-depth",
  title: "How many requests were in flight?",
  label: "Queue depth",
  metrics: ["queueDepth", "ordering"],
  figure: (summary, scope) =>
    figureOf(summary, scope, "queueDepth", (value) => {
      const ordering = summary.scopes[scope]?.ordering;
      return figure(summary, scopeInfo(summary, scope), value, ordering?.ok ? ordering.value : null);
    }),
};
