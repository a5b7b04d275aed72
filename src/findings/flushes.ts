import { OP_CODE } from "../model/ops.ts";
import { counted, durationText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";
import { flushAfterEveryWrite, flushesOf } from "./flushAfterEveryWrite.ts";
import { flushLatencyText } from "./flushLatency.ts";
import { listedRequests } from "./requestsOfScope.ts";

export const flushes: Finding = {
  id: "flushes",
  question: "How often was the write cache flushed?",
  why: "How often the disk was asked to make its cache durable; a neutral fact where there is no flush for nearly every write. Each flush is what a program waited for to be sure of its data.",
  source: {
    title: "Linux, explicit control of the write-back cache",
    url: "https://docs.kernel.org/block/writeback_cache_control.html",
  },
  judge(evidence) {
    const requests = figure(evidence, "requests");
    if (requests === null || flushesOf(requests) === 0 || flushAfterEveryWrite.judge(evidence) !== null) return null;
    const writes = requests.byOp.write?.count ?? 0;
    return {
      severity: "info",
      title: `${counted(flushesOf(requests), "flush", "flushes")}${writes === 0 ? ", no write" : ` for ${counted(writes, "write")}`}`,
      evidence: flushLatencyText(evidence) ?? apartText(evidence),
      advice: "",
      chart: null,
    };
  },
};

/** How long after the first one the second was issued, where the sequence shows both. */
function apartText(evidence: Evidence): string {
  if (evidence.trace.clock !== "ns") return "";
  const [first, second] = listedRequests(evidence).filter(({ op }) => op === OP_CODE.flush);
  if (first === undefined || second === undefined) return "";
  return `${durationText(second.issueNs - first.issueNs)} between the first two.`;
}
