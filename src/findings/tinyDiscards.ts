import { bytesText } from "../model/quantities.ts";
import { sharedFact } from "./devices.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";
import { someOf } from "./words.ts";

const FEWEST = 8;
const FEWEST_WITHOUT_GRANULARITY = 64;
/** Flash is erased in blocks of hundreds of KiB and more. */
const TINY_BYTES = 64 * 1024;
/** Of thin pools and of some flash. */
const LARGE_GRANULARITY_BYTES = 2 ** 20;
const LEAST_SHARE = 0.5;

/** Requests whose size is surely below `bytes`: the whole octaves below. */
function below(octaves: readonly (readonly number[])[], bytes: number): number {
  return octaves.reduce((sum, [lower, count]) => (2 * lower! <= bytes ? sum + count! : sum), 0);
}

export const tinyDiscards: Finding = {
  id: "tiny-discards",
  question: "Are discards too small to free anything?",
  why: "A discard below the device's granularity frees nothing there, and costs a request that often waits for the others. The space is given back only when a larger discard covers it.",
  source: {
    title: "Linux, queue/discard_granularity in sysfs",
    url: "https://www.kernel.org/doc/Documentation/ABI/stable/sysfs-block",
  },
  needs: { fact: "discardGranularityBytes", suppose: () => LARGE_GRANULARITY_BYTES },
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
      evidence: `${granularity > 0 ? `The device frees whole units of ${bytesText(limit)}` : "The device's granularity is not recorded"}; half of the discards are of ${bytesText(sizes.p50Bytes)} or less, the largest is of ${bytesText(sizes.maxBytes)}.`,
      advice: `Mount without the option discard, and run fstrim --minimum ${limit} from time to time (fstrim.timer): it joins what is free side by side.`,
      chart: "request-sizes",
    };
  },
};
