import type { TraceInfo } from "../analysis/summary.ts";
import type { BuilderOptions } from "../model/builder.ts";
import type { Device } from "../model/trace.ts";
import { type ListedDisk, listedDisks } from "./lsblk.ts";
import { queueFacts } from "./queueFacts.ts";
import type { SideFile } from "./sideFile.ts";

/**
 * What a side file tells the builder. Of a device, `devices` counts before `queue`, and that before `lsblk`. lsblk
 * lists all of a machine's disks; what the other two name must be in the trace.
 */
export function builderOptions(side: SideFile, sideFileName: string): BuilderOptions {
  const disks = listedOf(side);
  const idOf = new Map<string, string>();
  const devices: Record<string, Partial<Device>> = {};
  for (const { id, name, facts } of disks) {
    idOf.set(name, id);
    devices[id] = facts;
  }
  for (const [id, { name }] of Object.entries(side.devices ?? {})) if (name !== undefined) idOf.set(name, id);
  const expected = new Set(Object.keys(side.devices ?? {}));
  const isListed = (id: string) => disks.some((disk) => disk.id === id);
  for (const [name, facts] of queueFacts([side.queue ?? []].flat(), sideFileName)) {
    const id = idOf.get(name) ?? name;
    devices[id] = { ...devices[id], ...facts };
    if (!isListed(id)) expected.add(id);
  }
  for (const [id, facts] of Object.entries(side.devices ?? {})) devices[id] = { ...devices[id], ...facts };
  return { spans: side.spans ?? [], devices, expectedDevices: expected, cgroups: side.cgroups ?? {} };
}

/** The partitions that the side file lays out; without them, what lsblk says of the one disk in the trace that has some. */
export function partitionsSaid(side: SideFile, devices: readonly Device[]): TraceInfo["partitions"] {
  const divided = inTrace(side, devices).filter(({ partitions }) => partitions.length > 0);
  const said = side.layout?.partitions ?? (divided.length === 1 ? divided[0]!.partitions : []);
  return said.map(({ name, startSector, sectors }) => ({ name, startSector, sectors: sectors ?? null }));
}

/** "ext4 on vda1", as the side file or its lsblk says; null: neither does. */
export function filesystemOf(side: SideFile, devices: readonly Device[]): string | null {
  if (side.filesystem !== undefined) return side.filesystem;
  const found = inTrace(side, devices).flatMap(({ filesystems }) => filesystems);
  return found.length === 0 ? null : found.join(", ");
}

function listedOf({ lsblk }: SideFile): readonly ListedDisk[] {
  return lsblk === undefined ? [] : listedDisks(lsblk);
}

function inTrace(side: SideFile, devices: readonly Device[]): readonly ListedDisk[] {
  return listedOf(side).filter((disk) => devices.some(({ id }) => id === disk.id));
}
