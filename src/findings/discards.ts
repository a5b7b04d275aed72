import { bytesText, counted } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";
import { tinyDiscards } from "./tinyDiscards.ts";

/**
 * What is discarded need not be kept or moved by the device any more; a neutral fact where the discards are not too small.
 * https://man7.org/linux/man-pages/man8/fstrim.8.html
 */
export const discards: Finding = {
  id: "discards",
  question: "Is the device told what it may forget?",
  judge(evidence) {
    const discard = figure(evidence, "requests")?.byOp.discard;
    const footprint = figure(evidence, "footprint");
    if (discard === undefined || footprint === null || tinyDiscards.judge(evidence) !== null) return null;
    return {
      severity: "info",
      title: `${counted(discard.count, "discard")} of ${bytesText(discard.bytes)}`,
      evidence: `${footprint.exact ? "They" : "About as estimated, they"} cover ${bytesText(footprint.distinctDiscardedBytes)} of the device.`,
      advice: "",
      chart: "sector-map",
    };
  },
};
