import type { Sequence } from "../../analysis/summary.ts";
import { OPS, type Op } from "../../model/ops.ts";
import { isInRows } from "../../model/rowRanges.ts";
import type { Side } from "../side.ts";

/** A request as a comparison sees it: what it asks of which place; never when. */
export interface ComparedRequest {
  /** Its row in its trace. */
  readonly row: number;
  readonly op: Op;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  /** The device's name where the scope has several, else "": one disk is compared with another whatever they are called. */
  readonly device: string;
}

/** The requests of a side in issue order; null where the Summary does not hold them all. */
export function requestsOf({ summary, scope }: Side): readonly ComparedRequest[] | null {
  const { sequence, scopeList, trace } = summary;
  const info = scopeList.find(({ id }) => id === scope);
  if (info === undefined) return null;
  const column = columnsOf(sequence);
  const requests: ComparedRequest[] = [];
  for (const [row, cells] of sequence.requests.entries()) {
    const device = cells[column.device] ?? 0;
    if (!info.devices.includes(device) || !isInRows(row, info.rows)) continue;
    requests.push({
      row,
      op: OPS[cells[column.op] ?? OPS.length - 1]!,
      offsetBytes: cells[column.offsetBytes] ?? 0,
      lengthBytes: cells[column.lengthBytes] ?? 0,
      device: info.devices.length > 1 ? trace.devices[device]!.name : "",
    });
  }
  return requests.length === info.requests ? requests : null;
}

function columnsOf({ columns }: Sequence) {
  const [op, offsetBytes, lengthBytes, device] = (["op", "offsetBytes", "lengthBytes", "device"] as const).map((name) =>
    columns.indexOf(name),
  ) as [number, number, number, number];
  return { op, offsetBytes, lengthBytes, device };
}
