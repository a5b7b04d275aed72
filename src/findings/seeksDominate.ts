import { bytesText, durationText, shareText } from "../model/quantities.ts";
import { sharedFact } from "./devices.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";

const FEWEST_REQUESTS = 100;
const LEAST_SHARE = 0.5;
const FAR_BYTES = 1 << 20;
/** Less is answered by a cache or by no disk at all: half a turn takes 4 ms at 7,200 a minute, and at 15,000 a seek and half a turn more than that. */
const SHORTEST_SEEK_NS = 4e6;
/** Larger requests take that long to transfer. */
const LARGE_BYTES = 128 * 1024;

/** Time that something was in flight, by request. */
function busyNsOf(evidence: Evidence, requests: number): number {
  const depth = figure(evidence, "queueDepth");
  if (depth === null) return 0;
  return depth.timeAtDepthNs.reduce((sum, [at, ns]) => (at! > 0 ? sum + ns! : sum), 0) / requests;
}

export const seeksDominate: Finding = {
  id: "seeks-dominate",
  question: "Does the disk spend its time on seeks?",
  why: "A rotating disk moves its head for each request that lies elsewhere and waits for the sector to come round, which takes longer than reading it. Not judged where it is not recorded whether the disk rotates.",
  source: { title: "Linux, sysfs-block", url: "https://www.kernel.org/doc/Documentation/ABI/stable/sysfs-block" },
  needs: { fact: "rotational", suppose: () => true },
  judge(evidence) {
    const seeks = figure(evidence, "seekDistances")?.all;
    const requests = figure(evidence, "requests");
    if (sharedFact(evidence, "rotational") !== true || seeks === undefined || requests === null) return null;
    const { count, sequential, p50AbsoluteBytes } = seeks;
    if (count < FEWEST_REQUESTS || count - sequential < LEAST_SHARE * count || p50AbsoluteBytes < FAR_BYTES)
      return null;
    const data = [requests.byOp.read, requests.byOp.write].flatMap((ofOp) => ofOp ?? []);
    const bytes = data.reduce((sum, ofOp) => sum + ofOp.bytes, 0);
    const meanBytes =
      bytes /
      Math.max(
        1,
        data.reduce((sum, ofOp) => sum + ofOp.count, 0),
      );
    const busyNs = busyNsOf(evidence, count);
    if (meanBytes > LARGE_BYTES || busyNs < SHORTEST_SEEK_NS) return null;
    return {
      severity: "medium",
      title: `${shareText((count - sequential) / count)} of the requests make a rotating disk seek`,
      evidence: `Half of all begin ${bytesText(p50AbsoluteBytes)} or more from the end of the one before; the time in which anything is in flight is ${durationText(busyNs)} a request, of ${bytesText(meanBytes)} on average.`,
      advice:
        "Sort or gather requests by address, give the disk a deeper queue, or move this load to a device without a head.",
      chart: "seek-distances",
    };
  },
};
