import type { MetricValues } from "../analysis/summary.ts";
import { counted } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";
import { flushLatencyText } from "./flushLatency.ts";

const FEWEST_WRITES = 10;
/** Flushes to a write: with ext4 an fsync makes two or three writes and a flush. */
const LEAST_SHARE = 0.25;
const MEDIUM_SHARE = 0.5;

/** Flushes of the scope as queued, or as issued where queueing is not recorded. */
export function flushesOf(requests: MetricValues["requests"]): number {
  return Math.max(requests.flushesRequested ?? 0, requests.byOp.flush?.count ?? 0);
}

/** Whether the scope writes enough to judge, and flushes for nearly every write. */
function ratioOf(evidence: Evidence): { writes: number; flushes: number } | null {
  const requests = figure(evidence, "requests");
  if (requests === null) return null;
  const writes = requests.byOp.write?.count ?? 0;
  const flushes = flushesOf(requests);
  return writes < FEWEST_WRITES || flushes < LEAST_SHARE * writes ? null : { writes, flushes };
}

export const flushAfterEveryWrite: Finding = {
  id: "flush-after-every-write",
  question: "Can the disk use its write cache?",
  why: "A flush waits until everything in the disk's write cache is on the medium: after every write it turns the cache off. What is then written waits a device latency for each flush, however fast the device is otherwise.",
  source: {
    title: "Linux, explicit control of the write-back cache",
    url: "https://docs.kernel.org/block/writeback_cache_control.html",
  },
  judge(evidence) {
    const ratio = ratioOf(evidence);
    if (ratio === null) return null;
    const { writes, flushes } = ratio;
    return {
      severity: flushes >= MEDIUM_SHARE * writes ? "medium" : "low",
      title: titleOf(writes, flushes),
      evidence: [
        `${counted(flushes, "flush", "flushes")} and ${counted(writes, "write")}.`,
        flushLatencyText(evidence) ?? [],
      ]
        .flat()
        .join(" "),
      advice:
        "Sync less often: gather several updates into one fsync or one transaction, where losing the latest is acceptable.",
      chart: "address-time",
    };
  },
};

function titleOf(writes: number, flushes: number): string {
  const every = (writes / flushes).toFixed(1).replace(/\.0$/, "");
  if (Number(every) < 1) return "More flushes than writes";
  return every === "1" ? "A flush for every write" : `A flush for every ${every} writes`;
}
