import { SEQUENCE_COLUMNS } from "../analysis/summary.ts";
import type { Evidence } from "./finding.ts";

/** A request of the sequence; latencyNs, process and flags are not needed by every finding. */
export interface Listed {
  readonly op: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly issueNs: number;
  readonly flags: number;
  readonly device: number;
}

const [OP, OFFSET, LENGTH, ISSUE, DEVICE, FLAGS] = (
  ["op", "offsetBytes", "lengthBytes", "issueNs", "device", "flags"] as const
).map((name) => SEQUENCE_COLUMNS.indexOf(name)) as [number, number, number, number, number, number];

/** The requests of the default scope among the first of the trace, which the Summary lists one by one. */
export function listedRequests({ scopeList, defaultScope, sequence }: Evidence): Listed[] {
  const scope = scopeList.find(({ id }) => id === defaultScope);
  if (scope === undefined) return [];
  const { devices, rows } = scope;
  return sequence.requests.flatMap((request, row) => {
    const device = request[DEVICE] ?? -1;
    const inside = devices.includes(device) && (rows === null || rows.some(([from, to]) => row >= from && row < to));
    if (!inside) return [];
    return [
      {
        op: request[OP] ?? -1,
        offsetBytes: request[OFFSET] ?? 0,
        lengthBytes: request[LENGTH] ?? 0,
        issueNs: request[ISSUE] ?? 0,
        flags: request[FLAGS] ?? 0,
        device,
      },
    ];
  });
}
