import type { Op } from "../model/ops.ts";
import type { Finding } from "./finding.ts";
import { causeOf, unalignedOf } from "./unaligned.ts";
import { someOf } from "./words.ts";

const OPS: readonly Op[] = ["read"];
const MEDIUM_SHARE = 0.5;
/** Probing for superblocks reads single sectors on every disk; a few of them are no finding. */
const LEAST_SHARE = 0.1;

export const unalignedReads: Finding = {
  id: "unaligned-reads",
  question: "Do reads start and end on 4 KiB boundaries?",
  why: "A read that straddles a 4 KiB boundary makes the disk read one block more than it has to, and an image format look up two. Where many of them come from one filesystem, its partition or its blocks are shifted.",
  source: { title: "virt-alignment-scan(1)", url: "https://libguestfs.org/virt-alignment-scan.1.html" },
  judge(evidence) {
    const counts = unalignedOf(evidence, OPS);
    if (counts === null || counts.unaligned === 0) return null;
    const { unaligned, all } = counts;
    if (unaligned < LEAST_SHARE * all) return null;
    return {
      severity: unaligned >= MEDIUM_SHARE * all ? "medium" : "low",
      title: `${someOf(unaligned, all, "read")} unaligned to 4 KiB`,
      ...causeOf(evidence, OPS),
      chart: "alignment",
    };
  },
};
