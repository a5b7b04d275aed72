import type { Severity } from "../analysis/summary.ts";
import { bytesText, shareText } from "../model/quantities.ts";
import { sharedFact } from "./devices.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";
import { someOf } from "./words.ts";

const SECTOR_BLOCK_BYTES = 512;
const HIGH_SHARE = 0.5;
const MEDIUM_SHARE = 0.1;

function severityOf(share: number): Severity {
  if (share >= HIGH_SHARE) return "high";
  return share >= MEDIUM_SHARE ? "medium" : "low";
}

/**
 * A disk cannot write a part of a physical block: it reads the block, changes it and writes it whole, which on a rotating disk costs a turn.
 * Not judged where the physical block is not recorded: https://www.kernel.org/doc/Documentation/ABI/stable/sysfs-block
 */
export const partialBlockWrites: Finding = {
  id: "partial-block-writes",
  question: "Does the disk have to read before it writes?",
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
      evidence: `${shareText(unaligned / all)} of the writes begin or end inside a block, which the disk must read first.`,
      advice: "Align partitions, filesystem blocks and direct I/O to the disk's physical block.",
      chart: "alignment",
    };
  },
};
