import type { Chunk } from "../model/batch.ts";
import { OPS } from "../model/ops.ts";
import type { Part } from "./scopes/part.ts";
import type { SlowRequest } from "./summary.ts";

const MOST_SLOW = 10;

/** The requests with the longest d2c so far, slowest first; of equals the first row. */
export type Slowest = SlowRequest[];

export function addToSlowest(slowest: Slowest, { completions }: Chunk, { index, count }: Part): void {
  const { issueNs, completeNs } = completions;
  let bar = slowest.length < MOST_SLOW ? Number.NEGATIVE_INFINITY : slowest.at(-1)!.latencyNs;
  for (let k = 0; k < count; k++) {
    const i = index[k]!;
    const latencyNs = completeNs[i]! - issueNs[i]!;
    if (!(latencyNs >= bar)) continue;
    insert(slowest, slowRequest(completions, i, latencyNs));
    if (slowest.length === MOST_SLOW) bar = slowest.at(-1)!.latencyNs;
  }
}

function slowRequest(completions: Chunk["completions"], i: number, latencyNs: number): SlowRequest {
  return {
    row: completions.row[i]!,
    op: OPS[completions.op[i]!]!,
    offsetBytes: completions.offsetBytes[i]!,
    lengthBytes: completions.lengthBytes[i]!,
    issueNs: completions.issueNs[i]!,
    latencyNs,
    device: completions.device[i]!,
  };
}

function insert(slowest: Slowest, request: SlowRequest): void {
  slowest.push(request);
  slowest.sort((a, b) => b.latencyNs - a.latencyNs || a.row - b.row);
  if (slowest.length > MOST_SLOW) slowest.pop();
}
