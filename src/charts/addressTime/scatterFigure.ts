import type { ScopeInfo, Summary } from "../../analysis/summary.ts";
import type { DataTable, Figure } from "../chart.ts";
import { OP_STYLE } from "../kit/opStyle.ts";
import { structuresOf, structuresText } from "../kit/structures.ts";
import { table } from "../kit/table.ts";
import { timeScale } from "../kit/timeScale.ts";
import { extentsAnswer, extentsNote, extentsOfRows } from "./extents.ts";
import type { RequestRow } from "./rows.ts";
import { drawScatter } from "./scatter.ts";

function allRequests(rows: readonly RequestRow[], clock: "ns" | "ordinal"): DataTable {
  const cells = rows.map(({ row, op, offsetBytes, lengthBytes, issueNs, latencyNs }) => [
    row,
    ...(clock === "ns" ? [issueNs] : []),
    OP_STYLE[op].singular,
    offsetBytes,
    lengthBytes,
    latencyNs,
  ]);
  return table(
    [
      ["request", "Request", "count"],
      ...(clock === "ns" ? [["issueNs", "Time", "ns"] as const] : []),
      ["op", "Operation", "text"],
      ["offsetBytes", "Offset", "bytes"],
      ["lengthBytes", "Length", "bytes"],
      ["latencyNs", "Latency", "ns"],
    ],
    cells,
  );
}

/** Every request as a symbol; null where none has an address. */
export function scatterFigure(summary: Summary, info: ScopeInfo, rows: readonly RequestRow[]): Figure | null {
  const extents = extentsOfRows(rows);
  const time = timeScale(summary, info, 0);
  if (extents.length === 0 || time === null) return null;
  const said = extentsAnswer(extents, rows.filter(({ op }) => op === "flush").length, info, time.clock);
  const structures = structuresOf(summary, info.id);
  const across = time.clock === "ns" ? "time" : "the order of the requests";
  return {
    answer: said,
    alternativeText: `Requests by address, over ${across}. ${said}${structuresText(structures)}`,
    note: extentsNote(extents),
    table: allRequests(rows, time.clock),
    draw: (layout) => drawScatter(rows, info, time, structures, layout),
  };
}
