import type { Summary } from "../../analysis/summary.ts";
import type { Device } from "../../model/trace.ts";
import { SECTOR_BYTES } from "../../model/units.ts";

/** More than this, and the map would show little but starts. */
const MOST_STARTS = 16;

/** The device of a scope that has only one; null where there are several. */
export function deviceOf(summary: Summary, scope: string): Readonly<Device> | null {
  const devices = summary.scopeList.find(({ id }) => id === scope)?.devices ?? [];
  return devices.length === 1 ? (summary.trace.devices[devices[0]!] ?? null) : null;
}

export interface PartitionStart {
  readonly sector: number;
  readonly name: string;
}

/** Where the partitions of a scope's device start, as far as they lie on it; the side file describes the one disk of a trace. */
export function partitionStarts(summary: Summary, scope: string): readonly PartitionStart[] {
  const device = deviceOf(summary, scope);
  const disks = summary.trace.devices.filter(({ stacked }) => !stacked);
  if (device === null || disks.length !== 1 || disks[0] !== device) return [];
  const sectors = (device.bytes ?? Number.POSITIVE_INFINITY) / SECTOR_BYTES;
  return summary.trace.partitions
    .filter(({ startSector }) => startSector < sectors)
    .slice(0, MOST_STARTS)
    .map(({ name, startSector }) => ({ sector: startSector, name }));
}
