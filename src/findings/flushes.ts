import { OP_CODE } from "../model/ops.ts";
import { counted, durationText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";
import { flushAfterEveryWrite, flushesOf } from "./flushAfterEveryWrite.ts";
import { listedRequests } from "./requestsOfScope.ts";

/**
 * How often the disk was asked to make its cache durable; a neutral fact where there is no flush for nearly every write.
 * https://docs.kernel.org/block/writeback_cache_control.html
 */
export const flushes: Finding = {
  id: "flushes",
  question: "How often was the write cache flushed?",
  judge(evidence) {
    const requests = figure(evidence, "requests");
    if (requests === null || flushesOf(requests) === 0 || flushAfterEveryWrite.judge(evidence) !== null) return null;
    const writes = requests.byOp.write?.count ?? 0;
    return {
      severity: "info",
      title: `${counted(flushesOf(requests), "flush", "flushes")}${writes === 0 ? ", no write" : ` for ${counted(writes, "write")}`}`,
      evidence: [apartText(evidence), latencyText(evidence)].filter((text) => text !== "").join(" "),
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

function latencyText(evidence: Evidence): string {
  const d2c = figure(evidence, "latency")?.byOp.flush?.d2c;
  if (d2c === undefined) return "";
  if (d2c.count === 1) return `It took ${durationText(d2c.maxNs)}.`;
  return `Half of them took ${durationText(d2c.p50Ns)} or less, the slowest ${durationText(d2c.maxNs)}.`;
}
