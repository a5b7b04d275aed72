import { figure } from "./figures.ts";
import type { Evidence } from "./finding.ts";

/** How the time in which something was in flight was spent; null where completions are not recorded. */
export function busyTime(
  evidence: Evidence,
): { ns: number; atLeast(depth: number): number; at(depth: number): number } | null {
  const queueDepth = figure(evidence, "queueDepth");
  if (queueDepth === null) return null;
  const spent = (matches: (depth: number) => boolean) =>
    queueDepth.timeAtDepthNs.reduce((sum, [depth, ns]) => (matches(depth!) ? sum + ns! : sum), 0);
  const ns = spent((depth) => depth > 0);
  if (ns === 0) return null;
  return {
    ns,
    at: (depth) => spent((d) => d === depth) / ns,
    atLeast: (depth) => spent((d) => d >= depth) / ns,
  };
}
