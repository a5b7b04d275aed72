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

/** Where the partitions and logical volumes of a scope's device start, as far as they lie on it. */
export function partitionStarts(summary: Summary, scope: string): readonly PartitionStart[] {
  const device = deviceOf(summary, scope);
  if (device === null) return [];
  const sectors = (device.bytes ?? Number.POSITIVE_INFINITY) / SECTOR_BYTES;
  return [...partitionsOn(device, summary), ...volumesOn(device, summary)]
    .filter(({ sector }) => sector < sectors)
    .slice(0, MOST_STARTS);
}

/** The partitions of a trace are those of its one disk. */
function partitionsOn(device: Readonly<Device>, { trace }: Summary): readonly PartitionStart[] {
  const disks = trace.devices.filter(({ stacked }) => !stacked);
  if (disks.length !== 1 || disks[0] !== device) return [];
  return trace.partitions.map(({ name, startSector }) => ({ sector: startSector, name }));
}

function volumesOn(device: Readonly<Device>, { trace }: Summary): readonly PartitionStart[] {
  return (trace.layout?.bands ?? [])
    .filter((band) => band.kind === "logicalVolume" && trace.devices[band.device] === device)
    .map(({ name, fromBytes }) => ({ sector: fromBytes / SECTOR_BYTES, name }));
}
