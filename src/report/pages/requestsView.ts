import type { ScopeInfo, Summary } from "../../analysis/summary.ts";
import type { DataTable } from "../../charts/chart.ts";
import { allOf, counted, countText, durationText, sentence } from "../../model/quantities.ts";
import { linkFrom, tracePath } from "./links.ts";
import { requestTable, rowsOf } from "./requestList.ts";

/** The first requests of a page, and the way to all of them. */
export interface RequestsView {
  readonly table: DataTable;
  readonly count: string;
  readonly csvHref: string;
  readonly csvText: string;
}

const MOST_ROWS = 40;

/** The first requests of a scope, with what is left out. */
export function requestsView(summary: Summary, scope: ScopeInfo, page: string): RequestsView {
  const shown = rowsOf(summary, scope, MOST_ROWS);
  return {
    table: requestTable(summary, shown, scope.firstNs ?? 0),
    count: `${countOf(shown.length, scope.requests)}${originText(summary, scope)}`,
    csvHref: linkFrom(page, `${tracePath(summary.trace.slug)}requests.csv`),
    csvText: summary.sequence.complete
      ? `All of the ${summary.trace.window === null ? "trace" : "window"} as CSV`
      : `The ${summary.trace.window === null ? "trace" : "window"}’s first ${countText(summary.sequence.requests.length)} as CSV`,
  };
}

function countOf(shown: number, total: number): string {
  if (total === 0) return "None.";
  if (shown === 0) return "The trace’s first 4 096 requests are kept one by one; this part comes later.";
  return shown === total
    ? `${sentence(allOf(total, "request"))}.`
    : `The first ${countText(shown)} of ${counted(total, "request")}.`;
}

/** Where the times of the list begin, unless that is the start of the trace. */
function originText({ trace }: Summary, { firstNs }: ScopeInfo): string {
  if (trace.clock === "ordinal" || firstNs === null || firstNs === 0) return "";
  return ` Times from the first of them, ${durationText(firstNs)} into the trace.`;
}
