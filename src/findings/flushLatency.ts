import { durationText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Evidence } from "./finding.ts";

/** How long the flushes of the scope took, as a sentence; null where that is not recorded. */
export function flushLatencyText(evidence: Evidence): string | null {
  const d2c = figure(evidence, "latency")?.byOp.flush?.d2c;
  if (d2c === undefined) return null;
  if (d2c.count === 1) return `The flush took ${durationText(d2c.maxNs)}.`;
  return `Half of the flushes took ${durationText(d2c.p50Ns)} or less, the slowest ${durationText(d2c.maxNs)}.`;
}
