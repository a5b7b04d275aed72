import type { Summary } from "../../analysis/summary.ts";
import type { DataTable } from "../../charts/chart.ts";
import { OP_STYLE } from "../../charts/kit/opStyle.ts";
import { table } from "../../charts/kit/table.ts";
import type { Op } from "../../model/ops.ts";
import { SECTOR_BYTES } from "../../model/units.ts";

/** The slowest requests of the trace; null where latencies are not recorded. */
export function slowestTable({ slowest, trace }: Summary): DataTable | null {
  if (slowest.length === 0) return null;
  const several = trace.devices.length > 1;
  return table(
    [
      ["latencyNs", "Latency", "ns"],
      ["op", "Operation", "text"],
      ...(several ? [["device", "Device", "text"] as const] : []),
      ["sector", "Sector", "sector"],
      ["lengthBytes", "Length", "bytes"],
      ["issueNs", "Issued at", "ns"],
    ],
    slowest.map(({ latencyNs, op, device, offsetBytes, lengthBytes, issueNs }) => [
      latencyNs,
      OP_STYLE[op as Op].singular,
      ...(several ? [trace.devices[device]?.name ?? null] : []),
      lengthBytes === 0 ? null : offsetBytes / SECTOR_BYTES,
      lengthBytes === 0 ? null : lengthBytes,
      issueNs,
    ]),
  );
}
