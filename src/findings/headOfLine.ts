import { OP_CODE, type Op } from "../model/ops.ts";
import { bytesText, counted, countText, durationText } from "../model/quantities.ts";
import type { Evidence, Finding } from "./finding.ts";
import { listedRequests } from "./requestsOfScope.ts";
import { nounOf } from "./words.ts";

const OPS: readonly Op[] = ["read", "write"];
const SMALL_BYTES = 16 * 1024;
const LARGE_BYTES = 256 * 1024;
const FEWEST_REQUESTS = 30;
const LEAST_RATIO = 4;
/** Sooner answered, nobody notices what was in front. */
const LEAST_NS = 1e6;

/** Latencies of small requests, ascending: of those issued while a large one was in flight on their device, and of the others. */
function latenciesOf(evidence: Evidence, op: Op): { behind: number[]; free: number[] } {
  const requests = listedRequests(evidence).sort((a, b) => a.issueNs - b.issueNs);
  const largeUntilNs = new Map<number, number>();
  const behind: number[] = [];
  const free: number[] = [];
  for (const { op: code, lengthBytes, issueNs, latencyNs, device } of requests) {
    if (Number.isNaN(latencyNs)) continue;
    const untilNs = largeUntilNs.get(device) ?? Number.NEGATIVE_INFINITY;
    if (lengthBytes >= LARGE_BYTES) largeUntilNs.set(device, Math.max(untilNs, issueNs + latencyNs));
    const isSmall = lengthBytes > 0 && lengthBytes <= SMALL_BYTES;
    if (code === OP_CODE[op] && isSmall) (untilNs > issueNs ? behind : free).push(latencyNs);
  }
  return { behind: behind.sort((a, b) => a - b), free: free.sort((a, b) => a - b) };
}

function median(ascending: readonly number[]): number {
  return ascending[Math.ceil(ascending.length / 2) - 1]!;
}

export const headOfLine: Finding = {
  id: "head-of-line",
  question: "Do small requests wait behind large ones?",
  why: "A device that works through its queue in order makes a small request wait until a large one before it has moved all of its bytes. A scheduler that knows deadlines, or smaller large requests, bound that wait.",
  source: { title: "Linux, the deadline scheduler", url: "https://docs.kernel.org/block/deadline-iosched.html" },
  judge(evidence) {
    if (evidence.trace.clock !== "ns") return null;
    for (const op of OPS) {
      const { behind, free } = latenciesOf(evidence, op);
      if (behind.length < FEWEST_REQUESTS || free.length < FEWEST_REQUESTS) continue;
      const behindNs = median(behind);
      const freeNs = median(free);
      if (behindNs < LEAST_NS || behindNs < LEAST_RATIO * freeNs) continue;
      const first = evidence.sequence.complete ? "" : " of the first requests";
      return {
        severity: "low",
        title: `Small ${nounOf(op, 2)} take ${countText(behindNs / freeNs)} times as long behind a request of ${bytesText(LARGE_BYTES)} or more`,
        evidence: `Median ${durationText(behindNs)} for ${counted(behind.length, nounOf(op))}${first} of at most ${bytesText(SMALL_BYTES)} issued while one was in flight, ${durationText(freeNs)} for the ${countText(free.length)} others.`,
        advice:
          "Cut the large requests (queue/max_sectors_kb), use a scheduler that favours the small (mq-deadline, BFQ), or keep fewer large ones in flight.",
        chart: "latency-by-size",
      };
    }
    return null;
  },
};
