import { bytesText, shareText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";

const LEAST_SHARE = 0.25;
/** Less is a superblock or two, as every mount writes them. */
const LEAST_BYTES = 64 * 1024;

export const rewrittenBlocks: Finding = {
  id: "rewritten-blocks",
  question: "Are the same blocks written again?",
  why: "Each write to a place written before makes work that a later write undoes, and on flash a block to erase. A log that is written in place, or a superblock after every change, is the usual cause.",
  source: {
    title: 'Hu et al., "Write amplification analysis in flash-based solid state drives", SYSTOR 2009',
    url: "https://doi.org/10.1145/1534530.1534544",
  },
  judge(evidence) {
    const footprint = figure(evidence, "footprint");
    if (footprint === null) return null;
    const { rewrittenBytes, distinctWrittenBytes, exact } = footprint;
    const allBytes = rewrittenBytes + distinctWrittenBytes;
    if (rewrittenBytes < LEAST_BYTES || rewrittenBytes < LEAST_SHARE * allBytes) return null;
    const about = exact ? "" : "About ";
    return {
      severity: "low",
      title: `${about}${shareText(rewrittenBytes / allBytes)} of what is written goes to blocks written before`,
      evidence: `${bytesText(allBytes)} are written to ${bytesText(distinctWrittenBytes)} of the disk; ${bytesText(rewrittenBytes)} are repetitions.`,
      advice:
        "Journals and superblocks are written often by design. Elsewhere gather small updates before they are synced.",
      chart: "address-time",
    };
  },
};
