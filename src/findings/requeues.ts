import { counted, shareText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";

const MEDIUM_SHARE = 0.01;

/**
 * A request that the driver could not take or complete is put back and issued again, and waits once more.
 * https://man7.org/linux/man-pages/man1/blkparse.1.html (trace action R)
 */
export const requeues: Finding = {
  id: "requeues",
  question: "Were requests issued more than once?",
  judge(evidence) {
    const { requeues: count } = evidence.quality;
    if (count === 0) return null;
    const total = evidence.scopeList.reduce((most, scope) => Math.max(most, scope.requests), 0);
    const errors = figure(evidence, "errors");
    const failed = errors === null ? "" : ` ${counted(errors.total, "request")} failed in the end.`;
    return {
      severity: count >= MEDIUM_SHARE * total ? "medium" : "low",
      title: `${counted(count, "request")} put back and issued again`,
      evidence: `That is ${shareText(count / Math.max(1, total))} of the requests of the trace.${failed}`,
      advice:
        "Look into the kernel's log for resets and timeouts, and whether the device's queue is smaller than the host believes.",
      chart: null,
    };
  },
};
