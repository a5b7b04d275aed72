import type { ScopeInfo, Summary } from "../../analysis/summary.ts";
import { OPS, type Op } from "../../model/ops.ts";

/** A request as a chart of single requests shows it. */
export interface RequestRow {
  readonly row: number;
  readonly op: Op;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  /** The request's number in a trace without a clock. */
  readonly issueNs: number;
  readonly latencyNs: number | null;
}

function inRanges(row: number, ranges: ScopeInfo["rows"]): boolean {
  return ranges === null || ranges.some(([from, to]) => row >= from && row < to);
}

/** Every request of the scope, or null where the Summary does not hold all of them. */
export function scopeRows({ sequence }: Summary, info: ScopeInfo): readonly RequestRow[] | null {
  const rows: RequestRow[] = [];
  sequence.requests.forEach(([op, offsetBytes, lengthBytes, issueNs, latencyNs, device], row) => {
    if (!info.devices.includes(device!) || !inRanges(row, info.rows)) return;
    rows.push({
      row,
      op: OPS[op!]!,
      offsetBytes: offsetBytes!,
      lengthBytes: lengthBytes!,
      issueNs: issueNs ?? row,
      latencyNs: latencyNs ?? null,
    });
  });
  return rows.length === info.requests ? rows : null;
}
