import type { Severity } from "../analysis/summary.ts";
import type { Op } from "../model/ops.ts";
import type { Finding } from "./finding.ts";
import { causeOf, unalignedOf } from "./unaligned.ts";
import { someOf } from "./words.ts";

const OPS: readonly Op[] = ["write", "zoneAppend"];
const HIGH_SHARE = 0.5;
const MEDIUM_SHARE = 0.1;

function severityOf(share: number): Severity {
  if (share >= HIGH_SHARE) return "high";
  return share >= MEDIUM_SHARE ? "medium" : "low";
}

export const unalignedWrites: Finding = {
  id: "unaligned-writes",
  question: "Do writes start and end on 4 KiB boundaries?",
  why: "A disk writes whole physical blocks, today mostly of 4 KiB: a write that covers a part of one makes the disk read the rest first. Read-modify-write doubles the work of the disk, and on a power cut endangers what shared the block.",
  source: { title: "virt-alignment-scan(1)", url: "https://libguestfs.org/virt-alignment-scan.1.html" },
  judge(evidence) {
    const counts = unalignedOf(evidence, OPS);
    if (counts === null || counts.unaligned === 0) return null;
    const { unaligned, all } = counts;
    return {
      severity: severityOf(unaligned / all),
      title: `${someOf(unaligned, all, "write")} unaligned to 4 KiB`,
      ...causeOf(evidence, OPS),
      chart: "sector-map",
    };
  },
};
