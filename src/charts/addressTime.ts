import type { ScopeInfo, Summary } from "../analysis/summary.ts";
import { listed } from "../model/quantities.ts";
import { densityFigure } from "./addressTime/densityFigure.ts";
import { scopeRows } from "./addressTime/rows.ts";
import { scatterFigure } from "./addressTime/scatterFigure.ts";
import type { Absent, Chart, Figure } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { scopeInfo } from "./kit/scope.ts";

/** Up to so many requests are drawn one by one. */
const MOST_POINTS = 600;
const MOST_NAMED = 4;

function severalDevices(summary: Summary, info: ScopeInfo): Absent {
  const names = info.devices.map((device) => summary.trace.devices[device]?.name ?? `device ${device}`);
  const named =
    names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED), `${names.length - MOST_NAMED} more`] : names;
  return {
    absent: `${listed(named)} are together in this scope, and each has addresses of its own. Open the scope of one of them.`,
  };
}

function figure(summary: Summary, scope: string): Figure | Absent | null {
  const info = scopeInfo(summary, scope);
  if (info.requests === 0) return null;
  if (info.devices.length > 1) return severalDevices(summary, info);
  const rows = info.requests <= MOST_POINTS ? scopeRows(summary, info) : null;
  if (rows !== null) return scatterFigure(summary, info, rows);
  return figureOf(summary, scope, "accesses", (value) => densityFigure(summary, info, value));
}

/** Every request by its address and time; where they are many, how many touched each place at each time. */
export const addressTime: Chart = {
  id: "address-time",
  title: "Where on the disk, and when?",
  label: "Address and time",
  metrics: ["accesses"],
  figure,
};
