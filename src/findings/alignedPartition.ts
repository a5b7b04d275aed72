import { allOf, bytesText, countText, sentence } from "../model/quantities.ts";
import { devicesOf } from "./devices.ts";
import type { Finding } from "./finding.ts";
import { boundaryBytes, misalignedPartitions, partitionName, partitionsOf } from "./partitions.ts";

const BLOCK_THAT_ANY_START_FITS = 512;

export const alignedPartition: Finding = {
  id: "aligned-partition",
  question: "Do all partitions start on a block boundary?",
  why: "A neutral fact beside its opposite: blocks of a filesystem on a partition that starts on a boundary are whole blocks of the disk. Nothing is said of disks with physical blocks of 512 bytes.",
  source: { title: "virt-alignment-scan(1)", url: "https://libguestfs.org/virt-alignment-scan.1.html" },
  judge(evidence) {
    const partitions = partitionsOf(evidence);
    const [first] = partitions;
    if (first === undefined || misalignedPartitions(evidence).length > 0) return null;
    const known = devicesOf(evidence).map(({ physicalBlockBytes }) => physicalBlockBytes);
    if (known.every((bytes) => bytes === BLOCK_THAT_ANY_START_FITS)) return null;
    const boundary = bytesText(boundaryBytes(evidence));
    return {
      severity: "info",
      title:
        partitions.length === 1
          ? `${sentence(partitionName(first))} starts on a ${boundary} boundary, at sector ${countText(first.startSector)}`
          : `${sentence(allOf(partitions.length, "partition"))} start on a ${boundary} boundary`,
      evidence:
        partitions.length === 1
          ? ""
          : `${sentence(partitionName(first))} starts at sector ${countText(first.startSector)}.`,
      advice: "",
      chart: "sector-map",
    };
  },
};
