import type { TraceInfo } from "../analysis/summary.ts";
import { bytesText, countText } from "../model/quantities.ts";
import { SECTOR_BYTES } from "../model/units.ts";
import type { Evidence } from "./finding.ts";

/** A partition of the side file's layout. */
export type Partition = TraceInfo["partitions"][number];

/** What a partition's start should be a multiple of: 4 KiB, or the largest physical block where the trace names a larger one. */
export function boundaryBytes({ trace }: Evidence): number {
  return Math.max(4096, ...trace.devices.map((device) => device.physicalBlockBytes ?? 0));
}

/** The partitions that start off the boundary. */
export function misalignedPartitions(evidence: Evidence): readonly Partition[] {
  const boundary = boundaryBytes(evidence);
  return evidence.trace.partitions.filter(({ startSector }) => (startSector * SECTOR_BYTES) % boundary !== 0);
}

/** "Partition 1 starts at sector 63, 3.5 KiB past a 4 KiB boundary". */
export function startText(partition: Partition, boundary: number): string {
  const past = (partition.startSector * SECTOR_BYTES) % boundary;
  const start = `Partition ${partition.name} starts at sector ${countText(partition.startSector)}`;
  return `${start}, ${bytesText(past)} past a ${bytesText(boundary)} boundary`;
}

/** What to do about one that does. */
export const START_ON_A_BOUNDARY = `Start partitions at sector ${countText(2048)} (1 MiB), the default of current partitioning tools.`;
