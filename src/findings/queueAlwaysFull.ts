import { countText, shareText } from "../model/quantities.ts";
import { busyTime } from "./depth.ts";
import { onlyDevice } from "./devices.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";

const FEWEST_REQUESTS = 100;
const NEARLY_FULL = 0.9;
const LEAST_TIME_FULL = 0.5;
const MEDIUM_TIME_FULL = 0.9;
/** The metric counts larger depths as this one. */
const DEEPEST_TOLD_APART = 1024;

export const queueAlwaysFull: Finding = {
  id: "queue-always-full",
  question: "Is the device's queue full?",
  why: "While the device's queue is full, every new request waits outside it, and more submitted work only adds latency. Not judged where the device's queue depth is not recorded.",
  source: { title: "Linux, multi-queue block I/O", url: "https://docs.kernel.org/block/blk-mq.html" },
  needs: { fact: "queueDepth", suppose: (evidence) => figure(evidence, "queueDepth")?.peak ?? 0 },
  judge(evidence) {
    const depth = onlyDevice(evidence)?.queueDepth ?? null;
    const busy = busyTime(evidence);
    const total = figure(evidence, "requests")?.total ?? 0;
    if (depth === null || depth < 2 || depth > DEEPEST_TOLD_APART || busy === null || total < FEWEST_REQUESTS)
      return null;
    const full = busy.atLeast(Math.ceil(NEARLY_FULL * depth));
    if (full < LEAST_TIME_FULL) return null;
    return {
      severity: full >= MEDIUM_TIME_FULL ? "medium" : "low",
      title: `The device's queue of ${countText(depth)} is full in ${shareText(full)} of the busy time`,
      evidence: `Full: ${countText(Math.ceil(NEARLY_FULL * depth))} requests in flight or more; on average ${(figure(evidence, "queueDepth")?.overallMean ?? 0).toFixed(1)} are, at most ${countText(figure(evidence, "queueDepth")?.peak ?? 0)}.`,
      advice:
        "The device is the limit, and a deeper load only waits longer: make fewer and larger requests, spread them over more devices, or raise the queue depth where the device takes more (device/queue_depth).",
      chart: "queue-depth",
    };
  },
};
