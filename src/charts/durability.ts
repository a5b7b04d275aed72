import type { Durability } from "../analysis/metrics/durability.ts";
import type { ScopeInfo, Summary } from "../analysis/summary.ts";
import { allOf, bytesText, counted, countText, durationText, sentence, shareText } from "../model/quantities.ts";
import type { Chart, DataTable, Figure } from "./chart.ts";
import { drawDurability } from "./durability/drawing.ts";
import { figureOf } from "./kit/metricValue.ts";
import { scopeInfo } from "./kit/scope.ts";
import { table } from "./kit/table.ts";
import { fullTimeScale, type TimeScale } from "./kit/timeScale.ts";

type Figures = NonNullable<Durability>;

/** What is complete and not durable, over time: what a loss of power would take. */
export const durability: Chart = {
  id: "durability",
  title: "How much would a crash lose?",
  label: "Unflushed writes",
  metrics: ["durability"],
  figure: (summary, scope) => {
    const result = summary.scopes[scope]?.durability;
    if (result?.ok && result.value === null)
      return { absent: "This trace does not show flushes, so what they made durable is not known." };
    return figureOf(summary, scope, "durability", (value) =>
      value === null ? null : figure(summary, scopeInfo(summary, scope), value),
    );
  },
};

function figure(summary: Summary, info: ScopeInfo, value: Figures): Figure | null {
  const scale = fullTimeScale(summary, info, 0);
  if (scale === null || scale.toNs <= scale.fromNs || value.fuaWrites + value.cachedWrites === 0) return null;
  const said = answer(value, scale);
  return {
    answer: said,
    alternativeText: `Stepped area of the bytes that are written and not flushed, over time, with a tick for each flush. ${said}`,
    note: note(value, scale),
    table: allBins(value, scale),
    draw: (layout) => drawDurability(value, (plotPx) => ({ ...scale, plotPx }), layout),
  };
}

function answer(value: Figures, { clock, fromNs }: TimeScale): string {
  const { peak, meanBytes, end, safeShare, fuaWrites } = value;
  if (peak.atNs === null) {
    const all = `${sentence(allOf(fuaWrites, "write"))} ${fuaWrites === 1 ? "has" : "have"}`;
    return value.cachedWrites === 0 ? `Nothing. ${all} FUA.` : "Nothing. No write without FUA was completed.";
  }
  const when = clock === "ns" ? ` ${durationText(peak.atNs - fromNs)} after the first request` : "";
  const worst = `${bytesText(peak.bytes)} (${counted(peak.writes, "write")}) at worst,${when}${when === "" ? "" : ","}`;
  const mean = `${bytesText(Math.round(meanBytes))} on average`;
  const safe = safeShare > 0 ? `; nothing is at risk for ${shareText(safeShare)} of the time` : "";
  const left =
    end.bytes === 0
      ? "all is flushed at the end"
      : `${bytesText(end.bytes)} ${end.writes === 1 ? "is" : "are"} not flushed at the end`;
  return `With a volatile write cache it would lose ${worst} and ${mean}${safe}; ${left}.`;
}

function note({ flushRequests, preflushRequests, fuaWrites, ...value }: Figures, { clock }: TimeScale): DataTable {
  const { betweenFlushesNs: apart, betweenFlushesBytes: bytes } = value;
  const rows: [string, string][] = [["flushes", countText(flushRequests)]];
  if (preflushRequests > 0) rows.push(["preflushes", countText(preflushRequests)]);
  rows.push(["writes with FUA", countText(fuaWrites)]);
  if (apart !== null && clock === "ns")
    rows.push(["median gap", durationText(apart.p50)], ["longest gap", durationText(apart.max)]);
  if (bytes !== null) rows.push(["median flush", bytesText(bytes.p50)], ["largest flush", bytesText(bytes.max)]);
  return table(
    [
      ["figure", "", "text"],
      ["value", "", "text"],
    ],
    rows,
  );
}

function allBins({ startNs, binNs, unflushedBytes, flushes }: Figures, { clock }: TimeScale): DataTable {
  const [name, kind] = clock === "ns" ? (["Ns", "ns"] as const) : (["Request", "count"] as const);
  return table(
    [
      [`from${name}`, "From", kind],
      [`to${name}`, "To", kind],
      ["mostUnflushedBytes", "Most unflushed", "bytes"],
      ["flushes", "Flushes", "count"],
    ],
    unflushedBytes.map((bytes, i) => [startNs + i * binNs, startNs + (i + 1) * binNs, bytes, flushes[i]!]),
  );
}
