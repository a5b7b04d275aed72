import type { Severity } from "../analysis/summary.ts";
import { bytesText, shareText } from "../model/quantities.ts";
import { sharedFact } from "./devices.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";
import { someOf } from "./words.ts";

const SECTOR_BLOCK_BYTES = 512;
const COMMON_BLOCK_BYTES = 4096;
const HIGH_SHARE = 0.5;
const MEDIUM_SHARE = 0.1;

function severityOf(share: number): Severity {
  if (share >= HIGH_SHARE) return "high";
  return share >= MEDIUM_SHARE ? "medium" : "low";
}

export const partialBlockWrites: Finding = {
  id: "partial-block-writes",
  question: "Does the disk have to read before it writes?",
  why: "A disk cannot write a part of a physical block: it reads the block, changes it and writes it whole, which on a rotating disk costs a turn. Not judged where the physical block is not recorded.",
  source: { title: "Linux, sysfs-block", url: "https://www.kernel.org/doc/Documentation/ABI/stable/sysfs-block" },
  needs: { fact: "physicalBlockBytes", suppose: () => COMMON_BLOCK_BYTES },
  judge(evidence) {
    const physical = sharedFact(evidence, "physicalBlockBytes");
    if (physical === null || physical <= SECTOR_BLOCK_BYTES) return null;
    const counts = figure(evidence, "alignment")?.byBoundary.find(({ boundaryBytes }) => boundaryBytes === physical);
    const { aligned = 0, unaligned = 0 } = counts?.byOp.write ?? {};
    const all = aligned + unaligned;
    if (unaligned === 0) return null;
    return {
      severity: severityOf(unaligned / all),
      title: `${someOf(unaligned, all, "write")} off the disk's physical blocks of ${bytesText(physical)}`,
      evidence:
        costText(evidence, physical) ?? `${shareText(unaligned / all)} of the writes begin or end inside a block.`,
      advice: `Start partitions on a multiple of ${bytesText(physical)} and write in multiples of it: filesystem blocks (mkfs -b), log and database pages, direct I/O.`,
      chart: "alignment",
    };
  },
};

/** What that makes the disk move besides, where it was estimated for blocks of this size. */
function costText(evidence: Evidence, physical: number): string | null {
  const estimate = figure(evidence, "readModifyWrite");
  const cost = estimate?.byBlock.find(({ blockBytes }) => blockBytes === physical)?.alone;
  if (estimate == null || cost === undefined) return null;
  return `For ${bytesText(estimate.bytes)} of writes it reads ${bytesText(cost.readBytes)} first and writes ${bytesText(cost.extraWrittenBytes)} more, if its cache joins none of them.`;
}
