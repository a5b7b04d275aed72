import { bytesText, countText } from "../model/quantities.ts";
import type { Finding } from "./finding.ts";
import { boundaryBytes, misalignedPartitions, partitionName, START_ON_A_BOUNDARY, startText } from "./partitions.ts";

const LARGEST_BLOCK_THAT_ANY_START_FITS = 512;

/**
 * Every block of a filesystem inherits the shift of its partition: all writes of 4 KiB straddle two physical blocks.
 * https://libguestfs.org/virt-alignment-scan.1.html#linux-partitioning
 */
export const misalignedPartition: Finding = {
  id: "misaligned-partition",
  question: "Do the partitions start on a block boundary?",
  judge(evidence) {
    const misaligned = misalignedPartitions(evidence);
    const [first] = misaligned;
    if (first === undefined) return null;
    const boundary = boundaryBytes(evidence);
    const blocks = evidence.trace.devices.map((device) => device.physicalBlockBytes ?? 0);
    const physical = Math.max(0, ...blocks);
    const all = evidence.trace.partitions.length;
    return {
      severity: physical > LARGEST_BLOCK_THAT_ANY_START_FITS ? "high" : "medium",
      title:
        misaligned.length === 1
          ? `${partitionName(first)} starts off a ${bytesText(boundary)} boundary, at sector ${countText(first.startSector)}`
          : `${countText(misaligned.length)} of ${countText(all)} partitions start off a ${bytesText(boundary)} boundary`,
      evidence: `${startText(first, boundary)}; ${blockText(physical)}.`,
      advice: START_ON_A_BOUNDARY,
      chart: "sector-map",
    };
  },
};

function blockText(physicalBytes: number): string {
  return physicalBytes === 0
    ? "the disk's physical block is not recorded"
    : `the disk's physical block is ${bytesText(physicalBytes)}`;
}
