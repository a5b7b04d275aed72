import type { TraceInfo, TraceLayout } from "../analysis/summary.ts";
import { SECTOR_BYTES } from "../model/units.ts";

/** The partitions that a layout has of the one disk in the trace that is divided; null: it has none, or of several disks. */
export function partitionsIn(layout: TraceLayout | null): TraceInfo["partitions"] | null {
  const found = (layout?.bands ?? []).filter(({ kind }) => kind === "partition");
  const disks = new Set(found.map(({ device }) => device));
  if (disks.size !== 1) return null;
  return found.map(({ name, fromBytes, lengthBytes }) => ({
    name,
    startSector: fromBytes / SECTOR_BYTES,
    sectors: lengthBytes / SECTOR_BYTES,
  }));
}
