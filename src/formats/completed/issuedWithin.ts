/**
 * When a request was issued that completed within a tick of a coarse clock: a whole tick from which its latency leads
 * into that one. Finer times are not known, and requests of one tick keep their order, which is right for those
 * that waited for each other.
 */
export function issuedWithin(completeNs: number, latencyNs: number, tickNs: number): number {
  return Math.ceil((completeNs - latencyNs) / tickNs) * tickNs;
}
