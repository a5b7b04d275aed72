import { FLAG, OP_CODE } from "../model/ops.ts";
import { countText, shareText } from "../model/quantities.ts";
import { busyTime } from "./depth.ts";
import type { Finding } from "./finding.ts";
import { listedRequests } from "./requestsOfScope.ts";

const TINY_BYTES = 4096;
const FEWEST_WRITES = 100;
const LEAST_SHARE = 0.5;
const MEDIUM_SHARE = 0.9;
/** With others in flight the device can work on several, and nobody waits for this one alone. */
const LEAST_TIME_ALONE = 0.75;

export const tinySyncWrites: Finding = {
  id: "tiny-sync-writes",
  question: "Are tiny writes waited for one by one?",
  why: "A program that waits for each tiny write gets one device latency per write, whatever the device's throughput is. REQ_SYNC marks those that somebody waits for.",
  source: {
    title: "Linux, explicit control of the write-back cache",
    url: "https://docs.kernel.org/block/writeback_cache_control.html",
  },
  judge(evidence) {
    const alone = busyTime(evidence)?.at(1) ?? 0;
    if (alone < LEAST_TIME_ALONE || !evidence.trace.recorded.flags) return null;
    const writes = listedRequests(evidence).filter(({ op }) => op === OP_CODE.write);
    const tiny = writes.filter(
      ({ lengthBytes, flags }) => lengthBytes <= TINY_BYTES && (flags & (FLAG.sync | FLAG.fua)) !== 0,
    ).length;
    if (writes.length < FEWEST_WRITES || tiny < LEAST_SHARE * writes.length) return null;
    const first = evidence.sequence.complete ? "" : "first ";
    return {
      severity: tiny >= MEDIUM_SHARE * writes.length ? "medium" : "low",
      title: `${countText(tiny)} of the ${first}${countText(writes.length)} writes are synchronous and of 4 KiB or less`,
      evidence: `${shareText(alone)} of the busy time just one request is in flight.`,
      advice: "Gather updates into fewer, larger writes, or issue several before waiting.",
      chart: "request-sizes",
    };
  },
};
