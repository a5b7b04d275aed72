import { bytesText, shareText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";

const LEAST_SHARE = 0.25;
/** Less is a superblock or two, as every mount reads them. */
const LEAST_BYTES = 64 * 1024;

export const repeatedReads: Finding = {
  id: "repeated-reads",
  question: "Is the same data read again?",
  why: "What is read twice was not kept the first time: the cache was too small, was dropped, or was passed by with O_DIRECT. Each repetition costs a request that memory could have answered.",
  source: { title: "open(2), O_DIRECT", url: "https://man7.org/linux/man-pages/man2/open.2.html" },
  judge(evidence) {
    const footprint = figure(evidence, "footprint");
    if (footprint === null) return null;
    const { rereadBytes, distinctReadBytes, exact } = footprint;
    const allBytes = rereadBytes + distinctReadBytes;
    if (rereadBytes < LEAST_BYTES || rereadBytes < LEAST_SHARE * allBytes) return null;
    const about = exact ? "" : "About ";
    return {
      severity: "low",
      title: `${about}${shareText(rereadBytes / allBytes)} of what is read was read before`,
      evidence: `${bytesText(allBytes)} are read from ${bytesText(distinctReadBytes)} of the disk; ${bytesText(rereadBytes)} are repetitions.`,
      advice:
        "Normal for probing by udev and blkid. Elsewhere look for dropped caches, direct I/O, or a cache that is too small.",
      chart: "address-time",
    };
  },
};
