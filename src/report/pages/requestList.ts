import { type ScopeInfo, SEQUENCE_COLUMNS, type Summary } from "../../analysis/summary.ts";
import type { CellValue, DataTable } from "../../charts/chart.ts";
import { OP_STYLE } from "../../charts/kit/opStyle.ts";
import { table } from "../../charts/kit/table.ts";
import { FLAG, OPS, type Op } from "../../model/ops.ts";
import { countText } from "../../model/quantities.ts";
import { isInRows } from "../../model/rowRanges.ts";
import { isAligned, SECTOR_BYTES } from "../../model/units.ts";

/** One row of the Summary's sequence, by name. */
export interface SequenceRow {
  readonly row: number;
  readonly op: Op;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly issueNs: number;
  readonly latencyNs: number | null;
  readonly device: number;
  readonly process: string | null;
  readonly flags: readonly string[];
  /** What it touches, by the names of the layout. */
  readonly target: string | null;
}

const BOUNDARY_BYTES = 4096;
const WITHOUT_ADDRESS: readonly Op[] = ["flush", "other"];

const DEVICE = SEQUENCE_COLUMNS.indexOf("device");

/** The first recorded rows that belong to a scope; the sequence ends after the trace's first 4,096. */
export function rowsOf(
  { sequence }: Summary,
  scope: ScopeInfo,
  most = Number.POSITIVE_INFINITY,
): readonly SequenceRow[] {
  const devices = new Set<number | null | undefined>(scope.devices);
  const rows: SequenceRow[] = [];
  for (const [row, cells] of sequence.requests.entries()) {
    if (rows.length >= most) break;
    if (devices.has(cells[DEVICE]) && isInRows(row, scope.rows)) rows.push(rowOf(cells, row, sequence));
  }
  return rows;
}

function rowOf(
  cells: readonly (number | null)[],
  row: number,
  { processes, targets }: Summary["sequence"],
): SequenceRow {
  const [op, offsetBytes, lengthBytes, issueNs, latencyNs, device, process, flags, target] = cells;
  return {
    row,
    op: OPS[op ?? -1] ?? "other",
    offsetBytes: offsetBytes ?? 0,
    lengthBytes: lengthBytes ?? 0,
    issueNs: issueNs ?? 0,
    latencyNs: latencyNs ?? null,
    device: device ?? 0,
    process: processes[process ?? -1] || null,
    flags: flagNames(flags ?? 0),
    target: targets[target ?? -1] ?? null,
  };
}

function flagNames(flags: number): readonly string[] {
  return Object.entries(FLAG).flatMap(([name, bit]) => ((flags & bit) === 0 ? [] : [name]));
}

/** The class of a request at 4 KiB; null for one that moves no data. */
export function alignmentOf(op: Op, offsetBytes: number, lengthBytes: number): "aligned" | "unaligned" | null {
  if (WITHOUT_ADDRESS.includes(op) || lengthBytes === 0) return null;
  return isAligned(offsetBytes, lengthBytes, BOUNDARY_BYTES) ? "aligned" : "unaligned";
}

/** Milliseconds to the microsecond, so that the points stand under each other. */
function millisecondsText(ns: number): string {
  const micros = Math.round(ns / 1e3);
  const thousandths = String(Math.abs(micros % 1000)).padStart(3, "0");
  return `${countText(Math.trunc(micros / 1000))}.${thousandths} ms`;
}

/** The rows as people read them; times count from `originNs`. */
export function requestTable({ trace }: Summary, rows: readonly SequenceRow[], originNs = 0): DataTable {
  const { recorded, devices } = trace;
  const flagged = rows.some(({ flags }) => flags.length > 0);
  const columns = [
    column("time", recorded.clock ? "Time" : "Order", "count", ({ row, issueNs }) =>
      recorded.clock ? millisecondsText(issueNs - originNs) : row + 1,
    ),
    column("op", "Operation", "text", ({ op }) => OP_STYLE[op].singular),
    ...(devices.length < 2 ? [] : [column("device", "Device", "text", ({ device }) => devices[device]?.name ?? null)]),
    column("sector", "Sector", "sector", (one) => (hasAddress(one) ? one.offsetBytes / SECTOR_BYTES : null)),
    column("lengthBytes", "Length", "bytes", (one) => (hasAddress(one) ? one.lengthBytes : null)),
    column("alignment", "4 KiB", "text", ({ op, offsetBytes, lengthBytes }) =>
      alignmentOf(op, offsetBytes, lengthBytes),
    ),
    ...(trace.layout === null ? [] : [column("target", "Touches", "text", ({ target }) => target)]),
    ...(recorded.completion ? [column("latencyNs", "Latency", "ns", ({ latencyNs }) => latencyNs)] : []),
    ...(recorded.process ? [column("process", "Process", "text", ({ process }) => process)] : []),
    ...(flagged ? [column("flags", "Flags", "text", ({ flags }) => flags.join(" ") || null)] : []),
  ];
  return table(
    columns.map(({ name, title, kind }) => [name, title, kind]),
    rows.map((row) => columns.map(({ cell }) => cell(row))),
  );
}

/** The rows for a program: plain numbers, units in the names. */
export function requestCsvTable({ trace }: Summary, rows: readonly SequenceRow[]): DataTable {
  return table(
    [
      ["row", "", "count"],
      [trace.recorded.clock ? "issueNs" : "ordinal", "", "count"],
      ["op", "", "text"],
      ["device", "", "text"],
      ["offsetBytes", "", "count"],
      ["lengthBytes", "", "count"],
      ["alignment4096", "", "text"],
      ["latencyNs", "", "count"],
      ["process", "", "text"],
      ["flags", "", "text"],
      ["target", "", "text"],
    ],
    rows.map((one) => [
      one.row,
      one.issueNs,
      one.op,
      trace.devices[one.device]?.name ?? null,
      one.offsetBytes,
      one.lengthBytes,
      alignmentOf(one.op, one.offsetBytes, one.lengthBytes),
      one.latencyNs,
      one.process,
      one.flags.join(" ") || null,
      one.target,
    ]),
  );
}

interface Column {
  readonly name: string;
  readonly title: string;
  readonly kind: DataTable["columns"][number]["kind"];
  readonly cell: (row: SequenceRow) => CellValue;
}

function column(name: string, title: string, kind: Column["kind"], cell: Column["cell"]): Column {
  return { name, title, kind, cell };
}

function hasAddress({ op, lengthBytes }: SequenceRow): boolean {
  return !WITHOUT_ADDRESS.includes(op) && lengthBytes > 0;
}
