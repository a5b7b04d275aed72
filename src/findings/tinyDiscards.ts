import { bytesText, countText } from "../model/quantities.ts";
import { sharedFact } from "./devices.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";
import { someOf } from "./words.ts";

const FEWEST = 8;
const FEWEST_WITHOUT_GRANULARITY = 64;
/** Flash is erased in blocks of hundreds of KiB and more. */
const TINY_BYTES = 64 * 1024;
const LEAST_SHARE = 0.5;

/** Requests whose size is surely below `bytes`: the whole octaves below. */
function below(octaves: readonly (readonly number[])[], bytes: number): number {
  return octaves.reduce((sum, [lower, count]) => (2 * lower! <= bytes ? sum + count! : sum), 0);
}

/**
 * A discard below the device's granularity frees nothing there, and costs a request that often waits for the others.
 * https://www.kernel.org/doc/Documentation/ABI/stable/sysfs-block (queue/discard_granularity)
 */
export const tinyDiscards: Finding = {
  id: "tiny-discards",
  question: "Are discards too small to free anything?",
  judge(evidence) {
    const sizes = figure(evidence, "requestSizes")?.byOp.discard;
    if (sizes === undefined) return null;
    const granularity = sharedFact(evidence, "discardGranularityBytes") ?? 0;
    const limit = granularity > 0 ? granularity : TINY_BYTES;
    const tiny = below(sizes.octaves, limit);
    const fewest = granularity > 0 ? FEWEST : FEWEST_WITHOUT_GRANULARITY;
    if (sizes.count < fewest || tiny < LEAST_SHARE * sizes.count) return null;
    return {
      severity: "low",
      title: `${someOf(tiny, sizes.count, "discard")} smaller than ${bytesText(limit)}`,
      evidence: `${granularity > 0 ? "That is the device's granularity" : "The device's granularity is not recorded"}; half of all ${countText(sizes.count)} are of ${bytesText(sizes.p50Bytes)} or less.`,
      advice:
        "Trim in larger pieces and seldom (fstrim.timer with a minimum length) rather than with the mount option discard.",
      chart: "request-sizes",
    };
  },
};
