import type { Latency } from "../../analysis/metrics/latency.ts";
import type { CellValue, DataTable } from "../chart.ts";
import { OP_STYLE, opsIn } from "../kit/opStyle.ts";
import { table } from "../kit/table.ts";

/** Below a hundred the 99th percentile is just the maximum; below ten the 90th is. */
export const FEWEST_FOR_P99 = 100;
export const FEWEST_FOR_P90 = 10;

/** p50, p90, p99 and the most of each op's latency; null where no op has any. */
export function percentileNote({ byOp }: Latency): DataTable | null {
  const ops = opsIn(byOp).filter((op) => byOp[op]?.d2c !== undefined);
  if (ops.length === 0) return null;
  const all = ops.map((op) => byOp[op]!.d2c!);
  const rows: CellValue[][] = [
    ["p50", ...all.map(({ p50Ns }) => p50Ns)],
    ["p90", ...all.map(({ count, p90Ns }) => (count < FEWEST_FOR_P90 ? null : p90Ns))],
    ["p99", ...all.map(({ count, p99Ns }) => (count < FEWEST_FOR_P99 ? null : p99Ns))],
    ["most", ...all.map(({ maxNs }) => maxNs)],
  ];
  return table(
    [["figure", "", "text"], ...ops.map((op) => [`${op}Ns`, OP_STYLE[op].singular, "ns"] as const)],
    rows.filter((row) => row.slice(1).some((value) => value !== null)),
  );
}
