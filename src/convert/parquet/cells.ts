import type { ColumnName } from "../../formats/parquet/layout.ts";
import { OPS } from "../../model/ops.ts";
import { FLAG_WORDS } from "../flagWords.ts";
import type { Rows } from "../rows.ts";
import type { Source } from "../source.ts";

/** The columns of a row group, value by value. */
export type Cells = Record<ColumnName, (string | number | bigint | boolean | null)[]>;

export function emptyCells(): Cells {
  return {
    op: [],
    offset_bytes: [],
    length_bytes: [],
    issue_ns: [],
    queue_ns: [],
    get_request_ns: [],
    insert_ns: [],
    last_issue_ns: [],
    complete_ns: [],
    is_complete: [],
    error: [],
    device: [],
    process: [],
    pid: [],
    cpu: [],
    flags: [],
    merged_bios: [],
  };
}

/** Adds a stretch of rows. */
export function addCells(
  cells: Cells,
  rows: Rows,
  from: number,
  to: number,
  { recorded, processes }: Source,
  labels: readonly string[],
): void {
  const time = recorded.clock ? ns : () => null;
  for (let i = from; i < to; i++) {
    const issuer = recorded.process && rows.process[i] !== 0 ? processes[rows.process[i]!] : undefined;
    const completed = rows.completed[i] === 1;
    cells.op.push(OPS[rows.op[i]!]!);
    cells.offset_bytes.push(BigInt(rows.offsetBytes[i]!));
    cells.length_bytes.push(BigInt(rows.lengthBytes[i]!));
    cells.issue_ns.push(time(rows.issueNs[i]!));
    cells.queue_ns.push(time(rows.queueNs[i]!));
    cells.get_request_ns.push(time(rows.getRequestNs[i]!));
    cells.insert_ns.push(time(rows.insertNs[i]!));
    const lastIssueNs = rows.lastIssueNs[i]!;
    cells.last_issue_ns.push(lastIssueNs === rows.issueNs[i] ? null : time(lastIssueNs));
    cells.complete_ns.push(time(rows.completeNs[i]!));
    cells.is_complete.push(recorded.completion ? completed : null);
    cells.error.push(recorded.error && completed ? rows.error[i]! : null);
    cells.device.push(labels[rows.device[i]!]!);
    cells["process"].push(issuer?.name ?? null);
    cells.pid.push(issuer?.pid == null ? null : BigInt(issuer.pid));
    cells.cpu.push(rows.cpu[i]! < 0 ? null : rows.cpu[i]!);
    cells.flags.push(recorded.flags ? FLAG_WORDS[rows.flags[i]!]! : null);
    cells.merged_bios.push(recorded.merges ? BigInt(rows.mergedBios[i]!) : null);
  }
}

function ns(time: number): bigint | null {
  return Number.isNaN(time) ? null : BigInt(Math.round(time));
}
