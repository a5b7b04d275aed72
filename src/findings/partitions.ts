import type { TraceInfo } from "../analysis/summary.ts";
import { bytesText, countText, sentence } from "../model/quantities.ts";
import { SECTOR_BYTES } from "../model/units.ts";
import type { Evidence } from "./finding.ts";

/** Where a partition starts, from the side file's layout or from remaps. */
export type Partition = Pick<TraceInfo["partitions"][number], "name" | "startSector">;

/** The layout of the side file; where it has none, what the remaps of the trace tell. */
export function partitionsOf({ trace }: Evidence): readonly Partition[] {
  if (trace.partitions.length > 0) return trace.partitions;
  return trace.seenPartitions.map(({ id, startBytes }) => ({ name: id, startSector: startBytes / SECTOR_BYTES }));
}

/** What a partition's start should be a multiple of: 4 KiB, or the largest physical block where the trace names a larger one. */
export function boundaryBytes({ trace }: Evidence): number {
  return Math.max(4096, ...trace.devices.map((device) => device.physicalBlockBytes ?? 0));
}

/** The partitions that start off the boundary. */
export function misalignedPartitions(evidence: Evidence): readonly Partition[] {
  const boundary = boundaryBytes(evidence);
  return partitionsOf(evidence).filter(({ startSector }) => (startSector * SECTOR_BYTES) % boundary !== 0);
}

/** "partition sda1"; where that is all its name says, once. */
export function partitionName({ name }: Partition): string {
  return name.startsWith("partition ") ? name : `partition ${name}`;
}

/** "Partition 1 starts at sector 63, 3.5 KiB past a 4 KiB boundary". */
export function startText(partition: Partition, boundary: number): string {
  const past = (partition.startSector * SECTOR_BYTES) % boundary;
  const start = `${sentence(partitionName(partition))} starts at sector ${countText(partition.startSector)}`;
  return `${start}, ${bytesText(past)} past a ${bytesText(boundary)} boundary`;
}

/** What to do about one that does. */
export const START_ON_A_BOUNDARY = `Start partitions at sector ${countText(2048)} (1 MiB), the default of current partitioning tools.`;
