import { OP_CODE } from "../model/ops.ts";
import { counted, durationText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";
import { flushLatencyText } from "./flushLatency.ts";
import { listedRequests } from "./requestsOfScope.ts";

const WINDOW_NS = 1e9;
/** A disk of 7,200 turns a minute makes 120 a second, and a flush that writes waits for about one. */
const MOST_IN_A_WINDOW = 100;
/** Of the time, that flushes of their mean length take one after the other. */
const MEDIUM_SHARE = 0.5;

/** Most flushes issued within a second among the listed requests, and from first to last of them. */
function densest(evidence: Evidence): { count: number; ns: number } {
  const times = listedRequests(evidence)
    .filter(({ op }) => op === OP_CODE.flush)
    .map(({ issueNs }) => issueNs)
    .sort((a, b) => a - b);
  let from = 0;
  let best = { count: 0, ns: 0 };
  times.forEach((time, last) => {
    while (time - times[from]! >= WINDOW_NS) from++;
    const count = last - from + 1;
    if (count > best.count) best = { count, ns: time - times[from]! };
  });
  return best;
}

export const flushStorm: Finding = {
  id: "flush-storm",
  question: "Do flushes come too fast for the disk?",
  why: "Each flush empties the disk's write cache: at so many a second the cache never gathers anything, and every sync waits behind the others. What other programs flush waits in the same line.",
  source: {
    title: "Linux, explicit control of the write-back cache",
    url: "https://docs.kernel.org/block/writeback_cache_control.html",
  },
  judge(evidence) {
    if (evidence.trace.clock !== "ns") return null;
    const { count, ns } = densest(evidence);
    if (count < MOST_IN_A_WINDOW) return null;
    const d2c = figure(evidence, "latency")?.byOp.flush?.d2c;
    const busyNs = (d2c?.meanNs ?? 0) * count;
    const each = flushLatencyText(evidence);
    return {
      severity: busyNs >= MEDIUM_SHARE * ns ? "medium" : "low",
      title: `${counted(count, "flush", "flushes")} within ${durationText(ns)}`,
      evidence: `That is ${counted((count / Math.max(ns, 1)) * WINDOW_NS, "flush", "flushes")} a second.${each === null ? "" : ` ${each}`}`,
      advice: "Find who syncs (the charts by process), and let it sync a group of updates at once.",
      chart: "address-time",
    };
  },
};
