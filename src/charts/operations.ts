import type { Requests } from "../analysis/metrics/requests.ts";
import type { Op } from "../model/ops.ts";
import { bytesText, counted, countText, listed, sentence } from "../model/quantities.ts";
import type { Chart, DataTable, Drawing, Figure, Layout } from "./chart.ts";
import { type BarCell, type BarRow, barTable } from "./kit/barTable.ts";
import { figureOf } from "./kit/metricValue.ts";
import { OP_STYLE, opsIn } from "./kit/opStyle.ts";
import { table } from "./kit/table.ts";

/** How many requests of each kind there were, and how much they moved. */
export const operations: Chart = {
  id: "operations",
  title: "What was asked of the device?",
  label: "Operations",
  metrics: ["requests"],
  figure: (summary, scope) => figureOf(summary, scope, "requests", operationsFigure),
};

function operationsFigure(requests: Requests): Figure | null {
  const ops = opsIn(requests.byOp);
  if (ops.length === 0) return null;
  const answer = answerOf(requests, ops);
  return {
    answer,
    alternativeText: `Bars of requests and bytes by operation, flag and priority. ${answer}`,
    note: noteOf(requests),
    table: tableOf(requests, ops),
    draw: (layout) => draw(requests, ops, layout),
  };
}

function answerOf(requests: Requests, ops: readonly Op[]): string {
  const { total, byOp } = requests;
  const parts = ops.map((op) => {
    const { count, bytes } = byOp[op]!;
    const { singular, plural } = OP_STYLE[op];
    return `${counted(count, singular, plural)}${bytes > 0 ? ` (${bytesText(bytes)})` : ""}`;
  });
  const said =
    ops.length === 1 ? `${sentence(listed(parts))}, nothing else` : `${counted(total, "request")}: ${listed(parts)}`;
  return `${said}${flagWords(requests)}.`;
}

/** "; of these 2 with FUA and 10 with sync". */
function flagWords(requests: Requests): string {
  const found = flagRows(requests).filter(([, count]) => count > 0);
  return found.length === 0 ? "" : `; of these ${listed(found.map(([name, count]) => `${countText(count)} ${name}`))}`;
}

function noteOf({ total, sequential, flushesRequested, passthrough, byFlag, mergedBios, byOp }: Requests): DataTable {
  const rows: [string, number][] = [
    ["requests", total],
    ["sequential", sequential],
  ];
  if (flushesRequested !== null)
    rows.push(["flushes requested", flushesRequested], ["flushes issued", byOp.flush?.count ?? 0]);
  if (byFlag !== null) rows.push(["with FUA", byFlag.fua]);
  if (mergedBios !== null) rows.push(["merged bios", mergedBios]);
  if (passthrough > 0) rows.push(["passthrough", passthrough]);
  return table(
    [
      ["figure", "", "text"],
      ["count", "count", "count"],
    ],
    rows,
  );
}

const FLAG_NAMES = {
  fua: "with FUA",
  sync: "with sync",
  meta: "with metadata",
  readAhead: "with read-ahead",
  preflush: "with preflush",
} as const;
const PRIORITY_NAMES = {
  realtime: "at real-time priority",
  bestEffort: "at best-effort priority",
  idle: "at idle priority",
} as const;

type Row = readonly [name: string, requests: number, bytes: number | null, sequential: null];

/** Flags and priorities: the same requests again, by what else they say. */
function flagRows({ byFlag, bytesByFlag, byPriority }: Requests): readonly Row[] {
  const flags = (Object.keys(FLAG_NAMES) as (keyof typeof FLAG_NAMES)[]).map(
    (flag): Row => [FLAG_NAMES[flag], byFlag?.[flag] ?? 0, bytesByFlag?.[flag] ?? null, null],
  );
  const classes = (Object.keys(PRIORITY_NAMES) as (keyof typeof PRIORITY_NAMES)[]).map(
    (each): Row => [PRIORITY_NAMES[each], byPriority?.[each].count ?? 0, byPriority?.[each].bytes ?? null, null],
  );
  return [...(byFlag === null ? [] : flags), ...(byPriority ? classes.filter(([, count]) => count > 0) : [])];
}

function tableOf(requests: Requests, ops: readonly Op[]): DataTable {
  const { byOp } = requests;
  return table(
    [
      ["op", "operation", "text"],
      ["requests", "requests", "count"],
      ["bytes", "bytes", "bytes"],
      ["sequentialRequests", "sequential", "count"],
    ],
    [
      ...ops.map((op) => [OP_STYLE[op].singular, byOp[op]!.count, byOp[op]!.bytes, byOp[op]!.sequential]),
      ...flagRows(requests),
    ],
  );
}

/** Bars of the flags and priorities that occur: parts of the requests above. */
function flagBars(requests: Requests): readonly BarRow[] {
  return flagRows(requests)
    .filter(([, count]) => count > 0)
    .map(([name, count, bytes]) => ({
      name,
      cells: [
        { token: "ink-2", hollow: true, value: count, text: countText(count) },
        { token: "ink-2", hollow: true, value: bytes ?? 0, text: bytes ? bytesText(bytes) : "no data" },
      ],
    }));
}

function draw(requests: Requests, ops: readonly Op[], layout: Layout): Drawing {
  const { byOp } = requests;
  const rows = ops.map((op): BarRow => {
    const { count, bytes } = byOp[op]!;
    const { token, hollow = false } = OP_STYLE[op];
    const cells: readonly BarCell[] = [
      { token, hollow, value: count, text: countText(count) },
      { token, hollow, value: bytes, text: bytes === 0 ? "no data" : bytesText(bytes) },
    ];
    return { name: OP_STYLE[op].plural, cells };
  });
  const columns = [
    { title: "Requests", token: "ink-2" },
    { title: "Bytes", token: "ink-2" },
  ] as const;
  return barTable({ columns, rows: [...rows, ...flagBars(requests)], oneScale: false }, layout);
}
