import type { MetricValues } from "../analysis/summary.ts";
import { bytesText, counted, shareText } from "../model/quantities.ts";
import { onlyDevice } from "./devices.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";
import { tinyDiscards } from "./tinyDiscards.ts";

export const discards: Finding = {
  id: "discards",
  question: "Is the device told what it may forget?",
  why: "What is discarded need not be kept or moved by the device any more; a neutral fact where the discards are not too small. Thin images and flash stay small and fast by it.",
  source: { title: "fstrim(8)", url: "https://man7.org/linux/man-pages/man8/fstrim.8.html" },
  judge(evidence) {
    const discard = figure(evidence, "requests")?.byOp.discard;
    const footprint = figure(evidence, "footprint");
    if (discard === undefined || footprint === null || tinyDiscards.judge(evidence) !== null) return null;
    return {
      severity: "info",
      title: titleOf(discard),
      evidence: coveredText(evidence, discard.count, footprint),
      advice: "",
      chart: "sector-map",
    };
  },
};

function titleOf({ count, bytes }: { readonly count: number; readonly bytes: number }): string {
  return count === 1 ? `1 discard of ${bytesText(bytes)}` : `${counted(count, "discard")}, ${bytesText(bytes)} in all`;
}

/** How much of the device that is. */
function coveredText(evidence: Evidence, count: number, footprint: MetricValues["footprint"]): string {
  const { exact, distinctDiscardedBytes: bytes } = footprint;
  const size = onlyDevice(evidence)?.bytes ?? 0;
  const share = size === 0 ? "" : `, ${shareText(Math.min(1, bytes / size))} of the device`;
  return `${count === 1 ? "It covers" : "They cover"} ${exact ? "" : "about "}${bytesText(bytes)}${share}.`;
}
