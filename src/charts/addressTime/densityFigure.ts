import type { Accesses } from "../../analysis/metrics/accesses.ts";
import type { ScopeInfo, Summary } from "../../analysis/summary.ts";
import type { CellValue, DataTable, Figure } from "../chart.ts";
import { OP_STYLE, opsIn } from "../kit/opStyle.ts";
import { structuresOf, structuresText } from "../kit/structures.ts";
import { table } from "../kit/table.ts";
import { timeScale } from "../kit/timeScale.ts";
import { drawDensity } from "./density.ts";
import { extentsAnswer, extentsNote, extentsOfCells } from "./extents.ts";
import { scopeRows } from "./rows.ts";

function allCells(accesses: Accesses, clock: "ns" | "ordinal"): DataTable {
  const { timeStartNs, timeBinNs, addressStartBytes, addressBinBytes, byOp } = accesses;
  const rows: CellValue[][] = [];
  for (const op of opsIn(byOp)) {
    const { cells } = byOp[op]!;
    for (let i = 0; i < cells.length; i += 3) {
      const from = timeStartNs + cells[i]! * timeBinNs;
      const bytes = addressStartBytes + cells[i + 1]! * addressBinBytes;
      rows.push([OP_STYLE[op].singular, from, from + timeBinNs, bytes, bytes + addressBinBytes, cells[i + 2]!]);
    }
  }
  const times =
    clock === "ns"
      ? ([
          ["fromNs", "From", "ns"],
          ["toNs", "To", "ns"],
        ] as const)
      : ([
          ["fromRequest", "From", "count"],
          ["toRequest", "To", "count"],
        ] as const);
  return table(
    [
      ["op", "Operation", "text"],
      ...times,
      ["fromBytes", "Address from", "bytes"],
      ["toBytes", "Address to", "bytes"],
      ["requests", "Requests", "count"],
    ],
    rows,
  );
}

/** How many requests touched each place at each time; null where none has an address. */
export function densityFigure(summary: Summary, info: ScopeInfo, accesses: Accesses): Figure | null {
  const extents = extentsOfCells(accesses);
  const time = timeScale(summary, info, 0);
  if (extents.length === 0 || time === null) return null;
  const requests = summary.scopes[info.id]?.requests;
  const flushes = requests?.ok ? (requests.value.byOp.flush?.count ?? 0) : 0;
  const said = extentsAnswer(extents, flushes, info, time.clock);
  const flushTimes = (scopeRows(summary, info) ?? []).filter(({ op }) => op === "flush").map(({ issueNs }) => issueNs);
  const structures = structuresOf(summary, info.id);
  const across = time.clock === "ns" ? "time" : "the order of the requests";
  return {
    answer: said,
    alternativeText: `Density of requests by address, over ${across}. ${said}${structuresText(structures)}`,
    note: extentsNote(extents),
    table: allCells(accesses, time.clock),
    draw: (layout) => drawDensity(accesses, flushTimes, time, (op) => structuresOf(summary, info.id, op), layout),
  };
}
