import { bytesText, counted, countText, durationText, shareText } from "../model/quantities.ts";
import { busyTime } from "./depth.ts";
import { sharedFact } from "./devices.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";

const FEWEST_REQUESTS = 200;
const LEAST_TIME_ALONE = 0.99;
/** Where the device waits longer than it works, more depth would not help: the host is the slower one. */
const MOST_IDLE = 0.5;
/** One large request keeps a device busy by itself. */
const LARGE_BYTES = 128 * 1024;

export const queueDepthOne: Finding = {
  id: "queue-depth-one",
  question: "Is there ever more than one request in flight?",
  why: "A device that could work on many requests at once gets one, waits for the next, and delivers one request per latency. SSDs and disks with a queue reorder and overlap what is in flight.",
  source: { title: "NVM Express specifications", url: "https://nvmexpress.org/specifications/" },
  judge(evidence) {
    const busy = busyTime(evidence);
    const depth = figure(evidence, "queueDepth");
    const requests = figure(evidence, "requests");
    if (busy === null || depth === null || requests === null) return null;
    if (sharedFact(evidence, "queueDepth") === 1 || busy.at(1) < LEAST_TIME_ALONE || depth.idleShare > MOST_IDLE)
      return null;
    const data = [requests.byOp.read, requests.byOp.write].flatMap((ofOp) => ofOp ?? []);
    const count = data.reduce((sum, ofOp) => sum + ofOp.count, 0);
    const bytes = data.reduce((sum, ofOp) => sum + ofOp.bytes, 0);
    if (count < FEWEST_REQUESTS || bytes > LARGE_BYTES * count) return null;
    return {
      severity: "low",
      title: `The queue depth stays at one for ${counted(count, "request")}`,
      evidence: `One request of ${bytesText(bytes / count)} on average is in flight in ${shareText(busy.at(1))} of the busy time. At ${durationText(busy.ns / count)} each, that is at most ${countText((count / busy.ns) * 1e9)} a second.`,
      advice:
        "Issue several requests at once (more threads, io_uring or libaio with a depth), or larger ones; through the page cache, raise read-ahead (blockdev --setra).",
      chart: "queue-depth",
    };
  },
};
