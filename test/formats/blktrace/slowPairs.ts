/** An event as the slow readers see it; ops are the first letters of blkparse's rwbs. */
export interface SlowEvent {
  readonly action: string;
  readonly device: string;
  readonly timeNs: number;
  readonly pid: number;
  /** "read", "write", "discard", "flush" or "nothing" (zero bytes and no flush). */
  readonly op: string;
  readonly sector: number;
  readonly bytes: number;
}

/** A request as the slow pairing makes it. */
export interface SlowRequest {
  readonly device: string;
  readonly op: string;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly issueNs: number;
  readonly pid: number;
  completeNs: number;
}

/** Requests in order of issue by the plainest means: D … C, or Q … C on a device without any D. */
export function slowRequests(events: readonly SlowEvent[]): SlowRequest[] {
  const issuing = new Set(events.filter(({ action }) => action === "D").map(({ device }) => device));
  const open = new Map<string, SlowRequest[]>();
  const requests: SlowRequest[] = [];
  for (const event of events) {
    const { action, device, op, bytes, timeNs, pid } = event;
    const key = [device, op, op === "flush" ? 0 : event.sector, bytes].join();
    if (action === (issuing.has(device) ? "D" : "Q") && op !== "nothing") {
      const offsetBytes = op === "flush" ? 0 : event.sector * 512;
      const request = { device, op, offsetBytes, lengthBytes: bytes, issueNs: timeNs, pid, completeNs: Number.NaN };
      requests.push(request);
      open.set(key, [...(open.get(key) ?? []), request]);
    }
    if (action === "C") {
      const first = open.get(key)?.shift();
      if (first) first.completeNs = timeNs;
    }
  }
  return requests;
}
