import type { MetricValues } from "../analysis/summary.ts";
import { counted, countText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";

const MEDIUM_SHARE = 0.01;

export const requeues: Finding = {
  id: "requeues",
  question: "Were requests issued more than once?",
  why: "A request that the driver could not take or complete is put back and issued again, and waits once more. Many of them say that the device or its path is out of some resource.",
  source: { title: "blkparse(1), trace action R", url: "https://man7.org/linux/man-pages/man1/blkparse.1.html" },
  judge(evidence) {
    const { requeues: count } = evidence.quality;
    if (count === 0) return null;
    const total = evidence.scopeList.reduce((most, scope) => Math.max(most, scope.requests), 0);
    return {
      severity: count >= MEDIUM_SHARE * total ? "medium" : "low",
      title: `Requests were put back and issued again ${count === 1 ? "once" : `${countText(count)} times`}`,
      evidence: `${counted(count, "requeue")} for ${counted(total, "request")} of the trace.${failedText(figure(evidence, "errors"))}`,
      advice:
        "Look into the kernel's log for resets and timeouts, and whether the device takes fewer requests at once than the host sends (device/queue_depth).",
      chart: null,
    };
  },
};

function failedText(errors: MetricValues["errors"] | null): string {
  if (errors === null) return "";
  return errors.total === 0 ? " None failed in the end." : ` ${counted(errors.total, "request")} failed in the end.`;
}
