import type { Company, LargestOther, Summary } from "../../analysis/summary.ts";
import type { DataTable } from "../../charts/chart.ts";
import { OP_STYLE, opsIn } from "../../charts/kit/opStyle.ts";
import { table } from "../../charts/kit/table.ts";
import type { Op } from "../../model/ops.ts";
import { bytesText, counted } from "../../model/quantities.ts";
import { SECTOR_BYTES } from "../../model/units.ts";

/** The slowest requests of the trace; null where latencies are not recorded. */
export function slowestTable({ slowest, trace }: Summary): DataTable | null {
  if (slowest.length === 0) return null;
  const several = trace.devices.length > 1;
  const isNamed = slowest.some(({ target }) => target !== null);
  return table(
    [
      ["latencyNs", "Latency", "ns"],
      ["op", "Operation", "text"],
      ...(several ? [["device", "Device", "text"] as const] : []),
      ["sector", "Sector", "sector"],
      ["lengthBytes", "Length", "bytes"],
      ...(isNamed ? [["target", "Touches", "text"] as const] : []),
      ["issueNs", "Issued at", "ns"],
      ["othersWhenIssued", "In flight then", "text"],
      ["othersWhileRunning", "While it ran", "text"],
      ["largestOther", "Largest other", "text"],
    ],
    slowest.map(({ latencyNs, op, device, offsetBytes, lengthBytes, issueNs, target, ...others }) => [
      latencyNs,
      OP_STYLE[op as Op].singular,
      ...(several ? [trace.devices[device]?.name ?? null] : []),
      lengthBytes === 0 ? null : offsetBytes / SECTOR_BYTES,
      lengthBytes === 0 ? null : lengthBytes,
      ...(isNamed ? [target] : []),
      issueNs,
      companyText(others.whenIssued),
      companyText(others.whileRunning),
      largestText(others.largestOther),
    ]),
  );
}

/** "3 reads (12 KiB), 1 flush". */
function companyText(company: Company | null): string | null {
  if (company === null) return null;
  const parts = opsIn(company.byOp).map((op) => {
    const { count, bytes } = company.byOp[op]!;
    const { singular, plural } = OP_STYLE[op];
    return `${counted(count, singular, plural)}${bytes > 0 ? ` (${bytesText(bytes)})` : ""}`;
  });
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

function largestText(largest: LargestOther | null): string | null {
  return largest === null ? null : `${OP_STYLE[largest.op as Op].singular} of ${bytesText(largest.lengthBytes)}`;
}
