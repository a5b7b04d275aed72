import type { PlainRequest, PlainTrace } from "../../support/inputs.ts";
import { type SlowEvent, type SlowRequest, slowRequests } from "./slowPairs.ts";

/** The requests of our reader in the slow reader's terms; times count from the first issue. */
export function ours({ requests, completions, end }: PlainTrace): SlowRequest[] {
  const completeNs = new Map(completions.map((completion) => [completion.row, completion.completeNs]));
  return requests.map((request: PlainRequest) => ({
    device: end.devices[request.device]!.id,
    op: request.op,
    offsetBytes: request.offsetBytes,
    lengthBytes: request.lengthBytes,
    issueNs: request.issueNs,
    pid: end.processes[request.process]!.pid ?? -1,
    completeNs: completeNs.get(request.row) ?? Number.NaN,
  }));
}

/** The requests of the slow pairing; times count from the first issue. */
export function slow(events: readonly SlowEvent[]): SlowRequest[] {
  const requests = slowRequests(events);
  const zero = requests[0]?.issueNs ?? 0;
  return requests.map((request) => ({
    ...request,
    issueNs: request.issueNs - zero,
    completeNs: request.completeNs - zero,
  }));
}
