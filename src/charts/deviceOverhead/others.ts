import type { Btt } from "../../analysis/metrics/btt.ts";
import type { ScopeMetrics } from "../../analysis/summary.ts";
import { bytesText, countText, durationText, shareText } from "../../model/quantities.ts";
import type { DataTable } from "../chart.ts";
import { decimalText } from "../kit/rates.ts";
import { table } from "../kit/table.ts";

type Row = readonly [figure: string, value: string];

function mergeRows({ merge: { biosPerRequest } }: Btt): readonly Row[] {
  return biosPerRequest === null ? [] : [["#Q / #D", decimalText(biosPerRequest)]];
}

/** btt prints a median too, which is nearly always 0; this one is right. */
function seekRows({ seeks }: ScopeMetrics): readonly Row[] {
  if (!seeks?.ok) return [];
  return ([["Q2Q", seeks.value.q2q] as const, ["D2D", seeks.value.d2d] as const] as const).flatMap(
    ([name, figures]): readonly Row[] => {
      if (figures === null || figures.meanAbsoluteBytes === null || figures.p50AbsoluteBytes === null) return [];
      return [
        [`${name} seek, mean`, bytesText(Math.round(figures.meanAbsoluteBytes))],
        [`${name} seek, median`, bytesText(figures.p50AbsoluteBytes)],
      ];
    },
  );
}

function activityRows({ activity }: ScopeMetrics): readonly Row[] {
  if (!activity?.ok) return [];
  const { waitingAtQueue, live } = activity.value;
  const waiting: readonly Row[] = waitingAtQueue === null ? [] : [["active at Q", decimalText(waitingAtQueue.mean)]];
  if (live === null) return waiting;
  const { periods, meanActiveNs, meanIdleNs, share } = live;
  return [
    ...waiting,
    ["active periods", countText(periods)],
    ...(meanActiveNs === null ? [] : [["active, mean", durationText(meanActiveNs)] as const]),
    ...(meanIdleNs === null ? [] : [["idle, mean", durationText(meanIdleNs)] as const]),
    ...(share === null ? [] : [["active of the time", shareText(share)] as const]),
  ];
}

function plugRows({ plugs }: ScopeMetrics): readonly Row[] {
  if (!plugs?.ok || plugs.value.plugs === 0) return [];
  const { plugs: count, unplugs, timerUnplugs } = plugs.value;
  const rows: Row[] = [["plugs", countText(count)]];
  for (const [name, { count: times, meanRequests }] of [
    ["unplugs", unplugs] as const,
    ["timer unplugs", timerUnplugs] as const,
  ])
    if (meanRequests !== null) rows.push([name, countText(times)], ["requests each", decimalText(meanRequests)]);
  return rows;
}

/** btt's other lines: merges, seeks, active periods and plugs. */
export function otherFigures(value: Btt, metrics: ScopeMetrics): DataTable {
  const rows = [...mergeRows(value), ...seekRows(metrics), ...activityRows(metrics), ...plugRows(metrics)];
  return table(
    [
      ["figure", "", "text"],
      ["value", "", "text"],
    ],
    rows,
  );
}
