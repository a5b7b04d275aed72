import { bytesText, countText } from "../model/quantities.ts";
import type { Evidence, Finding } from "./finding.ts";
import { boundaryBytes, misalignedPartitions, partitionsOf, START_ON_A_BOUNDARY, startText } from "./partitions.ts";

const LARGEST_BLOCK_THAT_ANY_START_FITS = 512;

export const misalignedPartition: Finding = {
  id: "misaligned-partition",
  question: "Do the partitions start on a block boundary?",
  why: "Every block of a filesystem inherits the shift of its partition: all writes of 4 KiB straddle two physical blocks. Nothing above the partition can mend it: it has to be made anew at another sector.",
  source: { title: "virt-alignment-scan(1)", url: "https://libguestfs.org/virt-alignment-scan.1.html" },
  judge(evidence) {
    const misaligned = misalignedPartitions(evidence);
    const [first] = misaligned;
    if (first === undefined) return null;
    const boundary = boundaryBytes(evidence);
    const blocks = evidence.trace.devices.map((device) => device.physicalBlockBytes ?? 0);
    const physical = Math.max(0, ...blocks);
    const all = partitionsOf(evidence).length;
    return {
      severity: physical > LARGEST_BLOCK_THAT_ANY_START_FITS ? "high" : "medium",
      title:
        misaligned.length === 1
          ? startText(first, boundary)
          : `${countText(misaligned.length)} of ${countText(all)} partitions start off a ${bytesText(boundary)} boundary`,
      evidence: `${misaligned.length === 1 ? "" : `${startText(first, boundary)}. `}${blockText(physical)}${sourceText(evidence)}`,
      advice: START_ON_A_BOUNDARY,
      chart: "sector-map",
    };
  },
};

function sourceText({ trace }: Evidence): string {
  return trace.partitions.length > 0 ? "" : " The trace's own remap records tell where it starts.";
}

function blockText(physicalBytes: number): string {
  if (physicalBytes === 0) return "The disk's physical block is not recorded.";
  const costs = physicalBytes > LARGEST_BLOCK_THAT_ANY_START_FITS ? ": aligned writes inside touch two of them" : "";
  return `The disk's physical block is ${bytesText(physicalBytes)}${costs}.`;
}
