import { isInRows } from "../model/rowRanges.ts";
import type { Evidence } from "./finding.ts";

/** A request of the sequence, as findings look at it. */
interface Listed {
  readonly op: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly issueNs: number;
  /** NaN where it is not known. */
  readonly latencyNs: number;
  readonly flags: number;
  readonly device: number;
}

const COLUMNS = ["op", "offsetBytes", "lengthBytes", "issueNs", "latencyNs", "device", "flags"] as const;
type Places = [
  op: number,
  offset: number,
  length: number,
  issue: number,
  latency: number,
  device: number,
  flags: number,
];

/** The requests of the default scope among the first of the trace, which the Summary lists one by one. */
export function listedRequests({ scopeList, defaultScope, sequence }: Evidence): Listed[] {
  const scope = scopeList.find(({ id }) => id === defaultScope);
  if (scope === undefined) return [];
  const { devices, rows } = scope;
  const [op, offset, length, issue, latency, device, flags] = COLUMNS.map((name) =>
    sequence.columns.indexOf(name),
  ) as Places;
  return sequence.requests.flatMap((request, row) => {
    const ofDevice = request[device] ?? -1;
    if (!devices.includes(ofDevice) || !isInRows(row, rows)) return [];
    return [
      {
        op: request[op] ?? -1,
        offsetBytes: request[offset] ?? 0,
        lengthBytes: request[length] ?? 0,
        issueNs: request[issue] ?? 0,
        latencyNs: request[latency] ?? Number.NaN,
        flags: request[flags] ?? 0,
        device: ofDevice,
      },
    ];
  });
}
