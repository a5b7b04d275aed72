import type { ProcessAccesses } from "../analysis/metrics/processAccesses.ts";
import type { ScopeInfo, Summary } from "../analysis/summary.ts";
import { counted, countText } from "../model/quantities.ts";
import { drawByProcess, type Touching } from "./addressTime/byProcess.ts";
import { extentOfCells, placeText } from "./addressTime/extents.ts";
import type { CellValue, Chart, DataTable, Figure } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { scopeInfo } from "./kit/scope.ts";
import { table } from "./kit/table.ts";
import { timeScale } from "./kit/timeScale.ts";

const MOST_SAID = 3;

/** Address and time, a panel for each of the processes with the most requests. */
export const addressTimeByProcess: Chart = {
  id: "address-time-by-process",
  title: "Which process touched what, and when?",
  label: "By process",
  metrics: ["processAccesses"],
  figure: (summary, scope) =>
    figureOf(summary, scope, "processAccesses", (value) => figure(summary, scopeInfo(summary, scope), value)),
};

/** Each process, and the others as one. */
function shown({ processes, others }: ProcessAccesses): readonly Touching[] {
  const named = processes.map((each) => ({ ...each, name: each.name === "" ? "(no name)" : each.name }));
  return others.requests === 0 ? named : [...named, { ...others, name: "others" }];
}

/** One alone is what the chart of all requests shows. */
function figure(summary: Summary, info: ScopeInfo, value: ProcessAccesses): Figure | null {
  const each = shown(value);
  const time = timeScale(summary, info, 0);
  if (each.length < 2 || time === null) return null;
  const answer = answerOf(value, each);
  return {
    answer,
    alternativeText: `Panels for each process: density of requests by address, over time. ${answer}`,
    note: null,
    table: tableOf(value, each),
    draw: (layout) => drawByProcess(value, each, time, layout),
  };
}

function answerOf(value: ProcessAccesses, each: readonly Touching[]): string {
  const said = each.slice(0, MOST_SAID).map(({ name, requests, cells }) => {
    return `${counted(requests, "request")} of ${name} ${placeText(extentOfCells(value, cells))}`;
  });
  const rest = each.slice(MOST_SAID).reduce((sum, { requests }) => sum + requests, 0);
  return `${said.join("; ")}${rest > 0 ? `; ${countText(rest)} of others` : ""}.`;
}

function tableOf(value: ProcessAccesses, each: readonly Touching[]): DataTable {
  const { timeStartNs, timeBinNs, addressStartBytes, addressBinBytes } = value;
  const rows: CellValue[][] = [];
  for (const { name, cells } of each)
    for (let i = 0; i < cells.length; i += 3) {
      const from = timeStartNs + cells[i]! * timeBinNs;
      const bytes = addressStartBytes + cells[i + 1]! * addressBinBytes;
      rows.push([name, from, from + timeBinNs, bytes, bytes + addressBinBytes, cells[i + 2]!]);
    }
  return table(
    [
      ["process", "Process", "text"],
      ["fromNs", "From", "ns"],
      ["toNs", "To", "ns"],
      ["fromBytes", "Address from", "bytes"],
      ["toBytes", "Address to", "bytes"],
      ["requests", "Requests", "count"],
    ],
    rows,
  );
}
